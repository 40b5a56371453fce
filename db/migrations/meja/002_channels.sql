CREATE TABLE channels (               -- where the alerts of a watch are sent
    id INTEGER PRIMARY KEY,
    watch_key TEXT NOT NULL REFERENCES watches(key),
    kind TEXT NOT NULL CHECK (kind IN ('email', 'webhook', 'telegram')),
    target TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('langsung', 'ringkasan')),
    digest_hour INTEGER NOT NULL DEFAULT 7 CHECK (digest_hour BETWEEN 0 AND 23),
    zone TEXT NOT NULL DEFAULT 'Asia/Jakarta',
    active INTEGER NOT NULL DEFAULT 1,
    created_at TEXT NOT NULL,
    UNIQUE (watch_key, kind, target)
);
ALTER TABLE deliveries ADD COLUMN channel_id INTEGER REFERENCES channels(id);
ALTER TABLE deliveries ADD COLUMN due_at TEXT;      -- not before; UTC
ALTER TABLE deliveries ADD COLUMN message_id TEXT;  -- set before sending, kept for a repeat
CREATE INDEX deliveries_open ON deliveries (state, due_at);
CREATE INDEX deliveries_channel ON deliveries (channel_id, id);
CREATE TABLE delivery_attempts (      -- one row per message tried, written after the answer
    id INTEGER PRIMARY KEY,
    channel_id INTEGER NOT NULL REFERENCES channels(id),
    message_id TEXT NOT NULL,
    alerts INTEGER NOT NULL,
    at TEXT NOT NULL,
    error TEXT                        -- NULL: taken over by the receiver
);
CREATE INDEX delivery_attempts_channel ON delivery_attempts (channel_id, id);
CREATE TABLE feeds (                  -- who may read the feed of a watch without signing in
    watch_key TEXT NOT NULL REFERENCES watches(key),
    username TEXT NOT NULL REFERENCES accounts(username),
    nonce TEXT NOT NULL,              -- part of the signed address; another one revokes it
    created_at TEXT NOT NULL,
    PRIMARY KEY (watch_key, username)
);
