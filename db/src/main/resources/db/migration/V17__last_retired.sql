-- By app, since each look asks for the last one of each: a busy hour has thousands.
CREATE INDEX releases_last_retired ON releases (app_id, ended_at DESC, id DESC) WHERE state = 'RETIRED';
DROP INDEX releases_retired;
