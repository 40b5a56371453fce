"""The tables: `berita.db` (what machines made) and `meja.db` (what people decided).

`berita.db` can be thrown away and rebuilt from the archive; `meja.db` is small and precious.
Rows of `meja.db` therefore never point to a row number of `berita.db`: they name an article by
its `key`, which is derived from its canonical URL and survives a rebuild.

Dates are ISO 8601 text with zone. JSON columns hold lists of `[start, end]` character offsets
into `articles.text` unless said otherwise.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

berita = Migrations("berita")
meja = Migrations("meja")


def _run(db: Database, script: str) -> None:
    """Execute a script statement by statement: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.conn.execute(statement)
            statement = ""


@berita()
def m001_reference(db: Database) -> None:
    _run(
        db,
        """
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
        """,
    )


@berita()
def m002_gathering(db: Database) -> None:
    _run(
        db,
        """
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
            status INTEGER,                   -- HTTP status; NULL when there was no answer
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
        """,
    )


@berita()
def m003_articles(db: Database) -> None:
    _run(
        db,
        """
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
        """,
    )


@berita()
def m004_language(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE annotations (            -- one row per analysed article
            article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,         -- of the article's text
            election INTEGER NOT NULL,
            status TEXT NOT NULL,
            alert INTEGER NOT NULL,
            topic TEXT REFERENCES topics(id), -- main topic
            region_code TEXT REFERENCES regions(code),  -- main region
            stage TEXT,                       -- newest of the twelve stages of a case
            reasons TEXT NOT NULL DEFAULT '[]',  -- JSON: the cues behind the judgement
            rules_version TEXT NOT NULL,
            annotated_at TEXT NOT NULL
        );
        CREATE INDEX annotations_status ON annotations (status, topic);
        CREATE INDEX annotations_region ON annotations (region_code);
        CREATE TABLE article_topics (
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            rank INTEGER NOT NULL,            -- 1: main
            topic TEXT NOT NULL REFERENCES topics(id),
            theme TEXT NOT NULL,
            score REAL NOT NULL,
            evidence TEXT NOT NULL,
            PRIMARY KEY (article_id, topic)
        );
        CREATE INDEX article_topics_topic ON article_topics (topic);
        CREATE TABLE article_regions (
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            region_code TEXT NOT NULL REFERENCES regions(code),
            is_main INTEGER NOT NULL,
            spans TEXT NOT NULL,
            PRIMARY KEY (article_id, region_code)
        );
        CREATE INDEX article_regions_region ON article_regions (region_code);
        CREATE TABLE people (                 -- one human being, as far as the machine can tell
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            region_code TEXT REFERENCES regions(code)
        );
        CREATE TABLE article_people (         -- everybody named, office or not
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            person_id INTEGER REFERENCES people(id),  -- NULL: initials, valid in one article only
            name TEXT NOT NULL,
            role TEXT,
            spans TEXT NOT NULL
        );
        CREATE INDEX article_people_article ON article_people (article_id);
        CREATE INDEX article_people_person ON article_people (person_id);
        CREATE TABLE officials (              -- a mention of a person in an office
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            person_id INTEGER REFERENCES people(id),
            name TEXT NOT NULL,
            position TEXT NOT NULL,
            institution TEXT,
            region_code TEXT REFERENCES regions(code),
            acting TEXT,                      -- Plt, Pj, mantan, ...; NULL: definitif
            spans TEXT NOT NULL
        );
        CREATE INDEX officials_article ON officials (article_id);
        CREATE INDEX officials_person ON officials (person_id);
        CREATE TABLE figures (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            value REAL NOT NULL,
            value_max REAL,
            unit TEXT,
            about TEXT,
            bound TEXT,                       -- lebih_dari, kurang_dari, sekitar
            span TEXT NOT NULL
        );
        CREATE INDEX figures_article ON figures (article_id);
        CREATE TABLE quotes (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            person_id INTEGER REFERENCES people(id),
            speaker TEXT,
            text TEXT NOT NULL,
            indirect INTEGER NOT NULL DEFAULT 0,
            span TEXT NOT NULL
        );
        CREATE INDEX quotes_article ON quotes (article_id);
        CREATE INDEX quotes_person ON quotes (person_id);
        CREATE TABLE dates (                  -- event dates, never the publish date
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            date TEXT NOT NULL,
            span TEXT NOT NULL
        );
        CREATE INDEX dates_article ON dates (article_id);
        CREATE TABLE violations (
            id INTEGER PRIMARY KEY,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            topic TEXT NOT NULL REFERENCES topics(id),
            status TEXT NOT NULL,
            stage TEXT,
            actors TEXT NOT NULL,             -- JSON list of names
            region_code TEXT REFERENCES regions(code),
            date TEXT,
            keywords TEXT NOT NULL,           -- JSON list of word forms
            evidence TEXT NOT NULL,           -- JSON [start, end] of the sentence
            norms TEXT NOT NULL               -- JSON list
        );
        CREATE INDEX violations_article ON violations (article_id);
        CREATE TABLE embeddings (
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            model TEXT NOT NULL,
            version INTEGER NOT NULL,
            vector BLOB NOT NULL,             -- float32, little endian, unit length
            PRIMARY KEY (article_id, model)
        );
        """,
    )


@berita()
def m005_stories_and_alerts(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE stories (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,         -- key of its first article
            title TEXT NOT NULL,
            topic TEXT REFERENCES topics(id),
            status TEXT,
            stage TEXT,
            region_code TEXT REFERENCES regions(code),
            first_published_at TEXT,
            last_published_at TEXT,
            articles INTEGER NOT NULL,
            accounts INTEGER NOT NULL         -- independent ones: copies of one text count once
        );
        CREATE TABLE story_articles (
            article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            story_id INTEGER NOT NULL REFERENCES stories(id),
            score REAL NOT NULL,              -- similarity to the nearest article of the story
            copy_of INTEGER REFERENCES articles(id)  -- the article whose text this one repeats
        );
        CREATE INDEX story_articles_story ON story_articles (story_id);
        CREATE TABLE alerts (                 -- one per story, watch and stage
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,         -- watch key : article key : stage
            watch_key TEXT NOT NULL,
            watch_name TEXT NOT NULL,
            story_id INTEGER REFERENCES stories(id),
            article_id INTEGER NOT NULL REFERENCES articles(id),
            topic TEXT REFERENCES topics(id),
            status TEXT NOT NULL,
            stage TEXT,
            region_code TEXT REFERENCES regions(code),
            sentence TEXT NOT NULL,           -- that fired
            span TEXT NOT NULL,
            reasons TEXT NOT NULL,            -- JSON: word form, root, condition that matched
            rules_version TEXT NOT NULL,
            raised_at TEXT NOT NULL
        );
        CREATE INDEX alerts_raised ON alerts (raised_at);
        CREATE INDEX alerts_story ON alerts (story_id);
        """,
    )


@berita()
def m006_extraction(db: Database) -> None:
    _run(
        db,
        """
        -- What all responses of one article share; extraction sets it, so that twins
        -- (AMP, utm, page 2, later visits) are found together.
        ALTER TABLE fetches ADD COLUMN article_group TEXT;
        CREATE INDEX fetches_article ON fetches (article_group);
        CREATE INDEX articles_fetch ON articles (fetch_id);
        """,
    )


@berita()
def m007_frontier(db: Database) -> None:
    _run(
        db,
        """
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
        """,
    )


@berita()
def m008_keeping(db: Database) -> None:
    _run(
        db,
        """
        CREATE TABLE analysis_errors (        -- articles the language room could not judge
            article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            rules_version TEXT NOT NULL,
            error TEXT NOT NULL,
            at TEXT NOT NULL
        );
        -- Narrow, so that all facets of a search come from one scan.
        CREATE TABLE article_facets (
            id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            outlet_id TEXT NOT NULL,
            published INTEGER,                -- seconds since 1970 UTC
            month TEXT,                       -- 2020-09, on the clock of the outlet
            theme TEXT,
            status TEXT,
            province_code TEXT
        );
        CREATE INDEX article_facets_published ON article_facets (published);
        INSERT INTO article_facets (id, outlet_id, published, month)
            SELECT id, outlet_id, CAST(strftime('%s', published_at) AS INTEGER),
                   substr(published_at, 1, 7) FROM articles;
        CREATE TRIGGER article_facets_insert AFTER INSERT ON articles BEGIN
            INSERT INTO article_facets (id, outlet_id, published, month)
            VALUES (new.id, new.outlet_id, CAST(strftime('%s', new.published_at) AS INTEGER),
                    substr(new.published_at, 1, 7));
        END;
        CREATE TRIGGER article_facets_update AFTER UPDATE OF outlet_id, published_at ON articles
        BEGIN
            UPDATE article_facets SET outlet_id = new.outlet_id,
                published = CAST(strftime('%s', new.published_at) AS INTEGER),
                month = substr(new.published_at, 1, 7) WHERE id = new.id;
        END;
        CREATE VIRTUAL TABLE articles_words USING fts5vocab (articles_fts, row);

        -- What db.stories keeps between runs; see there.
        CREATE TABLE story_fingerprints (
            article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            day INTEGER NOT NULL,             -- ordinal of the publish date
            data TEXT NOT NULL                -- JSON, see nlp.similarity
        );
        CREATE TABLE story_features (         -- inverted index: who may tell of the same event
            feature INTEGER NOT NULL,
            day INTEGER NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            PRIMARY KEY (feature, day, article_id)
        ) WITHOUT ROWID;
        CREATE INDEX story_features_article ON story_features (article_id);
        CREATE TABLE story_pairs (            -- pairs alike enough to matter; a < b
            a INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            b INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            score REAL NOT NULL,
            is_copy INTEGER NOT NULL,         -- one repeats the other's words
            PRIMARY KEY (a, b)
        ) WITHOUT ROWID;
        CREATE INDEX story_pairs_b ON story_pairs (b);
        CREATE TABLE story_queue (            -- articles whose group must be worked out again
            article_id INTEGER PRIMARY KEY,
            compared INTEGER NOT NULL DEFAULT 0   -- 1: its pairs are up to date
        );
        CREATE TRIGGER story_queue_removed BEFORE DELETE ON articles BEGIN
            INSERT OR IGNORE INTO story_queue
                SELECT article_id, 1 FROM story_articles
                WHERE story_id = (SELECT story_id FROM story_articles WHERE article_id = old.id);
        END;
        CREATE TRIGGER story_queue_redated AFTER UPDATE OF published_at ON articles
        WHEN new.published_at IS NOT old.published_at BEGIN
            -- "Rabu (9/12)" is another day now.
            DELETE FROM annotations WHERE article_id = new.id;
            INSERT OR REPLACE INTO story_queue VALUES (new.id, 0);
        END;

        CREATE TABLE alert_queue (            -- articles not yet held against the watches
            article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE
        );
        CREATE TABLE quiet_matches (          -- a watch's theme or words, but no concrete case
            watch_key TEXT NOT NULL,
            article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            watch_name TEXT NOT NULL,
            status TEXT NOT NULL,
            sentence TEXT NOT NULL,
            span TEXT NOT NULL,
            reasons TEXT NOT NULL,
            rules_version TEXT NOT NULL,
            found_at TEXT NOT NULL,
            PRIMARY KEY (watch_key, article_id)
        );
        CREATE INDEX quiet_matches_article ON quiet_matches (article_id);
        """,
    )


@berita()
def m009_views(db: Database) -> None:
    _run(
        db,
        """
        CREATE VIEW berita_pemilu AS
            SELECT a.key AS kunci, a.published_at AS terbit, o.name AS media, a.title AS judul,
                   t.theme_name AS tema, t.name AS topik, n.status AS status, n.stage AS tahap,
                   r.name AS wilayah, p.name AS provinsi, n.alert AS perlu_dilihat,
                   s.key AS cerita, a.url AS tautan
            FROM annotations n
            JOIN articles a ON a.id = n.article_id
            JOIN outlets o ON o.id = a.outlet_id
            LEFT JOIN topics t ON t.id = n.topic
            LEFT JOIN regions r ON r.code = n.region_code
            LEFT JOIN regions p ON p.code = coalesce(r.province_code, r.code)
            LEFT JOIN story_articles sa ON sa.article_id = a.id
            LEFT JOIN stories s ON s.id = sa.story_id
            WHERE n.election = 1;
        CREATE VIEW dugaan AS
            SELECT a.published_at AS terbit, t.theme_name AS tema, t.name AS topik,
                   v.status AS status, v.stage AS tahap,
                   (SELECT group_concat(value, '; ') FROM json_each(v.actors)) AS pelaku,
                   r.name AS wilayah, p.name AS provinsi, v.date AS tanggal_kejadian,
                   substr(a.text, json_extract(v.evidence, '$[0]') + 1,
                          json_extract(v.evidence, '$[1]') - json_extract(v.evidence, '$[0]')
                   ) AS kalimat,
                   (SELECT group_concat(value, '; ') FROM json_each(v.norms)) AS dasar_hukum,
                   o.name AS media, a.title AS judul, a.url AS tautan, a.key AS kunci
            FROM violations v
            JOIN articles a ON a.id = v.article_id
            JOIN outlets o ON o.id = a.outlet_id
            JOIN topics t ON t.id = v.topic
            LEFT JOIN regions r ON r.code = v.region_code
            LEFT JOIN regions p ON p.code = coalesce(r.province_code, r.code);
        CREATE VIEW pejabat AS
            SELECT coalesce(h.name, f.name) AS nama, f.position AS jabatan,
                   f.institution AS instansi, coalesce(f.acting, 'definitif') AS status_jabatan,
                   r.name AS wilayah, count(DISTINCT f.article_id) AS berita,
                   count(DISTINCT CASE WHEN n.alert THEN f.article_id END)
                       AS berita_perlu_dilihat,
                   min(a.published_at) AS pertama, max(a.published_at) AS terakhir,
                   h.key AS kunci
            FROM officials f
            JOIN articles a ON a.id = f.article_id
            LEFT JOIN annotations n ON n.article_id = f.article_id
            LEFT JOIN people h ON h.id = f.person_id
            LEFT JOIN regions r ON r.code = f.region_code
            GROUP BY coalesce(h.key, f.name), f.position, f.institution, f.acting, f.region_code;
        CREATE VIEW rekap_tema AS
            SELECT t.theme_name AS tema, p.name AS provinsi, f.month AS bulan,
                   count(*) AS berita,
                   sum(n.status = 'dugaan') AS dugaan, sum(n.status = 'proses') AS proses,
                   sum(n.status = 'terbukti') AS terbukti,
                   sum(n.status = 'tidak_terbukti') AS tidak_terbukti,
                   sum(n.status = 'rekap') AS rekap, sum(n.status = 'pencegahan') AS pencegahan,
                   sum(n.status = 'netral') AS netral,
                   count(DISTINCT sa.story_id) AS cerita
            FROM annotations n
            JOIN article_facets f ON f.id = n.article_id
            JOIN topics t ON t.id = n.topic
            LEFT JOIN regions p ON p.code = f.province_code
            LEFT JOIN story_articles sa ON sa.article_id = n.article_id
            WHERE n.election = 1
            GROUP BY t.theme_name, p.name, f.month;
        """,
    )


@berita()
def m010_alerts_of_a_watch(db: Database) -> None:
    _run(db, "CREATE INDEX alerts_watch ON alerts (watch_key, raised_at);")


@meja()
def m001_desk(db: Database) -> None:
    _run(
        db,
        """
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
        """,
    )


@meja()
def m002_channels(db: Database) -> None:
    _run(
        db,
        """
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
        """,
    )
