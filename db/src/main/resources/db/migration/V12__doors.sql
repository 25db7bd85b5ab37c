-- Who may come in to an app at the front door, and how. It is the app's, not a release's: rolling back leaves it alone.
CREATE TABLE doors (
  app_id     bigint PRIMARY KEY REFERENCES apps ON DELETE CASCADE,
  settings   jsonb       NOT NULL,                           -- DoorSettings
  changed_by text        NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- Whom it asks for a password (HTTP Basic).
CREATE TABLE door_users (
  app_id        bigint           NOT NULL REFERENCES apps ON DELETE CASCADE,
  name          text COLLATE "C" NOT NULL,
  password_hash text             NOT NULL,                   -- PasswordHash
  created_by    text             NOT NULL,
  created_at    timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (app_id, name)
);

CREATE TRIGGER doors_front AFTER INSERT OR UPDATE OR DELETE ON doors FOR EACH STATEMENT EXECUTE FUNCTION front_changed();
CREATE TRIGGER door_users_front AFTER INSERT OR UPDATE OR DELETE ON door_users FOR EACH STATEMENT EXECUTE FUNCTION front_changed();

-- Where an app's log is sent besides being kept. How far each has come is known to the runtime tier.
CREATE TABLE drains (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id     bigint      NOT NULL REFERENCES apps ON DELETE CASCADE,
  url        text        NOT NULL,                           -- syslog+tcp, syslog+tls, syslog+udp, http or https, without credentials
  secret     bytea,                                          -- encrypted: what it wants in Authorization; null: nothing
  settings   jsonb       NOT NULL,                           -- DrainSettings
  tested_at  timestamptz,                                    -- when somebody last asked for a test line
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX drains_app ON drains (app_id);
