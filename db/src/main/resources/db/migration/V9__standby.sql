-- STANDBY: of the release that was live before, frozen, so that going back to it takes an instant.
ALTER TABLE instances DROP CONSTRAINT instances_state_check;
ALTER TABLE instances ADD CONSTRAINT instances_state_check
  CHECK (state IN ('STARTING', 'HEALTHY', 'SERVING', 'DRAINING', 'STANDBY', 'STOPPED', 'FAILED'));
CREATE INDEX releases_retired ON releases (ended_at) WHERE state = 'RETIRED';
