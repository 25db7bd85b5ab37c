-- Pushed, or answered to HEAD, as a blob's is: garbage collection leaves it alone for a while.
ALTER TABLE registry_manifests ADD COLUMN touched_at timestamptz NOT NULL DEFAULT now();
-- Garbage collection asks for blobs that nobody has touched for long.
CREATE INDEX registry_blobs_touched ON registry_blobs (touched_at);
