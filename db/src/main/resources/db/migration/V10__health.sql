-- UNHEALTHY: runs, was healthy, and fails its health check.
ALTER TABLE instances DROP CONSTRAINT instances_state_check;
ALTER TABLE instances ADD CONSTRAINT instances_state_check
  CHECK (state IN ('STARTING', 'HEALTHY', 'SERVING', 'UNHEALTHY', 'DRAINING', 'STANDBY', 'STOPPED', 'FAILED'));
