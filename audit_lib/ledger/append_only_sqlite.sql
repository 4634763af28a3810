-- The ledger only grows: SQLite itself refuses to change or delete a line.
CREATE TRIGGER IF NOT EXISTS event_no_update BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, '台账只增不改:不得修改已记录的事项');
END;
--
CREATE TRIGGER IF NOT EXISTS event_no_delete BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, '台账只增不改:不得删除已记录的事项');
END
