-- How many instances of each process type beside web an app should have: {"worker": 2}. Web's number is apps.instances.
ALTER TABLE apps ADD COLUMN scale jsonb NOT NULL DEFAULT '{}';

-- What the commit's slipway.yml says (ProcessFile); null: there is none.
ALTER TABLE builds ADD COLUMN process_file jsonb;

-- apps.process and releases.process hold Processes from now on, {"web": …, "others": {…}, "release": …}; older rows hold web's spec alone.

ALTER TABLE instances
  ADD COLUMN process    text NOT NULL DEFAULT 'web',
  ADD COLUMN failures   int  NOT NULL DEFAULT 0,        -- deaths in a row of its type in the live release, itself included
  ADD COLUMN restart_at timestamptz;                    -- when the instance that takes its place starts

-- Commands that run once, in a container of their own with the image, config and limits of a release.
CREATE TABLE runs (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id       bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  release_id   bigint      NOT NULL REFERENCES releases ON DELETE CASCADE,
  kind         text        NOT NULL CHECK (kind IN ('RELEASE', 'ONE_OFF')),
  command      jsonb       NOT NULL,                    -- argument list
  timeout_s    int         NOT NULL,
  state        text        NOT NULL DEFAULT 'QUEUED' CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED')),
  reason       text,                                    -- RunReason
  message      text,
  exit_code    int,
  output       text,                                    -- its end; bounded
  requested_by text        NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  started_at   timestamptz,
  ended_at     timestamptz
);
CREATE UNIQUE INDEX runs_one_of_release ON runs (release_id) WHERE kind = 'RELEASE';
CREATE INDEX runs_release ON runs (release_id);
CREATE INDEX runs_open ON runs (app_id) WHERE state IN ('QUEUED', 'RUNNING');
