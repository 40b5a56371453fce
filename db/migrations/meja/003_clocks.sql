CREATE TABLE clock_marks (            -- what an officer pressed; a clock is what its marks say
    id INTEGER PRIMARY KEY,
    article_key TEXT NOT NULL,        -- the article that made it known; names the clock
    mark TEXT NOT NULL
        CHECK (mark IN ('diketahui', 'diregistrasi', 'selesai', 'dibatalkan')),
    moment TEXT NOT NULL,             -- when it happened, with the zone of the region
    regime TEXT CHECK (regime IN ('pilkada', 'pemilu')),  -- of diketahui
    note TEXT,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX clock_marks_article ON clock_marks (article_key, id);
CREATE TABLE calendar_feeds (         -- who may read the deadlines without signing in
    username TEXT PRIMARY KEY REFERENCES accounts(username),
    nonce TEXT NOT NULL,              -- part of the signed address; another one revokes it
    created_at TEXT NOT NULL
);
