-- Made anew: a reader that keeps the vectors in memory learns what changed from ids that only grow.
DROP TABLE embeddings;
CREATE TABLE embeddings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
    model TEXT NOT NULL,              -- name, version and length of the vectors
    version INTEGER NOT NULL,         -- of the article
    vector BLOB NOT NULL,             -- float32, little endian, unit length
    UNIQUE (article_id, model)
);
