-- Who may call the API. The token itself is nowhere; its SHA-256 is.
CREATE TABLE tokens (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  scope       TEXT NOT NULL CHECK (scope IN ('hub', 'admin', 'read')),
  hash        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at  TEXT
);
