"""The gold answers of the sample articles, for evaluation."""

from __future__ import annotations

from crawler.demo.library import articles, url
from nlp.annotation import Article
from nlp.evaluation.gold import GoldRecord


def sample_gold() -> list[GoldRecord]:
    """Every sample article with its gold answer; copies of one text count once."""
    return [
        GoldRecord(
            Article(
                id=article.id,
                title=article.title,
                text=article.text,
                url=url(article),
                published_at=article.published_at.isoformat(),
            ),
            article.gold,
        )
        for article in articles()
        if not article.copy_of
    ]
