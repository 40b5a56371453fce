-- One deed of a person may be several pairs; taking it back takes all of them back.
ALTER TABLE groupings ADD COLUMN deed INTEGER;      -- id of the first pair; NULL: a pair by itself
ALTER TABLE groupings ADD COLUMN reason TEXT;
ALTER TABLE groupings ADD COLUMN undone_by TEXT;
ALTER TABLE groupings ADD COLUMN undone_at TEXT;    -- NULL: it counts
CREATE INDEX groupings_noun ON groupings (noun, id);
