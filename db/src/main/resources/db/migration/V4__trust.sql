-- Rolling back pauses automatic deploys until somebody resumes them: by whom, when, and back to which release. All null: not paused.
ALTER TABLE apps
  ADD COLUMN paused_by      text,
  ADD COLUMN paused_at      timestamptz,
  ADD COLUMN paused_release int,
  ADD CONSTRAINT apps_pause_is_whole CHECK (num_nulls(paused_by, paused_at, paused_release) IN (0, 3));

-- Names of config variables that builds get as secrets.
ALTER TABLE apps ADD COLUMN build_secrets jsonb NOT NULL DEFAULT '[]';

-- ROLLBACK_IMAGE: only the image of an older release. IMAGE: an image version released by hand.
ALTER TABLE releases DROP CONSTRAINT releases_cause_check;
ALTER TABLE releases ADD CONSTRAINT releases_cause_check CHECK (cause IN ('BUILD', 'ROLLBACK', 'ROLLBACK_IMAGE', 'CONFIG', 'IMAGE'));
