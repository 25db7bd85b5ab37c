-- Storage that outlives releases and instances: each row is a volume in the container engine. It is the app's own, as instances and domains
-- are, and no release changes it. One that was detached is kept until somebody deletes it by its name.
CREATE TABLE volumes (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id      bigint           NOT NULL REFERENCES apps,    -- that has it, or had it last
  app_name    text COLLATE "C" NOT NULL,                    -- of that app: a deleted one gives its name away
  name        text COLLATE "C" NOT NULL,                    -- VolumeName
  storage     text COLLATE "C" NOT NULL UNIQUE,             -- its name in the engine, without the installation's
  path        text COLLATE "C" NOT NULL,                    -- MountPath
  writer      text,                                         -- the process type that mounts it to write; null: none does
  readers     jsonb            NOT NULL DEFAULT '[]',       -- process types that mount it only to read
  created_by  text             NOT NULL,
  created_at  timestamptz      NOT NULL DEFAULT now(),
  detached_at timestamptz,                                  -- null: its app mounts it
  made_at     timestamptz,                                  -- in the engine; one that is gone from there isn't made again
  deleted_by  text,                                         -- who wants its data removed; the row goes with them
  size_bytes  bigint,                                       -- of its files; null: not looked at yet
  size_whole  boolean          NOT NULL DEFAULT true,       -- false: there are more, too many to be counted
  sized_at    timestamptz,
  CHECK (deleted_by IS NULL OR detached_at IS NOT NULL),
  CHECK (writer IS NOT NULL OR readers <> '[]')
);
CREATE UNIQUE INDEX volumes_name ON volumes (app_id, name) WHERE deleted_by IS NULL;
