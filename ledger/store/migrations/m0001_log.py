"""The log: events that nobody changes, and their tags."""

from sqlalchemy import Connection

from ledger.store.migrations.running import run

_SQLITE = (
    """CREATE TABLE event (
        position INTEGER PRIMARY KEY, type TEXT NOT NULL, tags TEXT NOT NULL,
        data TEXT NOT NULL CHECK (typeof(data) = 'text'))""",
    """CREATE TABLE event_tag (
        tag TEXT NOT NULL, position INTEGER NOT NULL, type TEXT NOT NULL,
        PRIMARY KEY (tag, position)) WITHOUT ROWID""",
    """CREATE TRIGGER event_insert BEFORE INSERT ON event
        WHEN NEW.position IS NULL OR NEW.position <> (SELECT coalesce(max(position), 0) + 1 FROM event)
        BEGIN SELECT RAISE(ABORT, 'events are appended at head + 1 only'); END""",
    # Tags go in before their events. It also stops INSERT OR REPLACE, which fires no trigger for what it deletes.
    """CREATE TRIGGER event_tag_insert BEFORE INSERT ON event_tag
        WHEN NEW.position <= (SELECT coalesce(max(position), 0) FROM event)
        BEGIN SELECT RAISE(ABORT, 'a recorded event gets no further tags'); END""",
    *(
        f"""CREATE TRIGGER {table}_{change.lower()} BEFORE {change} ON {table}
        BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"""
        for table in ("event", "event_tag")
        for change in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL = (
    """CREATE TABLE event (
        position BIGINT PRIMARY KEY, type TEXT COLLATE "C" NOT NULL,
        tags TEXT COLLATE "C" NOT NULL, data TEXT COLLATE "C" NOT NULL)""",
    """CREATE TABLE event_tag (
        tag TEXT COLLATE "C" NOT NULL, position BIGINT NOT NULL, type TEXT COLLATE "C" NOT NULL,
        PRIMARY KEY (tag, position))""",
    """CREATE FUNCTION timebank_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    """CREATE FUNCTION timebank_next_position() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF NEW.position IS DISTINCT FROM (SELECT coalesce(max(position), 0) + 1 FROM {schema}.event) THEN
                RAISE EXCEPTION 'events are appended at head + 1 only';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE FUNCTION timebank_no_further_tags() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF EXISTS (SELECT FROM added
                WHERE position <= (SELECT coalesce(max(position), 0) FROM {schema}.event)) THEN
                RAISE EXCEPTION 'a recorded event gets no further tags';
            END IF;
            RETURN NULL;
        END $$""",
    """CREATE TRIGGER event_insert BEFORE INSERT ON event
        FOR EACH ROW EXECUTE FUNCTION timebank_next_position()""",
    """CREATE TRIGGER event_tag_insert AFTER INSERT ON event_tag REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION timebank_no_further_tags()""",
    *(
        f"""CREATE TRIGGER {table}_change BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION timebank_append_only()"""
        for table in ("event", "event_tag")
    ),
    *(
        f"""CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION timebank_append_only()"""
        for table in ("event", "event_tag")
    ),
)


def apply(connection: Connection) -> None:
    """Make the two tables and the triggers that guard them."""
    run(connection, sqlite=_SQLITE, postgresql=POSTGRESQL)
