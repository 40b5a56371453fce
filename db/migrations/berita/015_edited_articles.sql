-- The few articles that their outlet changed or took down, found without reading all the others.
CREATE INDEX articles_edited ON articles (last_seen_at) WHERE version > 1 OR gone_at IS NOT NULL;
