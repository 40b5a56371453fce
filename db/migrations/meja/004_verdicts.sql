-- A verdict is of the watch that rang: keliru when it should not have, tepat to take that back.
ALTER TABLE alert_events ADD COLUMN verdict TEXT CHECK (verdict IN ('keliru', 'tepat'));
DROP VIEW alert_states;
CREATE VIEW alert_states AS
    SELECT alert_key,
           (SELECT state FROM alert_events s WHERE s.alert_key = e.alert_key
             AND state IS NOT NULL ORDER BY id DESC LIMIT 1) AS state,
           (SELECT assignee FROM alert_events s WHERE s.alert_key = e.alert_key
             AND assignee IS NOT NULL ORDER BY id DESC LIMIT 1) AS assignee,
           (SELECT verdict FROM alert_events s WHERE s.alert_key = e.alert_key
             AND verdict IS NOT NULL ORDER BY id DESC LIMIT 1) AS verdict,
           max(id) AS last_event,
           max(at) AS changed_at
    FROM alert_events e GROUP BY alert_key;
ALTER TABLE channels ADD COLUMN removed_at TEXT;  -- its log stays, it takes no more alerts
