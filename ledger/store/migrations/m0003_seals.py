"""Seals over checkpoints, so that none goes, comes or changes unseen; a bad row no longer bars those that follow."""

from sqlalchemy import Connection, select

from ledger.store.migrations.running import run
from ledger.store.schema import CHECKPOINT
from ledger.store.seals import seal

_SQLITE = (
    """CREATE TABLE checkpoint_seal (
        number INTEGER PRIMARY KEY, size INTEGER NOT NULL,
        digest TEXT NOT NULL CHECK (typeof(digest) = 'text'))""",
    """CREATE TRIGGER checkpoint_seal_insert BEFORE INSERT ON checkpoint_seal
        WHEN NEW.number IS NULL OR NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM checkpoint_seal)
        BEGIN SELECT RAISE(ABORT, 'seals are appended at the end only'); END""",
    *(
        f"""CREATE TRIGGER checkpoint_seal_{change.lower()} BEFORE {change} ON checkpoint_seal
        BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END"""
        for change in ("UPDATE", "DELETE")
    ),
    # Who had dropped it left none.
    "DROP TRIGGER IF EXISTS checkpoint_insert",
    """CREATE TRIGGER checkpoint_insert BEFORE INSERT ON checkpoint
        WHEN NEW.size IS NULL OR NEW.size > (SELECT coalesce(max(position), 0) FROM event)
            OR NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoint
                WHERE size <= (SELECT coalesce(max(position), 0) FROM event))
        BEGIN SELECT RAISE(ABORT, 'a checkpoint follows those before it, and covers what is there'); END""",
)

POSTGRESQL = (
    """CREATE TABLE checkpoint_seal (
        number BIGINT PRIMARY KEY, size BIGINT NOT NULL, digest TEXT COLLATE "C" NOT NULL)""",
    """CREATE FUNCTION timebank_next_seal() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN
            IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM {schema}.checkpoint_seal) THEN
                RAISE EXCEPTION 'seals are appended at the end only';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER checkpoint_seal_insert BEFORE INSERT ON checkpoint_seal
        FOR EACH ROW EXECUTE FUNCTION timebank_next_seal()""",
    """CREATE TRIGGER checkpoint_seal_change BEFORE UPDATE OR DELETE ON checkpoint_seal
        FOR EACH ROW EXECUTE FUNCTION timebank_append_only()""",
    """CREATE TRIGGER checkpoint_seal_truncate BEFORE TRUNCATE ON checkpoint_seal
        FOR EACH STATEMENT EXECUTE FUNCTION timebank_append_only()""",
    """CREATE OR REPLACE FUNCTION timebank_later_checkpoint() RETURNS trigger LANGUAGE plpgsql AS
        $$ DECLARE
            head BIGINT := (SELECT coalesce(max(position), 0) FROM {schema}.event);
        BEGIN
            IF NEW.size > head OR NEW.size <=
                (SELECT coalesce(max(size), 0) FROM {schema}.checkpoint WHERE size <= head) THEN
                RAISE EXCEPTION 'a checkpoint follows those before it, and covers what is there';
            END IF;
            RETURN NEW;
        END $$""",
)


def apply(connection: Connection) -> None:
    """Make the table and the triggers that guard it, seal what was signed so far, and replace the old trigger."""
    run(connection, sqlite=_SQLITE, postgresql=POSTGRESQL)
    signed = connection.execute(select(CHECKPOINT).order_by(CHECKPOINT.c.size)).all()
    seal(connection, [(row.size, row.note) for row in signed])
