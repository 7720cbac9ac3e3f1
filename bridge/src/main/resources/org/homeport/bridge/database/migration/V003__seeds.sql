-- What a seed holds. Many folders share one manifest, so each is kept once.
CREATE TABLE seed_manifests (
  digest TEXT PRIMARY KEY,
  json   TEXT NOT NULL
);

-- What counts as seeded into a folder, and the seed that was applied completely the last time.
CREATE TABLE seeded_folders (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,
  seed      TEXT NOT NULL,
  manifest  TEXT NOT NULL REFERENCES seed_manifests (digest),
  PRIMARY KEY (user_name, folder)
);

-- Runs that began to write into a folder and did not end, the oldest with the lowest number.
CREATE TABLE seed_runs (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,
  number    INTEGER NOT NULL,
  manifest  TEXT NOT NULL REFERENCES seed_manifests (digest),
  PRIMARY KEY (user_name, folder, number)
);
