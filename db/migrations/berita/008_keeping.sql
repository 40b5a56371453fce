CREATE TABLE analysis_errors (        -- articles the language room could not judge
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    rules_version TEXT NOT NULL,
    error TEXT NOT NULL,
    at TEXT NOT NULL
);
-- Narrow, so that all facets of a search come from one scan.
CREATE TABLE article_facets (
    id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    outlet_id TEXT NOT NULL,
    published INTEGER,                -- seconds since 1970 UTC
    month TEXT,                       -- 2020-09, on the clock of the outlet
    theme TEXT,
    status TEXT,
    province_code TEXT
);
CREATE INDEX article_facets_published ON article_facets (published);
INSERT INTO article_facets (id, outlet_id, published, month)
    SELECT id, outlet_id, CAST(strftime('%s', published_at) AS INTEGER),
           substr(published_at, 1, 7) FROM articles;
CREATE TRIGGER article_facets_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_facets (id, outlet_id, published, month)
    VALUES (new.id, new.outlet_id, CAST(strftime('%s', new.published_at) AS INTEGER),
            substr(new.published_at, 1, 7));
END;
CREATE TRIGGER article_facets_update AFTER UPDATE OF outlet_id, published_at ON articles
BEGIN
    UPDATE article_facets SET outlet_id = new.outlet_id,
        published = CAST(strftime('%s', new.published_at) AS INTEGER),
        month = substr(new.published_at, 1, 7) WHERE id = new.id;
END;
CREATE VIRTUAL TABLE articles_words USING fts5vocab (articles_fts, row);

-- What db.stories keeps between runs; see there.
CREATE TABLE story_fingerprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    day INTEGER NOT NULL,             -- ordinal of the publish date
    data TEXT NOT NULL                -- JSON, see nlp.similarity
);
CREATE TABLE story_features (         -- inverted index: who may tell of the same event
    feature INTEGER NOT NULL,
    day INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    PRIMARY KEY (feature, day, article_id)
) WITHOUT ROWID;
CREATE INDEX story_features_article ON story_features (article_id);
CREATE TABLE story_pairs (            -- pairs alike enough to matter; a < b
    a INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    b INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    score REAL NOT NULL,
    is_copy INTEGER NOT NULL,         -- one repeats the other's words
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX story_pairs_b ON story_pairs (b);
CREATE TABLE story_queue (            -- articles whose group must be worked out again
    article_id INTEGER PRIMARY KEY,
    compared INTEGER NOT NULL DEFAULT 0   -- 1: its pairs are up to date
);
CREATE TRIGGER story_queue_removed BEFORE DELETE ON articles BEGIN
    INSERT OR IGNORE INTO story_queue
        SELECT article_id, 1 FROM story_articles
        WHERE story_id = (SELECT story_id FROM story_articles WHERE article_id = old.id);
END;
CREATE TRIGGER story_queue_redated AFTER UPDATE OF published_at ON articles
WHEN new.published_at IS NOT old.published_at BEGIN
    -- "Rabu (9/12)" is another day now.
    DELETE FROM annotations WHERE article_id = new.id;
    INSERT OR REPLACE INTO story_queue VALUES (new.id, 0);
END;

CREATE TABLE alert_queue (            -- articles not yet held against the watches
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE
);
CREATE TABLE quiet_matches (          -- a watch's theme or words, but no concrete case
    watch_key TEXT NOT NULL,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    watch_name TEXT NOT NULL,
    status TEXT NOT NULL,
    sentence TEXT NOT NULL,
    span TEXT NOT NULL,
    reasons TEXT NOT NULL,
    rules_version TEXT NOT NULL,
    found_at TEXT NOT NULL,
    PRIMARY KEY (watch_key, article_id)
);
CREATE INDEX quiet_matches_article ON quiet_matches (article_id);
