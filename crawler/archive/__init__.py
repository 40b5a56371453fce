"""The archive: WARC files with every answer as received, from which all else can be rebuilt.

One new file per run, never opened for writing again, so a killed run can only cut off the end of
its own file. What the crawler knew of a response (outlet, kind, first page, hints) stands in the
record as `Pantau-*` header lines.
"""

from crawler.archive.reader import read, scan
from crawler.archive.records import ArchiveError, Label, Place, Record
from crawler.archive.restore import IndexReport, index
from crawler.archive.writer import Archive

__all__ = [
    "Archive",
    "ArchiveError",
    "IndexReport",
    "Label",
    "Place",
    "Record",
    "index",
    "read",
    "scan",
]
