-- What the health of a source counts: when an article came in, and how long it is.
ALTER TABLE article_facets ADD COLUMN seen INTEGER;    -- seconds since 1970 UTC
ALTER TABLE article_facets ADD COLUMN length INTEGER;  -- of the text, in characters
UPDATE article_facets SET (seen, length) = (
    SELECT CAST(strftime('%s', first_seen_at) AS INTEGER), length(text)
    FROM articles a WHERE a.id = article_facets.id
);
CREATE INDEX article_facets_seen ON article_facets (outlet_id, seen, length, published);
DROP TRIGGER article_facets_insert;
CREATE TRIGGER article_facets_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_facets (id, outlet_id, published, month, seen, length)
    VALUES (new.id, new.outlet_id, CAST(strftime('%s', new.published_at) AS INTEGER),
            substr(new.published_at, 1, 7), CAST(strftime('%s', new.first_seen_at) AS INTEGER),
            length(new.text));
END;
DROP TRIGGER article_facets_update;
CREATE TRIGGER article_facets_update
AFTER UPDATE OF outlet_id, published_at, first_seen_at, text ON articles
BEGIN
    UPDATE article_facets SET outlet_id = new.outlet_id,
        published = CAST(strftime('%s', new.published_at) AS INTEGER),
        month = substr(new.published_at, 1, 7),
        seen = CAST(strftime('%s', new.first_seen_at) AS INTEGER),
        length = length(new.text) WHERE id = new.id;
END;
