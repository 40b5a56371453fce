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
