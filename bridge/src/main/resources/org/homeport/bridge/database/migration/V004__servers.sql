-- What is remembered of a server beyond its container's life. The container itself is the truth
-- about what runs: its labels alone are enough to find it again.
CREATE TABLE servers (
  id TEXT PRIMARY KEY,
  user_name TEXT NOT NULL,
  server_name TEXT NOT NULL,
  image TEXT NOT NULL,
  container TEXT NOT NULL,
  state TEXT NOT NULL,
  exit_code INTEGER,
  failure_code TEXT,
  failure_message TEXT,
  failure_remedy TEXT,
  reference TEXT NOT NULL,
  since TEXT NOT NULL,
  UNIQUE (user_name, server_name)
);
