-- An app's instances, newest first, those of a release, and all that run, without reading those that ended long ago.
CREATE INDEX instances_release ON instances (release_id);
CREATE INDEX instances_newest ON instances (app_id, (stopped_at IS NULL) DESC, created_at DESC);
CREATE INDEX instances_running ON instances (app_id) WHERE state NOT IN ('STOPPED', 'FAILED');
DROP INDEX instances_app;
