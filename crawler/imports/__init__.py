"""Import: articles from files, by way of the archive."""

from crawler.imports.report import ImportReport
from crawler.imports.stage import import_files

__all__ = ["ImportReport", "import_files"]
