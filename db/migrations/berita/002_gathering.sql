CREATE TABLE outlets (
    id TEXT PRIMARY KEY,              -- its domain
    name TEXT NOT NULL,
    network TEXT NOT NULL,
    kind TEXT NOT NULL,
    province_code TEXT REFERENCES regions(code),  -- NULL: national
    timezone TEXT NOT NULL
);
CREATE TABLE fetches (                -- every request, the failed ones too
    id INTEGER PRIMARY KEY,
    outlet_id TEXT NOT NULL REFERENCES outlets(id),
    url TEXT NOT NULL,
    kind TEXT NOT NULL,               -- feed, sitemap, listing, page, robots, import
    page_of TEXT,                     -- URL of the first page, for page 2 and on
    fetched_at TEXT NOT NULL,
    status INTEGER,                   -- HTTP status; NULL: no answer; imports count as 200
    error TEXT,                       -- why there is no body
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    hints TEXT,                       -- JSON: what feed or sitemap said (title, published)
    bytes INTEGER,
    sha256 TEXT,                      -- of the body as received
    warc_file TEXT,
    warc_offset INTEGER,
    warc_length INTEGER,
    extracted_at TEXT,                -- NULL: extraction has not seen it yet
    extract_error TEXT
);
CREATE UNIQUE INDEX fetches_record ON fetches (warc_file, warc_offset);
CREATE INDEX fetches_url ON fetches (url, fetched_at);
CREATE INDEX fetches_outlet ON fetches (outlet_id, fetched_at);
CREATE INDEX fetches_pending ON fetches (id) WHERE extracted_at IS NULL;
