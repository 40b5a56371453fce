"""Gathering: outlets, feeds, pages, extraction and the archive; a Scrapy project."""
