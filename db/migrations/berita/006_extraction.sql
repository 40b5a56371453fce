-- What all responses of one article share; extraction sets it, so that twins
-- (AMP, utm, page 2, later visits) are found together.
ALTER TABLE fetches ADD COLUMN article_group TEXT;
CREATE INDEX fetches_article ON fetches (article_group);
CREATE INDEX articles_fetch ON articles (fetch_id);
