-- Fingerprints name other facts since; those of before cannot be read, and all are made again at
-- the next analysis.
DELETE FROM story_pairs;
DELETE FROM story_features;
DELETE FROM story_fingerprints;
DELETE FROM settings WHERE key = 'stories_version';
