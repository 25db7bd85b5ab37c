-- Which database this is. A home remembers it, so that its programs never take another one for it.
CREATE TABLE database_identity (id uuid NOT NULL);
INSERT INTO database_identity VALUES (gen_random_uuid());
