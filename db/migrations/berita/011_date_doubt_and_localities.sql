ALTER TABLE dates ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0;  -- 1: the weekday beside it is another day's
ALTER TABLE article_regions ADD COLUMN localities TEXT NOT NULL DEFAULT '[]';  -- [{"name": "Desa ...", "span": [..]}]
