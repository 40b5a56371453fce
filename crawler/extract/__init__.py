"""Extraction: from the archived responses to articles, a stage of its own to be run freely."""

from crawler.extract.report import ExtractReport
from crawler.extract.stage import run

__all__ = ["ExtractReport", "run"]
