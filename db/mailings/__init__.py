"""Mailings: the kliping of a region every morning, and word of sources that fell silent.

Nobody has to ask for them: each round of `pantau watch` (or `pantau deliver`) sends what is due.
An edition is a row, one per mailing and day for ever, with the id of its message set before
anything goes out; a process killed at any moment leaves it to the next round. Killed in the
instant between the server's "taken" and our note of it, the edition goes out again under the same
`Message-ID`.
"""

from __future__ import annotations

from db.mailings.sending import MailingReport, send

__all__ = ["MailingReport", "send"]
