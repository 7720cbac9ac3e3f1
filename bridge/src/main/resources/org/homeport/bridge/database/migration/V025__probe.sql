-- Written now and then, to see whether the database can be written at all.
CREATE TABLE probe (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL
);
INSERT INTO probe (id, at) VALUES (1, '');
