-- How many attempts of a build the platform failed. One that a worker gave back because it was told to end isn't among them.
ALTER TABLE builds ADD COLUMN failures int NOT NULL DEFAULT 0;
