CREATE TABLE source_notices (         -- a source that fell silent or ill, once per illness
    id INTEGER PRIMARY KEY,
    outlet_id TEXT NOT NULL,          -- its domain
    fault TEXT NOT NULL,              -- see db.health
    last_read_at TEXT,
    began_at TEXT NOT NULL,           -- when it was noticed
    ended_at TEXT                     -- NULL: it still is
);
CREATE UNIQUE INDEX source_notices_open ON source_notices (outlet_id) WHERE ended_at IS NULL;
CREATE TABLE added_outlets (          -- beside the list of the installation; read by the crawler
    domain TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    network TEXT NOT NULL,
    province_code TEXT,
    base_url TEXT,
    feeds TEXT,
    sitemaps TEXT,
    listings TEXT,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed_at TEXT                   -- NULL: it is read
);
CREATE TABLE mailings (               -- what is sent to a person by itself, once per edition
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL REFERENCES accounts(username),
    kind TEXT NOT NULL CHECK (kind IN ('kliping', 'sumber')),
    target TEXT NOT NULL,             -- e-mail address
    region_code TEXT,                 -- of a kliping; NULL: all regions
    form TEXT NOT NULL DEFAULT 'docx' CHECK (form IN ('docx', 'pdf')),
    hour INTEGER NOT NULL DEFAULT 8 CHECK (hour BETWEEN 0 AND 23),  -- on the clock of the region
    active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    UNIQUE (username, kind, target)
);
CREATE TABLE mailing_editions (       -- one per mailing and day, or per batch of notices
    id INTEGER PRIMARY KEY,
    mailing_id INTEGER NOT NULL REFERENCES mailings(id),
    edition TEXT NOT NULL,            -- 2024-11-24, or the newest notice in it
    message_id TEXT NOT NULL,         -- set before sending, kept for a repeat
    state TEXT NOT NULL,              -- menunggu, terkirim, gagal
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    due_at TEXT NOT NULL,             -- not before; UTC
    sent_at TEXT,
    UNIQUE (mailing_id, edition)
);
ALTER TABLE accounts ADD COLUMN themes TEXT NOT NULL DEFAULT '[]';  -- JSON: "tema saya"
