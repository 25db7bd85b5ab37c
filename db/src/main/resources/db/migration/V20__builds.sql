-- How many attempts of a build the platform failed. One that a worker gave back because it was told to end isn't among them.
ALTER TABLE builds ADD COLUMN failures int NOT NULL DEFAULT 0;

-- False: its log and steps were deleted.
ALTER TABLE builds ADD COLUMN log_kept boolean NOT NULL DEFAULT true;
CREATE INDEX builds_log_kept ON builds (app_id, number) WHERE log_kept;
-- Whoever watches a push asks for its release each time the bell rings.
CREATE INDEX releases_of_build ON releases (image_id) WHERE cause = 'BUILD';
