-- The uid of each virtual account, for ever: files may carry it when the user has left.
CREATE TABLE uids (
  user_name TEXT PRIMARY KEY,
  uid       INTEGER NOT NULL UNIQUE
);

-- Which folder of a user's home belongs to which environment.
CREATE TABLE environment_folders (
  user_name TEXT NOT NULL,
  image     TEXT NOT NULL,
  folder    TEXT NOT NULL,
  PRIMARY KEY (user_name, image),
  UNIQUE (user_name, folder)
);
