"""Delivery: alerts go out by e-mail, webhook and Telegram, at once or as a digest.

The guarantee is "at least once, and recognisable when twice". An alert becomes a row of
`deliveries` (one per alert and target, for ever) and leaves it only as `terkirim` or, after days
of failures, as `gagal`, which is shown and can be sent again. Before a message goes out, its rows
get a `message_id`; after the receiver has taken it, one transaction records that. A process killed
in between sends the same alerts once more under the same id: e-mail carries it as `Message-ID`, a
webhook as `Idempotency-Key`; Telegram knows no such thing and shows the message twice.
"""

from __future__ import annotations

from db.delivery.report import DeliveryReport
from db.delivery.sending import deliver

__all__ = ["DeliveryReport", "deliver"]
