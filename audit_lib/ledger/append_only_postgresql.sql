-- The ledger only grows: PostgreSQL itself refuses to change or delete a line.
CREATE OR REPLACE FUNCTION event_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION '台账只增不改:不得修改或删除已记录的事项';
END;
$$ LANGUAGE plpgsql;
--
CREATE OR REPLACE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION event_is_append_only()
