-- The domain. States and their transitions: ARCHITECTURE.md. Every UPDATE of a state is guarded by the states it may come from.

CREATE TABLE settings (
  key   text PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE users (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name          text        NOT NULL UNIQUE,
  password_hash text        NOT NULL,
  created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tokens (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
  name         text        NOT NULL,
  hash         bytea       NOT NULL UNIQUE,             -- SHA-256 of the token; the token itself is never stored
  hint         text        NOT NULL,                    -- its first characters, to recognise it in a list
  created_at   timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz,
  last_used_at timestamptz
);

CREATE TABLE apps (
  id                  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name                text        NOT NULL UNIQUE,
  source_kind         text        NOT NULL CHECK (source_kind IN ('HOSTED', 'WATCHED')),
  repository_url      text,
  repository_secret   bytea,                            -- encrypted "user:password" for repository_url, if it needs one
  branch              text        NOT NULL,
  poll_seconds        int         NOT NULL DEFAULT 60 CHECK (poll_seconds BETWEEN 5 AND 86400),
  webhook_secret      bytea       NOT NULL,             -- encrypted
  context_dir         text        NOT NULL DEFAULT '',
  dockerfile          text        NOT NULL DEFAULT 'Dockerfile',
  target_stage        text,
  build_args          jsonb       NOT NULL DEFAULT '{}',
  build_timeout_s     int         NOT NULL DEFAULT 1800,
  process             jsonb       NOT NULL,             -- ProcessSpec of the next release
  instances           int         NOT NULL DEFAULT 1 CHECK (instances BETWEEN 0 AND 100),
  last_build          int         NOT NULL DEFAULT 0,   -- counters: the last number given out
  last_image          int         NOT NULL DEFAULT 0,
  last_release        int         NOT NULL DEFAULT 0,
  fetch_due_at        timestamptz NOT NULL DEFAULT now(),
  fetched_at          timestamptz,
  fetch_error         text,                             -- why the last fetch of a watched repository failed
  created_at          timestamptz NOT NULL DEFAULT now(),
  deleted_at          timestamptz,
  CHECK ((source_kind = 'WATCHED') = (repository_url IS NOT NULL))
);

-- The last commit of each branch for which the platform has decided whether to build. A head that differs from it was missed.
CREATE TABLE seen_heads (
  app_id    bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  branch    text        NOT NULL,
  commit_id text        NOT NULL,
  seen_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (app_id, branch)
);

CREATE TABLE config_versions (
  app_id     bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  version    int         NOT NULL,
  env        bytea       NOT NULL,                      -- encrypted JSON object: name to value
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (app_id, version)
);

CREATE TABLE builds (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id          bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  number          int         NOT NULL,
  cause           text        NOT NULL CHECK (cause IN ('PUSH', 'POLL', 'WEBHOOK', 'MANUAL', 'RECOVERY')),
  branch          text        NOT NULL,
  commit_id       text        NOT NULL,
  commit_author   text        NOT NULL,
  commit_message  text        NOT NULL,
  committed_at    timestamptz NOT NULL,
  requested_by    text        NOT NULL,
  state           text        NOT NULL DEFAULT 'QUEUED'
                  CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ERRORED', 'CANCELLED', 'SUPERSEDED')),
  reason          text,                                 -- BuildReason
  message         text,
  failed_line     int,                                  -- of the Dockerfile
  exit_code       int,
  attempt         int         NOT NULL DEFAULT 0,       -- 0: never claimed
  worker_id       text,
  lease_until     timestamptz,
  not_before      timestamptz NOT NULL DEFAULT now(),   -- a retry waits until then
  cancel_requested_by text,
  local_image     text,                                 -- image id in the engine, known before the push to the registry ended
  exposed_port    int,                                  -- of local_image
  queued_at       timestamptz NOT NULL DEFAULT now(),
  started_at      timestamptz,
  finished_at     timestamptz,
  UNIQUE (app_id, number)
);
CREATE INDEX builds_open ON builds (id) WHERE state IN ('QUEUED', 'RUNNING');

CREATE TABLE build_steps (
  build_id    bigint      NOT NULL REFERENCES builds ON DELETE CASCADE,
  attempt     int         NOT NULL,
  number      int         NOT NULL,                     -- order of appearance, from 1
  name        text        NOT NULL,                     -- as BuildKit names it: "[2/4] RUN npm ci"
  state       text        NOT NULL CHECK (state IN ('RUNNING', 'DONE', 'CACHED', 'FAILED', 'CANCELLED')),
  started_at  timestamptz NOT NULL DEFAULT now(),
  duration_ms bigint,
  PRIMARY KEY (build_id, attempt, number)
);

CREATE TABLE build_log (
  build_id   bigint NOT NULL REFERENCES builds ON DELETE CASCADE,
  attempt    int    NOT NULL,
  first_line int    NOT NULL,                           -- number of the chunk's first line, from 0
  lines      int    NOT NULL,
  content    text   NOT NULL,                           -- lines joined by \n, none at the end; secrets already masked
  PRIMARY KEY (build_id, attempt, first_line)
);

CREATE TABLE images (
  id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id        bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  version       int         NOT NULL,
  build_id      bigint      NOT NULL UNIQUE REFERENCES builds,
  digest        text        NOT NULL,                   -- of the manifest in our registry
  image_id      text        NOT NULL,                   -- of the image's config: what the engine calls the image's id
  size_bytes    bigint      NOT NULL,
  exposed_port  int,
  created_at    timestamptz NOT NULL DEFAULT now(),
  UNIQUE (app_id, version)
);

CREATE TABLE releases (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id         bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  number         int         NOT NULL,
  image_id       bigint      NOT NULL REFERENCES images,
  config_version int         NOT NULL DEFAULT 0,        -- 0: none was ever set
  process        jsonb       NOT NULL,
  cause          text        NOT NULL CHECK (cause IN ('BUILD', 'ROLLBACK', 'CONFIG')),
  rollback_of    bigint REFERENCES releases,            -- the release whose content this one repeats
  created_by     text        NOT NULL,
  state          text        NOT NULL DEFAULT 'PENDING'
                 CHECK (state IN ('PENDING', 'STARTING', 'LIVE', 'RETIRED', 'FAILED', 'CANCELLED')),
  reason         text,                                  -- ReleaseReason
  message        text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  started_at     timestamptz,
  live_at        timestamptz,
  ended_at       timestamptz,
  UNIQUE (app_id, number)
);
CREATE UNIQUE INDEX releases_one_live ON releases (app_id) WHERE state = 'LIVE';
CREATE INDEX releases_open ON releases (app_id) WHERE state IN ('PENDING', 'STARTING', 'LIVE');

CREATE TABLE instances (
  id           text PRIMARY KEY,                        -- also in the container's name and label
  app_id       bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  release_id   bigint REFERENCES releases ON DELETE CASCADE,  -- null while only its build exists (head start)
  build_id     bigint REFERENCES builds ON DELETE CASCADE,
  state        text        NOT NULL CHECK (state IN ('STARTING', 'HEALTHY', 'SERVING', 'DRAINING', 'STOPPED', 'FAILED')),
  reason       text,
  message      text,
  container_id text,
  address      text,
  port         int,
  created_at   timestamptz NOT NULL DEFAULT now(),
  healthy_at   timestamptz,
  stopped_at   timestamptz
);
CREATE INDEX instances_app ON instances (app_id);

CREATE TABLE workers (
  id         text PRIMARY KEY,
  pid        bigint      NOT NULL,
  host       text        NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at    timestamptz NOT NULL DEFAULT now(),
  build_id   bigint REFERENCES builds ON DELETE SET NULL
);

CREATE TABLE events (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at         timestamptz NOT NULL DEFAULT now(),
  app_id     bigint REFERENCES apps ON DELETE CASCADE,
  build_id   bigint REFERENCES builds ON DELETE CASCADE,
  release_id bigint REFERENCES releases ON DELETE CASCADE,
  kind       text        NOT NULL,                      -- EventKind
  actor      text        NOT NULL,
  message    text        NOT NULL
);
CREATE INDEX events_app ON events (app_id, id);
CREATE FUNCTION events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION events_are_append_only();

-- Webhook deliveries: what came, and what was made of it.
CREATE TABLE deliveries (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id      bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  delivery_id text        NOT NULL,
  event       text        NOT NULL,
  status      int         NOT NULL,
  message     text        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX deliveries_app ON deliveries (app_id, id);

-- One build of an app at a time, so that releases come in the order of their commits.
CREATE UNIQUE INDEX builds_one_running ON builds (app_id) WHERE state = 'RUNNING';
