CREATE TABLE accounts (
    username TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('staf', 'atasan', 'admin')),
    password_hash TEXT,               -- NULL: signs in by link only
    region_code TEXT,                 -- "wilayah saya"
    active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL
);
CREATE TABLE watches (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    definition TEXT NOT NULL,         -- JSON, see db.watches
    is_default INTEGER NOT NULL DEFAULT 0,
    owner TEXT REFERENCES accounts(username),
    active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE TABLE alert_events (           -- who did what when; the newest state counts
    id INTEGER PRIMARY KEY,
    alert_key TEXT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    state TEXT CHECK (state IN ('baru', 'ditinjau', 'ditindaklanjuti', 'diabaikan')),
    assignee TEXT,
    note TEXT
);
CREATE INDEX alert_events_alert ON alert_events (alert_key, id);
CREATE VIEW alert_states AS
    SELECT alert_key,
           (SELECT state FROM alert_events s WHERE s.alert_key = e.alert_key
             AND state IS NOT NULL ORDER BY id DESC LIMIT 1) AS state,
           (SELECT assignee FROM alert_events s WHERE s.alert_key = e.alert_key
             AND assignee IS NOT NULL ORDER BY id DESC LIMIT 1) AS assignee,
           max(at) AS changed_at
    FROM alert_events e GROUP BY alert_key;
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    alert_key TEXT NOT NULL,
    channel TEXT NOT NULL,
    target TEXT NOT NULL,
    state TEXT NOT NULL,              -- menunggu, terkirim, gagal
    attempts INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    created_at TEXT NOT NULL,
    delivered_at TEXT,
    UNIQUE (alert_key, channel, target)
);
CREATE TABLE corrections (            -- of a derived field, by a person
    id INTEGER PRIMARY KEY,
    article_key TEXT NOT NULL,
    field TEXT NOT NULL,
    old_value TEXT,
    new_value TEXT,
    reason TEXT,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX corrections_article ON corrections (article_key);
CREATE TABLE groupings (              -- a person's merge or split of stories or people
    id INTEGER PRIMARY KEY,
    noun TEXT NOT NULL CHECK (noun IN ('story', 'person')),
    action TEXT NOT NULL CHECK (action IN ('merge', 'split')),
    key_a TEXT NOT NULL,
    key_b TEXT NOT NULL,
    actor TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    detail TEXT
);
