CREATE TABLE announced (              -- the frontier: every address that a list named
    key TEXT PRIMARY KEY,             -- what tells articles apart, see crawler.networks
    url TEXT NOT NULL,
    outlet_id TEXT NOT NULL REFERENCES outlets(id),
    kind TEXT NOT NULL,               -- page, sitemap of an index, listing page 2 on
    page_of TEXT,                     -- URL of the first page, for page 2 and on
    hints TEXT,                       -- JSON: what the list said (title, published)
    updated_at TEXT,                  -- newest change that a list told of, UTC
    first_seen_at TEXT NOT NULL,      -- UTC, as all times of this table
    first_fetched_at TEXT,            -- first answer with status 200
    answered_at TEXT,                 -- newest definite answer: 200, 304, 404, 410
    failed_at TEXT,                   -- newest failure
    attempts INTEGER NOT NULL DEFAULT 0  -- failures since the last definite answer
);
CREATE INDEX announced_outlet ON announced (outlet_id, kind);
