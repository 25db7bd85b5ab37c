-- After so many minutes without a request an app's web has no instance until the next request; 0: it always has.
ALTER TABLE apps ADD COLUMN idle_minutes int NOT NULL DEFAULT 0 CHECK (idle_minutes BETWEEN 0 AND 10080);
