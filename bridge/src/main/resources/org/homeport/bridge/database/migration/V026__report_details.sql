-- What a report lists, apart from its figures, so that lists of runs need not read it.
ALTER TABLE backup_runs ADD COLUMN details TEXT;
