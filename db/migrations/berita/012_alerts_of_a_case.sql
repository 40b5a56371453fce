-- All that the inbox counts and filters by, without reading the sentences.
CREATE INDEX alerts_case ON alerts (
    story_id, article_id, key, raised_at, status, topic, region_code, watch_key
);
