-- Commands that people run once, or that a schedule runs again and again.
CREATE TABLE schedules (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id      bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  name        text        NOT NULL,
  cron        text        NOT NULL,                     -- five fields, or @daily and the like
  zone        text        NOT NULL,                     -- IANA's name
  command     jsonb       NOT NULL,                     -- argument list
  timeout_s   int         NOT NULL,
  overlap     text        NOT NULL CHECK (overlap IN ('SKIP', 'ALLOW', 'REPLACE')),
  missed      text        NOT NULL CHECK (missed IN ('RUN_ONCE', 'SKIP')),
  next_at     timestamptz,                              -- when it is due; null while it is paused
  paused_by   text,
  skipped     int         NOT NULL DEFAULT 0,           -- how often in a row it was due and didn't run
  skipped_at  timestamptz,
  skipped_why text,
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now(),
  UNIQUE (app_id, name),
  CHECK ((next_at IS NULL) = (paused_by IS NOT NULL))
);
CREATE INDEX schedules_due ON schedules (next_at);

ALTER TABLE runs
  ADD COLUMN schedule_id         bigint REFERENCES schedules ON DELETE SET NULL,
  ADD COLUMN cancel_requested_by text;
ALTER TABLE runs DROP CONSTRAINT runs_kind_check;
ALTER TABLE runs ADD CONSTRAINT runs_kind_check CHECK (kind IN ('RELEASE', 'ONE_OFF', 'SCHEDULED'));
CREATE INDEX runs_newest ON runs (app_id, id);
CREATE INDEX runs_of_schedule ON runs (schedule_id, id) WHERE schedule_id IS NOT NULL;
