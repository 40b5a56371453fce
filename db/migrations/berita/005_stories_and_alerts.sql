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
