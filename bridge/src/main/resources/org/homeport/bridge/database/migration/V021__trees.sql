-- What is saved is a tree; a home is one kind: 'ada' becomes 'home:ada'.
ALTER TABLE backup_entries RENAME COLUMN user_name TO tree;
ALTER TABLE backup_history RENAME COLUMN user_name TO tree;
ALTER TABLE backup_roots RENAME COLUMN user_name TO tree;
ALTER TABLE backup_marks RENAME COLUMN user_name TO tree;
ALTER TABLE backup_runs RENAME COLUMN user_name TO tree;
ALTER TABLE backup_leases RENAME COLUMN user_name TO tree;
UPDATE backup_entries SET tree = 'home:' || tree;
UPDATE backup_history SET tree = 'home:' || tree;
UPDATE backup_roots SET tree = 'home:' || tree;
UPDATE backup_marks SET tree = 'home:' || tree;
UPDATE backup_runs SET tree = 'home:' || tree;
UPDATE backup_leases SET tree = 'home:' || tree;
UPDATE scheduled_tasks SET task_instance = 'home:' || task_instance
 WHERE task_name IN ('backup-nightly', 'backup-after-stop');

-- A folder can be full as well, not only a Google Drive.
UPDATE backup_runs SET status = 'remote-full' WHERE status = 'drive-full';
