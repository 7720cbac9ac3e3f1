-- What of each home is at the far end. Paths are RawText: bytes that are not UTF-8 as %XX.
CREATE TABLE backup_entries (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,             -- below the home; '' is the home itself
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('file', 'folder', 'link')),
  state     TEXT NOT NULL CHECK (state IN ('pending', 'done')),
  remote_id TEXT,                      -- none for a link, which only the manifest holds
  size      BIGINT NOT NULL,           -- with the next three: as it was when it was last saved
  mtime     BIGINT NOT NULL,
  ctime     BIGINT NOT NULL,
  inode     BIGINT NOT NULL,
  mode      INTEGER NOT NULL,
  md5       TEXT,                      -- what the far end has confirmed, with its version
  version   TEXT,
  target    TEXT,
  first_run BIGINT NOT NULL,           -- the run that found it as it is
  PRIMARY KEY (user_name, folder, name)
);

-- What an entry was before: from first_run on, no longer in end_run.
CREATE TABLE backup_history (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL,
  remote_id TEXT,
  size      BIGINT NOT NULL,
  mtime     BIGINT NOT NULL,
  mode      INTEGER NOT NULL,
  md5       TEXT,
  version   TEXT,
  target    TEXT,
  first_run BIGINT NOT NULL,
  end_run   BIGINT NOT NULL,
  PRIMARY KEY (user_name, folder, name, end_run)
);

-- The folders above a home at the far end, and the one of its manifests.
CREATE TABLE backup_roots (
  user_name TEXT NOT NULL,
  path      TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('pending', 'done')),
  PRIMARY KEY (user_name, path)
);

-- From where the next run asks what changed at the far end. No row: nothing is known of the user.
CREATE TABLE backup_marks (
  user_name TEXT PRIMARY KEY,
  token     TEXT NOT NULL
);

-- Backups, restores and verifications; the numbers of a user have no gaps and no doubles.
CREATE TABLE backup_runs (
  user_name   TEXT NOT NULL,
  number      BIGINT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('backup', 'restore', 'verification')),
  started_by  TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  ended_at    TEXT,
  status      TEXT NOT NULL,
  manifest_id TEXT,                    -- reserved before the manifest is sent
  manifested  INTEGER NOT NULL,        -- 1 when the manifest has arrived
  report      TEXT NOT NULL,
  PRIMARY KEY (user_name, number)
);

-- Who writes to the storage of a user at the moment.
CREATE TABLE backup_leases (
  user_name TEXT PRIMARY KEY,
  holder    TEXT NOT NULL,
  run       BIGINT NOT NULL,
  until     BIGINT NOT NULL            -- milliseconds since 1970
);
