-- What Homeport 0.1.0 left in its database after two backups of one home, as SQL that both databases read.
CREATE TABLE migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum BIGINT NOT NULL, applied_at TEXT NOT NULL);
INSERT INTO migrations VALUES(1,'tokens',3074297,'2026-11-30T09:32:27.673585019Z');
INSERT INTO migrations VALUES(2,'homes',1107412260,'2026-11-30T09:32:28.051461734Z');
INSERT INTO migrations VALUES(3,'seeds',2778152329,'2026-11-30T09:32:28.263320158Z');
INSERT INTO migrations VALUES(4,'servers',51558331,'2026-11-30T09:32:28.371096306Z');
INSERT INTO migrations VALUES(10,'backup',1211949172,'2026-11-30T09:32:28.555428844Z');
INSERT INTO migrations VALUES(11,'schedule',2431472410,'2026-11-30T09:32:28.651859707Z');
INSERT INTO migrations VALUES(12,'nights',3419398781,'2026-11-30T09:32:28.671971878Z');
INSERT INTO migrations VALUES(20,'drive',336868385,'2026-11-30T09:32:28.759674685Z');
CREATE TABLE tokens (
  id          TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  scope       TEXT NOT NULL CHECK (scope IN ('hub', 'admin', 'read')),
  hash        TEXT NOT NULL UNIQUE,
  created_at  TEXT NOT NULL,
  last_used_at TEXT,
  revoked_at  TEXT
);
CREATE TABLE uids (
  user_name TEXT PRIMARY KEY,
  uid       INTEGER NOT NULL UNIQUE
);
CREATE TABLE environment_folders (
  user_name TEXT NOT NULL,
  image     TEXT NOT NULL,
  folder    TEXT NOT NULL,
  PRIMARY KEY (user_name, image),
  UNIQUE (user_name, folder)
);
CREATE TABLE seed_manifests (
  digest TEXT PRIMARY KEY,
  json   TEXT NOT NULL
);
CREATE TABLE seeded_folders (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,
  seed      TEXT NOT NULL,
  manifest  TEXT NOT NULL REFERENCES seed_manifests (digest),
  PRIMARY KEY (user_name, folder)
);
CREATE TABLE seed_runs (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,
  number    INTEGER NOT NULL,
  manifest  TEXT NOT NULL REFERENCES seed_manifests (digest),
  PRIMARY KEY (user_name, folder, number)
);
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
CREATE TABLE backup_entries (
  user_name TEXT NOT NULL,
  folder    TEXT NOT NULL,             
  name      TEXT NOT NULL,
  kind      TEXT NOT NULL CHECK (kind IN ('file', 'folder', 'link')),
  state     TEXT NOT NULL CHECK (state IN ('pending', 'done')),
  remote_id TEXT,                      
  size      BIGINT NOT NULL,           
  mtime     BIGINT NOT NULL,
  ctime     BIGINT NOT NULL,
  inode     BIGINT NOT NULL,
  mode      INTEGER NOT NULL,
  md5       TEXT,                      
  version   TEXT,
  target    TEXT,
  first_run BIGINT NOT NULL,           
  PRIMARY KEY (user_name, folder, name)
);
INSERT INTO backup_entries VALUES('ada','','course','folder','done','a830a0c5935d4bfeb8bdd537a4a04541',4096,1796031151060105309,1796031151060105309,9986470,493,NULL,NULL,NULL,1796031151221);
INSERT INTO backup_entries VALUES('ada','course','data','folder','done','be04fae76e1b48d38e1471755f363478',4096,1796031157972105263,1796031157972105263,9986741,493,NULL,NULL,NULL,1796031157977);
INSERT INTO backup_entries VALUES('ada','','notes.txt','file','done','5463409ec08145149e5d6bc7ecdb849d',7,1796031157968105263,0,9986135,420,'59d0d19fc45ca69230d858f60a5557f8','13',NULL,1796031157977);
INSERT INTO backup_entries VALUES('ada','course','week-1.ipynb','file','done','52e00d6b8d8f4dad83769ebec54f4368',3,1796031151052105309,1796031151060105309,9986657,420,'8a80554c91d9fca8acb82f023de02f11','5',NULL,1796031151221);
INSERT INTO backup_entries VALUES('ada','','100%25.txt','file','done','a372f1177d2a4d548ba9c3a31543c568',8,1796031151060105309,1796031151060105309,9986769,420,'9c73306aa3606bafc7846656f2c3f39e','7',NULL,1796031151221);
INSERT INTO backup_entries VALUES('ada','course','latest','link','done',NULL,12,1796031151060105309,1796031151060105309,9986785,511,NULL,NULL,'week-1.ipynb',1796031151221);
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
INSERT INTO backup_history VALUES('ada','course/data','a.csv','file','f0cf7fc5058d48208a0a13169ef52c38',4,1796031151060105309,420,'3ecfad755fa825f7a17c5526ec44e651','8',NULL,1796031151221,1796031157977);
INSERT INTO backup_history VALUES('ada','','notes.txt','file','5463409ec08145149e5d6bc7ecdb849d',6,1796031151052105309,420,'eb260e9ae827821beceeed4104f0ad89','6',NULL,1796031151221,1796031157977);
INSERT INTO backup_history VALUES('ada','course','data','folder','be04fae76e1b48d38e1471755f363478',4096,1796031151060105309,493,NULL,NULL,NULL,1796031151221,1796031157977);
CREATE TABLE backup_roots (
  user_name TEXT NOT NULL,
  path      TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  state     TEXT NOT NULL CHECK (state IN ('pending', 'done')),
  PRIMARY KEY (user_name, path)
);
INSERT INTO backup_roots VALUES('ada','home','00fc031669b84c01a4c7c21bab098c97','done');
INSERT INTO backup_roots VALUES('ada','home/ada','58291d2f78fe4e629f45fab94adce299','done');
INSERT INTO backup_roots VALUES('ada','homeport-runs','2eaeead081b44ce39b9f4a97c96238e2','done');
INSERT INTO backup_roots VALUES('ada','homeport-runs/ada','a694684049e54d81a7e7ca2feaafce42','done');
CREATE TABLE backup_marks (
  user_name TEXT PRIMARY KEY,
  token     TEXT NOT NULL
);
INSERT INTO backup_marks VALUES('ada','00fc031669b84c01a4c7c21bab098c97:11:2972');
CREATE TABLE backup_runs (
  user_name   TEXT NOT NULL,
  number      BIGINT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('backup', 'restore', 'verification')),
  started_by  TEXT NOT NULL,
  started_at  TEXT NOT NULL,
  ended_at    TEXT,
  status      TEXT NOT NULL,
  manifest_id TEXT,                    
  manifested  INTEGER NOT NULL,        
  report      TEXT NOT NULL,
  PRIMARY KEY (user_name, number)
);
INSERT INTO backup_runs VALUES('ada',1796031151221,'backup','test','2026-11-30T09:32:31.221806751Z','2026-11-30T09:32:37.704594759Z','done','5a43130b998b4173965320ec2471f744',1,'{"filesKnown":4,"bytesKnown":21,"filesDone":4,"bytesDone":21,"filesSent":4,"bytesSent":21,"removed":0,"withheld":0,"current":"","secondsLeft":null,"skippedCount":0,"skipped":[],"notes":[],"message":""}');
INSERT INTO backup_runs VALUES('ada',1796031157977,'backup','test','2026-11-30T09:32:37.977191605Z','2026-11-30T09:32:39.048572278Z','done','ef003dcdebad44f8b083250c16bfcceb',1,'{"filesKnown":3,"bytesKnown":18,"filesDone":3,"bytesDone":18,"filesSent":1,"bytesSent":7,"removed":1,"withheld":0,"current":"","secondsLeft":null,"skippedCount":0,"skipped":[],"notes":[],"message":""}');
CREATE TABLE backup_leases (
  user_name TEXT PRIMARY KEY,
  holder    TEXT NOT NULL,
  run       BIGINT NOT NULL,
  until     BIGINT NOT NULL            
);
CREATE TABLE scheduled_tasks (
  task_name            TEXT NOT NULL,
  task_instance        TEXT NOT NULL,
  task_data            BYTEA,
  execution_time       TIMESTAMP WITH TIME ZONE NOT NULL,
  picked               BOOLEAN NOT NULL,
  picked_by            TEXT,
  last_success         TIMESTAMP WITH TIME ZONE,
  last_failure         TIMESTAMP WITH TIME ZONE,
  consecutive_failures INTEGER,
  last_heartbeat       TIMESTAMP WITH TIME ZONE,
  version              BIGINT NOT NULL,
  priority             SMALLINT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE TABLE backup_nights (
  begun_at TEXT PRIMARY KEY
);
CREATE TABLE drive_accounts (
  user_name    TEXT PRIMARY KEY,
  email        TEXT NOT NULL,
  google_id    TEXT NOT NULL,
  grant_sealed TEXT NOT NULL,
  connected_at TEXT NOT NULL,
  ended_at     TEXT
);
CREATE TABLE drive_tops (
  user_name TEXT PRIMARY KEY,
  folder_id TEXT NOT NULL
);
CREATE TABLE drive_consents (
  state_hash      TEXT PRIMARY KEY,
  user_name       TEXT NOT NULL,
  session_hash    TEXT NOT NULL,
  verifier_sealed TEXT NOT NULL,
  expires_at      TEXT NOT NULL
);
CREATE TABLE drive_uploads (
  user_name      TEXT NOT NULL,
  object_id      TEXT NOT NULL,
  md5            TEXT NOT NULL,
  size           BIGINT NOT NULL,
  session_sealed TEXT NOT NULL,
  PRIMARY KEY (user_name, object_id)
);
CREATE INDEX scheduled_tasks_due ON scheduled_tasks (execution_time);
INSERT INTO backup_runs VALUES('bob',1796031151300,'backup','nightly','2026-11-30T09:32:31.300Z','2026-11-30T09:32:32.300Z','drive-full',NULL,0,'{"filesKnown":1,"bytesKnown":1,"filesDone":0,"bytesDone":0,"filesSent":0,"bytesSent":0,"removed":0,"withheld":0,"current":"","secondsLeft":null,"skippedCount":0,"skipped":[],"notes":[],"message":"The disk of the backups is full."}');
INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version) VALUES ('backup-nightly', 'ada', '2026-12-01 02:10:00+00', FALSE, 1);
