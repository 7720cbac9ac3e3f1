-- How often in a row the bridge died in the middle of a server's start: a start that brings the
-- bridge down is not tried without end.
ALTER TABLE servers ADD COLUMN interruptions INTEGER NOT NULL DEFAULT 0;
