-- The night whose backups are under way: one row, or none.
CREATE TABLE backup_nights (
  begun_at TEXT PRIMARY KEY
);
