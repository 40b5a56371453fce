"""Forms of the office drafted from what the media wrote: every word has its source.

A field that no article speaks of stays blank, and what only the office knows (who supervised, by
which letter, who reported) is never filled in.
"""

from db.forms.document import docx
from db.forms.draft import Draft, draft

__all__ = ["Draft", "docx", "draft"]
