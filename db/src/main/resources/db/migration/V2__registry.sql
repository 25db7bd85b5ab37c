-- The registry: which repository holds which blob, manifest and tag. Blob bytes are files; everything that refers is here.

CREATE TABLE registry_blobs (
  digest     text PRIMARY KEY,
  size       bigint      NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  touched_at timestamptz NOT NULL DEFAULT now()         -- pushed, mounted or answered to HEAD: garbage collection leaves it alone for a while
);

CREATE TABLE registry_repository_blobs (
  repository text NOT NULL,
  digest     text NOT NULL REFERENCES registry_blobs ON DELETE CASCADE,
  PRIMARY KEY (repository, digest)
);

CREATE TABLE registry_manifests (
  repository    text        NOT NULL,
  digest        text        NOT NULL,
  media_type    text        NOT NULL,
  content       bytea       NOT NULL,                   -- byte-exact
  subject       text,
  artifact_type text,
  created_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, digest)
);
CREATE INDEX registry_manifests_subject ON registry_manifests (repository, subject) WHERE subject IS NOT NULL;

-- What a manifest refers to: blobs (config, layers) and, for an index, manifests.
CREATE TABLE registry_references (
  repository text NOT NULL,
  manifest   text NOT NULL,
  digest     text NOT NULL,
  PRIMARY KEY (repository, manifest, digest),
  FOREIGN KEY (repository, manifest) REFERENCES registry_manifests (repository, digest) ON DELETE CASCADE
);
CREATE INDEX registry_references_digest ON registry_references (digest);

CREATE TABLE registry_tags (
  repository text        NOT NULL,
  tag        text        NOT NULL,
  digest     text        NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, tag),
  FOREIGN KEY (repository, digest) REFERENCES registry_manifests (repository, digest) ON DELETE CASCADE
);

CREATE TABLE registry_uploads (
  id         text PRIMARY KEY,
  repository text        NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  touched_at timestamptz NOT NULL DEFAULT now()
);
