CREATE INDEX alerts_watch ON alerts (watch_key, raised_at);
