CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,         -- 16 hex of SHA-256 of the canonical URL
    url TEXT NOT NULL UNIQUE,         -- canonical
    outlet_id TEXT NOT NULL REFERENCES outlets(id),
    title TEXT NOT NULL,
    text TEXT NOT NULL,               -- of the newest version
    author TEXT,
    section TEXT,
    published_at TEXT,                -- with zone
    published_from TEXT,              -- json-ld, meta, time, selector, url, ...
    published_is_guess INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 1,
    fetch_id INTEGER NOT NULL REFERENCES fetches(id),  -- of the newest version
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    gone_at TEXT,                     -- the outlet answered 404 or 410 since then
    extractor TEXT NOT NULL           -- layout and version that made the fields
);
CREATE INDEX articles_outlet ON articles (outlet_id, published_at);
CREATE INDEX articles_published ON articles (published_at);
CREATE TABLE article_versions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    fetch_id INTEGER NOT NULL REFERENCES fetches(id),
    fetched_at TEXT NOT NULL,
    UNIQUE (article_id, number)
);
-- Words as written: phrases, names, the search box of the table page.
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, content="articles", content_rowid="id",
    tokenize="unicode61 remove_diacritics 2"
);
CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
END;
CREATE TRIGGER articles_fts_update AFTER UPDATE OF title, text ON articles BEGIN
    INSERT INTO articles_fts (articles_fts, rowid, title, text)
    VALUES ('delete', old.id, old.title, old.text);
    INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
-- Indonesian roots (nlp.stems), written by db.store in the transaction of the article.
CREATE VIRTUAL TABLE articles_stems USING fts5 (
    title, text, content='', tokenize="unicode61 remove_diacritics 2"
);
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);  -- e.g. stems_version
