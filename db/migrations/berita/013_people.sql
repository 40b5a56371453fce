-- A row of `people` is one name in one region; `same_as` says whose other name it is.
ALTER TABLE people ADD COLUMN same_as INTEGER REFERENCES people(id) ON DELETE SET NULL;
ALTER TABLE people ADD COLUMN score REAL;             -- how surely, 0 to 1
ALTER TABLE people ADD COLUMN why TEXT;               -- by which likeness, or who decided
CREATE INDEX people_same_as ON people (same_as);
CREATE TABLE person_blocks (          -- names that share a block are compared; see db.identifying
    block TEXT NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    PRIMARY KEY (block, person_id)
) WITHOUT ROWID;
CREATE INDEX person_blocks_person ON person_blocks (person_id);
CREATE TABLE person_queue (           -- names whose human being must be worked out again
    person_id INTEGER PRIMARY KEY
);
CREATE TRIGGER person_queue_left BEFORE DELETE ON articles BEGIN
    INSERT OR IGNORE INTO person_queue
        SELECT person_id FROM article_people WHERE article_id = old.id AND person_id IS NOT NULL
        UNION SELECT person_id FROM officials WHERE article_id = old.id AND person_id IS NOT NULL
        UNION SELECT person_id FROM quotes WHERE article_id = old.id AND person_id IS NOT NULL;
END;
CREATE TABLE profiles (               -- one per human being; what the list of officials shows
    person_id INTEGER PRIMARY KEY REFERENCES people(id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    names TEXT NOT NULL,              -- all of them, folded, for searching
    position TEXT,                    -- the newest; NULL: never seen in an office
    institution TEXT,
    acting TEXT,
    region_code TEXT REFERENCES regions(code),
    articles INTEGER NOT NULL,
    cases INTEGER NOT NULL,           -- articles that accuse this person
    first_seen TEXT,
    last_seen TEXT
);
CREATE INDEX profiles_last_seen ON profiles (last_seen);
CREATE INDEX profiles_articles ON profiles (articles);
CREATE INDEX profiles_cases ON profiles (cases);
CREATE INDEX profiles_name ON profiles (name);
CREATE TABLE accused (                -- whom a case names as actor
    violation_id INTEGER NOT NULL REFERENCES violations(id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people(id),
    PRIMARY KEY (violation_id, person_id)
) WITHOUT ROWID;
CREATE INDEX accused_person ON accused (person_id);
CREATE TABLE supervisor_roles (       -- what Bawaslu is in an article that speaks of it
    article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
    role TEXT NOT NULL,               -- pihak: accused or blamed itself; narasumber: speaks or acts
    words TEXT,                       -- that made it a party
    span TEXT NOT NULL
);
CREATE INDEX supervisor_roles_role ON supervisor_roles (role, article_id);
DROP VIEW pejabat;
CREATE VIEW pejabat AS
    SELECT coalesce(w.name, h.name, f.name) AS nama, f.position AS jabatan,
           f.institution AS instansi, coalesce(f.acting, 'definitif') AS status_jabatan,
           r.name AS wilayah, count(DISTINCT f.article_id) AS berita,
           count(DISTINCT CASE WHEN n.alert THEN f.article_id END)
               AS berita_perlu_dilihat,
           min(a.published_at) AS pertama, max(a.published_at) AS terakhir,
           coalesce(w.key, h.key) AS kunci
    FROM officials f
    JOIN articles a ON a.id = f.article_id
    LEFT JOIN annotations n ON n.article_id = f.article_id
    LEFT JOIN people h ON h.id = f.person_id
    LEFT JOIN people w ON w.id = h.same_as
    LEFT JOIN regions r ON r.code = f.region_code
    GROUP BY coalesce(w.key, h.key, f.name), f.position, f.institution, f.acting, f.region_code;
