"""What a report refuses to do."""

from __future__ import annotations


class ReportError(Exception):
    """A report that cannot be made as asked; the message is in Indonesian, for the person."""
