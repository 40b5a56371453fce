CREATE TABLE regions (
    code TEXT PRIMARY KEY,            -- Kemendagri: 64, 64.02
    level TEXT NOT NULL,              -- provinsi, kabupaten, kota
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    province_code TEXT REFERENCES regions(code),
    timezone TEXT NOT NULL,           -- WIB, WITA, WIT
    capital TEXT,
    latitude REAL,
    longitude REAL
);
CREATE TABLE topics (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    theme TEXT NOT NULL,
    theme_name TEXT NOT NULL,
    priority TEXT NOT NULL            -- kritis, tinggi, sedang, rendah, info, arsip
);
CREATE TABLE norms (
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics(id),
    regime TEXT NOT NULL,             -- pilkada, pemilu, lain
    citation TEXT NOT NULL,
    verified INTEGER NOT NULL,        -- 0: general knowledge, check first
    valid_from TEXT,
    valid_until TEXT,
    UNIQUE (topic, regime, citation)
);
