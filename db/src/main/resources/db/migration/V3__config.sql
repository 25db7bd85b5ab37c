-- The config version that the app's next release takes. Rolling back moves it back, so that the next push doesn't bring back what was left.
ALTER TABLE apps ADD COLUMN config_version int NOT NULL DEFAULT 0;   -- 0: none was ever set
UPDATE apps a SET config_version = coalesce((SELECT max(version) FROM config_versions c WHERE c.app_id = a.id), 0);
