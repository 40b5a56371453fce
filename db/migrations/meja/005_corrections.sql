CREATE TABLE correction_withdrawals ( -- a correction taken back; the machine's word counts again
    id INTEGER PRIMARY KEY,
    correction_id INTEGER NOT NULL UNIQUE REFERENCES corrections(id),
    actor TEXT NOT NULL,
    at TEXT NOT NULL
);
