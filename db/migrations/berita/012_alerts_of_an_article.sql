CREATE INDEX alerts_article ON alerts (article_id);
