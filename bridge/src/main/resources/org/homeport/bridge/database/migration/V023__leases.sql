-- Who works on a tree at the moment: at most one who saves it, and one who brings files back.
-- Whoever stood in the old table has stopped.
DROP TABLE backup_leases;
CREATE TABLE backup_leases (
  tree   TEXT NOT NULL,
  work   TEXT NOT NULL CHECK (work IN ('save', 'restore')),
  holder TEXT NOT NULL,
  run    BIGINT NOT NULL,
  until  BIGINT NOT NULL,              -- milliseconds since 1970
  PRIMARY KEY (tree, work)
);

-- Runs that have not ended are looked for now and then.
CREATE INDEX backup_runs_open ON backup_runs (tree, number) WHERE ended_at IS NULL;
