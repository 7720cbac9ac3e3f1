-- Whose Google Drive Homeport may write to. The grant is sealed with a key outside the database.
CREATE TABLE drive_accounts (
  user_name    TEXT PRIMARY KEY,
  email        TEXT NOT NULL,
  google_id    TEXT NOT NULL,
  grant_sealed TEXT NOT NULL,
  connected_at TEXT NOT NULL,
  ended_at     TEXT
);

-- The folder in which everything lies, once it is known.
CREATE TABLE drive_tops (
  user_name TEXT PRIMARY KEY,
  folder_id TEXT NOT NULL
);

-- Consents that were asked for and not yet answered. The state itself is nowhere; its SHA-256 is.
CREATE TABLE drive_consents (
  state_hash      TEXT PRIMARY KEY,
  user_name       TEXT NOT NULL,
  session_hash    TEXT NOT NULL,
  verifier_sealed TEXT NOT NULL,
  expires_at      TEXT NOT NULL
);

-- Uploads of big files that can go on where they stopped. The session is a credential by itself.
CREATE TABLE drive_uploads (
  user_name      TEXT NOT NULL,
  object_id      TEXT NOT NULL,
  md5            TEXT NOT NULL,
  size           BIGINT NOT NULL,
  session_sealed TEXT NOT NULL,
  PRIMARY KEY (user_name, object_id)
);
