-- What the front door knows beside instances: names of apps' own, and certificates.

-- One owner for each host and path. A domain either leads to its app or sends visitors on to another host.
CREATE TABLE domains (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id          bigint           NOT NULL REFERENCES apps ON DELETE CASCADE,
  host            text COLLATE "C" NOT NULL,                -- HostName: lower case, Punycode; "*.example.com" is any one label before it
  path            text COLLATE "C" NOT NULL DEFAULT '/',    -- PathPrefix
  strip_path      boolean          NOT NULL DEFAULT false,
  redirect_to     text COLLATE "C",                         -- another host; path and query stay
  redirect_status int CHECK (redirect_status IN (301, 302, 307, 308)),
  force_https     boolean          NOT NULL DEFAULT false,
  hsts_seconds    int              NOT NULL DEFAULT 0 CHECK (hsts_seconds >= 0),
  automatic       boolean          NOT NULL DEFAULT false,  -- its certificate is had by ACME
  created_by      text             NOT NULL,
  created_at      timestamptz      NOT NULL DEFAULT now(),
  UNIQUE (host, path),
  CHECK ((redirect_to IS NULL) = (redirect_status IS NULL))
);
CREATE INDEX domains_app ON domains (app_id);

CREATE TABLE certificates (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  app_id      bigint      REFERENCES apps ON DELETE CASCADE,  -- null: of the platform itself
  names       jsonb       NOT NULL,                          -- DNS names it is good for
  chain       text        NOT NULL,                          -- PEM, its own certificate first
  private_key bytea       NOT NULL,                          -- encrypted PKCS #8, Base64
  issuer      text        NOT NULL,
  fingerprint text        NOT NULL,                          -- SHA-256 of the certificate, in hex
  not_before  timestamptz NOT NULL,
  not_after   timestamptz NOT NULL,
  automatic   boolean     NOT NULL,
  created_by  text        NOT NULL,
  created_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX certificates_app ON certificates (app_id);

-- Our accounts at certificate authorities.
CREATE TABLE acme_accounts (
  directory   text PRIMARY KEY,                              -- URL of the authority's directory
  account_key bytea       NOT NULL,                          -- encrypted PKCS #8, Base64
  created_at  timestamptz NOT NULL DEFAULT now()
);

-- Hosts whose certificates are had by ACME, and how that goes.
CREATE TABLE certificate_orders (
  host           text COLLATE "C" PRIMARY KEY,
  app_id         bigint REFERENCES apps ON DELETE CASCADE,    -- null: of the platform itself
  state          text        NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'ORDERING', 'ISSUED', 'FAILED')),
  message        text,                                       -- why it failed, in the authority's words
  failures       int         NOT NULL DEFAULT 0,             -- in a row
  due_at         timestamptz NOT NULL DEFAULT now(),         -- when it is (next) ordered
  lease_until    timestamptz,                                -- of who orders it now
  certificate_id bigint REFERENCES certificates ON DELETE SET NULL,
  changed_at     timestamptz NOT NULL DEFAULT now()
);

-- HTTP-01 (RFC 8555, 8.3): what the front door answers to the authority.
CREATE TABLE acme_challenges (
  token      text PRIMARY KEY,
  answer     text        NOT NULL,
  expires_at timestamptz NOT NULL
);

-- Counts the changes of what the front door knows, so that it needn't read all of it to see that nothing is new. A row and not a
-- sequence, because the number must become visible together with the change.
CREATE TABLE front_revision (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  number   bigint  NOT NULL
);
INSERT INTO front_revision (number) VALUES (1);
CREATE FUNCTION front_changed() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN UPDATE front_revision SET number = number + 1; RETURN NULL; END $$;
CREATE TRIGGER domains_front AFTER INSERT OR UPDATE OR DELETE ON domains FOR EACH STATEMENT EXECUTE FUNCTION front_changed();
CREATE TRIGGER certificates_front AFTER INSERT OR UPDATE OR DELETE ON certificates FOR EACH STATEMENT EXECUTE FUNCTION front_changed();
CREATE TRIGGER acme_challenges_front AFTER INSERT OR UPDATE OR DELETE ON acme_challenges FOR EACH STATEMENT EXECUTE FUNCTION front_changed();
