-- The registry: which repository holds which blob, manifest and tag. Blob bytes and unfinished uploads are files; everything that refers is here.
-- Names sort by their bytes (COLLATE "C"), as the distribution spec asks of lists.

CREATE TABLE registry_blobs (
  digest     text COLLATE "C" PRIMARY KEY,
  size       bigint      NOT NULL,
  damaged    boolean     NOT NULL DEFAULT false,        -- its file was found missing or cut short: not offered any more, so that the next push mends it
  created_at timestamptz NOT NULL DEFAULT now(),
  touched_at timestamptz NOT NULL DEFAULT now()         -- pushed, mounted or answered to HEAD: garbage collection leaves it alone for a while
);

CREATE TABLE registry_repository_blobs (
  repository text COLLATE "C" NOT NULL,
  digest     text COLLATE "C" NOT NULL REFERENCES registry_blobs ON DELETE CASCADE,
  PRIMARY KEY (repository, digest)
);
CREATE INDEX registry_repository_blobs_digest ON registry_repository_blobs (digest);

CREATE TABLE registry_manifests (
  repository    text COLLATE "C" NOT NULL,
  digest        text COLLATE "C" NOT NULL,
  media_type    text             NOT NULL,
  content       bytea            NOT NULL,              -- byte-exact
  subject       text COLLATE "C",
  artifact_type text COLLATE "C",
  created_at    timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, digest)
);
CREATE INDEX registry_manifests_subject ON registry_manifests (repository, subject, digest) WHERE subject IS NOT NULL;

-- What a manifest refers to: blobs (config, layers) and, for an index, manifests.
CREATE TABLE registry_references (
  repository text COLLATE "C" NOT NULL,
  manifest   text COLLATE "C" NOT NULL,
  digest     text COLLATE "C" NOT NULL,
  PRIMARY KEY (repository, manifest, digest),
  FOREIGN KEY (repository, manifest) REFERENCES registry_manifests (repository, digest) ON DELETE CASCADE
);
CREATE INDEX registry_references_digest ON registry_references (repository, digest);

CREATE TABLE registry_tags (
  repository text COLLATE "C" NOT NULL,
  tag        text COLLATE "C" NOT NULL,
  digest     text COLLATE "C" NOT NULL,
  updated_at timestamptz      NOT NULL DEFAULT now(),
  PRIMARY KEY (repository, tag),
  FOREIGN KEY (repository, digest) REFERENCES registry_manifests (repository, digest) ON DELETE CASCADE
);
CREATE INDEX registry_tags_digest ON registry_tags (repository, digest);
