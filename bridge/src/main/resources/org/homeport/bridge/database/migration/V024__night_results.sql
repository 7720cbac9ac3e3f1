-- The last night stays known when it has ended, with what there is to tell of it.
ALTER TABLE backup_nights ADD COLUMN ended_at TEXT;
ALTER TABLE backup_nights ADD COLUMN success INTEGER;
ALTER TABLE backup_nights ADD COLUMN message TEXT;

-- The homes that the night was to save.
CREATE TABLE backup_night_homes (
  tree TEXT PRIMARY KEY
);

-- Homes whose users are gone from the host, and are left out of the nights since.
CREATE TABLE backup_gone (
  tree  TEXT PRIMARY KEY,
  since TEXT NOT NULL
);
