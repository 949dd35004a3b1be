"""The directory alone: who is put there is found, and who is erased is nowhere."""

import contextlib
import errno
import os
import threading
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path

import pytest

from ledger.people.directory import Directory, Volunteer, new_salt
from ledger.people.erasures import BadErasures, read_erasures
from ledger.people.migrations import MIGRATIONS, SCHEMA
from ledger.store.engine import Store
from ledger.store.errors import NewerSchema, NoLedger, StoreUnavailable
from ledger.store.migrations import migrate

ANN = Volunteer("vol_ann", "SD01", "张三", "10012345678", "女", "党员", new_salt())
BOB = Volunteer("vol_bob", "SD02", "李四", "10087654321", "男", "", new_salt())


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url, write=True, lock=False)
    yield store
    store.close()


@pytest.fixture
def directory(store: Store) -> Directory:
    directory = Directory(store)
    directory.migrate()
    return directory


def test_whoever_was_put_there_is_found_by_number_and_by_id(directory: Directory):
    directory.put([ANN, BOB])
    assert directory.by_number(["SD01", "SD99", "SD01"]) == {"SD01": ANN}
    assert directory.by_id(["vol_bob", "vol_eve"]) == {"vol_bob": BOB}
    assert directory.numbers(["vol_ann", "vol_bob", "vol_eve"]) == {"vol_ann": "SD01", "vol_bob": "SD02"}


def test_nobody_is_found_for_nothing(directory: Directory):
    directory.put([])
    assert directory.by_number([]) == directory.by_id([]) == directory.numbers([]) == {}
    assert directory.persons([], add=True) == {}


def test_what_is_known_of_somebody_can_be_replaced(directory: Directory):
    directory.put([ANN, BOB])
    moved = ANN._replace(number="SD03", phone="10000000000")
    directory.put([moved])
    assert directory.by_id(["vol_ann"]) == {"vol_ann": moved}
    assert directory.by_number(["SD01", "SD03"]) == {"SD03": moved}


def test_a_number_is_one_persons_and_nothing_is_put_by_halves(directory: Directory):
    directory.put([ANN])
    with pytest.raises(StoreUnavailable):
        directory.put([BOB, BOB._replace(volunteer="vol_eve", number="SD01")])
    assert directory.by_number(["SD01", "SD02"]) == {"SD01": ANN}


def test_whoever_settles_sees_what_others_settled_and_nothing_of_what_failed(directory: Directory):
    before = directory.changes
    with contextlib.suppress(LookupError), directory.settling() as settling:
        settling.put([ANN])
        raise LookupError
    assert (directory.by_number(["SD01"]), directory.changes) == ({}, before)
    with directory.settling() as settling:
        settling.put([ANN, BOB])
        assert settling.by_number(["SD01"]) == {"SD01": ANN}
        settling.drop("vol_ann")
    assert directory.by_id(["vol_ann", "vol_bob"]) == {"vol_bob": BOB}


def test_two_settle_one_after_the_other(database_url: str, directory: Directory):
    other = Store(database_url, write=True, lock=False)
    begun, seen = threading.Event(), list[dict[str, Volunteer]]()

    def settle() -> None:
        begun.set()
        elsewhere = Directory(other)
        with elsewhere.settling() as settling:
            seen.append(settling.by_number(["SD01"]))

    thread = threading.Thread(target=settle)
    with directory.settling() as settling:
        thread.start()
        begun.wait()
        # Long enough that whoever does not wait would have looked.
        time.sleep(0.1)
        settling.put([ANN])
    thread.join()
    other.close()
    assert seen == [{"SD01": ANN}]


def test_many_are_found_at_once(directory: Directory):
    many = [ANN._replace(volunteer=f"vol_{number:04}", number=f"X{number}") for number in range(1_201)]
    directory.put(many)
    assert directory.by_number(one.number for one in many) == {one.number: one for one in many}
    assert directory.by_id(one.volunteer for one in many) == {one.volunteer: one for one in many}


def test_a_person_in_charge_is_one_by_unit_and_name(directory: Directory):
    pairs = [("科协", "张三"), ("学校", "张三"), ("科协", "李四"), ("科协", "张三")]
    assert directory.persons(pairs, add=False) == {}
    known = directory.persons(pairs, add=True)
    assert list(known) == pairs[:3]
    assert len(set(known.values())) == 3
    assert directory.persons([*pairs, ("学校", "李四")], add=False) == known
    assert directory.persons(pairs, add=True) == known


def test_whoever_was_erased_is_gone_and_the_others_are_not(directory: Directory):
    directory.put([ANN, BOB])
    assert directory.erase("vol_ann")
    assert not directory.erase("vol_ann")
    assert directory.by_id(["vol_ann", "vol_bob"]) == {"vol_bob": BOB}
    assert directory.by_number(["SD01"]) == {}
    # Their number may come to be somebody else's.
    directory.put([BOB._replace(number="SD01")])
    assert directory.numbers(["vol_bob"]) == {"vol_bob": "SD01"}


def test_a_person_in_charge_who_was_erased_is_somebody_new_when_named_again(directory: Directory):
    known = directory.persons([("科协", "张三"), ("科协", "李四")], add=True)
    assert directory.erase_person(known["科协", "张三"])
    assert not directory.erase_person(known["科协", "张三"])
    assert directory.persons(known, add=False) == {("科协", "李四"): known["科协", "李四"]}
    assert directory.persons(known, add=True)["科协", "张三"] != known["科协", "张三"]


def test_whoever_is_erased_is_listed_first(store: Store, directory: Directory, tmp_path: Path):
    path = tmp_path / "nowhere" / "list"
    listing = Directory(store, path)
    listing.put([ANN, BOB])
    [person] = listing.persons([("科协", "张三")], add=True).values()
    with pytest.raises(BadErasures, match="cannot be written"):
        listing.erase("vol_ann")
    assert listing.by_id(["vol_ann"]) == {"vol_ann": ANN}
    assert not listing.was_erased("vol_ann")
    path.parent.mkdir()
    assert listing.erase("vol_ann")
    assert listing.erase_person(person)
    # Whom nobody knows, nobody lists.
    assert not listing.erase("vol_ann")
    assert not listing.erase("vol_nobody")
    assert [one.id for one in read_erasures(path)] == ["vol_ann", person]
    assert sorted(read_erasures(path)) == sorted(directory.content().erasures)
    assert path.stat().st_mode & 0o777 == 0o600
    assert directory.was_erased("vol_ann")
    assert not directory.was_erased("vol_bob")


@pytest.mark.parametrize(
    "line",
    ["vol_ann", "vol_ann 2026-11-22T08:30:00", "vol_ann  2026-11-22T08:30:00Z", "张三 2026-11-22T08:30:00Z"],
)
def test_a_list_with_a_line_that_is_no_erasure_is_refused(line: str, tmp_path: Path):
    path = tmp_path / "list"
    for text in (
        f"vol_bob 2026-11-22T08:30:00Z\n{line}\n",
        f"vol_bob 2026-11-22T08:30:00Z\n{line}" + "x" * 9_000,
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(BadErasures, match="line 2: this is no erasure"):
            list(read_erasures(path))
    with pytest.raises(BadErasures, match="cannot be read"):
        list(read_erasures(tmp_path / "none"))


def test_nobody_is_listed_behind_a_line_that_is_cut_off(store: Store, directory: Directory, tmp_path: Path):
    """The two lines would be one, which no restore can read."""
    path = tmp_path / "list"
    path.write_text("vol_bob 2026-11-22T08", "utf-8")
    directory.put([ANN])
    with pytest.raises(BadErasures, match="in the middle of a line"):
        Directory(store, path).erase("vol_ann")
    assert directory.by_id(["vol_ann"]) == {"vol_ann": ANN}
    assert path.read_text("utf-8") == "vol_bob 2026-11-22T08"


def test_a_full_disk_leaves_no_part_of_a_line(
    store: Store, directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def write_a_part(file: FileIO, some: bytes) -> None:
        file.write(some[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = tmp_path / "list"
    listing = Directory(store, path)
    listing.put([ANN, BOB])
    assert listing.erase("vol_bob")
    with monkeypatch.context() as full:
        full.setattr("ledger.people.erasures._write", write_a_part)
        with pytest.raises(BadErasures, match="No space left on device"):
            listing.erase("vol_ann")
    assert [one.id for one in read_erasures(path)] == ["vol_bob"]
    assert listing.erase("vol_ann")
    assert [one.id for one in read_erasures(path)] == ["vol_bob", "vol_ann"]


def test_a_directory_is_set_up_once_and_refused_until_then(store: Store):
    directory = Directory(store)
    with store.begin():
        """A file is there from now on, with nothing in it."""
    with pytest.raises(NoLedger):
        directory.refuse_unmigrated()
    directory.migrate()
    directory.put([ANN])
    directory.migrate()
    directory.refuse_unmigrated()
    assert directory.by_number(["SD01"]) == {"SD01": ANN}


def test_a_number_is_one_key_however_it_is_spelt(directory: Directory):
    """It was not: v0001 and V0001 were two people, and a variation selector made a third."""
    directory.put([ANN, BOB])
    for spelt in ("sd01", "ＳＤ０１", "SD 01", "SD01\ufe0f", "\u2060Sd01"):
        assert directory.by_number([spelt]) == {spelt: ANN}
        with directory.settling() as settling:
            assert settling.by_number([spelt]) == {spelt: ANN}
    assert directory.numbers(["vol_ann"]) == {"vol_ann": "SD01"}, "kept as typed"


def test_whoever_had_one_number_before_it_was_folded_has_it_still_and_is_told_apart_by_nobody(store: Store):
    directory = Directory(store)
    schema = None if store.embedded else SCHEMA
    table = "volunteer" if schema is None else f"{schema}.volunteer"
    with store.begin() as connection:
        if schema is not None:
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        migrate(connection, MIGRATIONS[:3], schema)
        for one in (ANN, BOB, ANN._replace(volunteer="vol_anna", number="sd01")):
            row = one._asdict()
            values = ", ".join(f"'{text}'" for text in row.values())
            connection.exec_driver_sql(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})")
    directory.migrate()
    found = directory.by_number(["SD01", "ｓｄ０２"])
    assert found == {"ｓｄ０２": BOB}
    assert [one.volunteer for one in found.several["SD01"]] == ["vol_ann", "vol_anna"]
    directory.put([ANN._replace(volunteer="vol_anna", number="SD03")])
    assert directory.by_number(["sd01"]) == {"sd01": ANN}


def test_a_directory_of_a_newer_release_is_left_alone(store: Store):
    directory = Directory(store)
    directory.migrate()
    with store.begin() as connection:
        migrate(connection, [lambda _: None] * 99, None if store.embedded else "directory")
    with pytest.raises(NewerSchema):
        directory.migrate()
    with pytest.raises(NewerSchema):
        directory.refuse_unmigrated()


def test_no_byte_of_whoever_was_erased_is_left_in_the_file(tmp_path: Path):
    store = Store(f"sqlite:///{tmp_path / 'directory.sqlite'}", write=True, lock=False)
    directory = Directory(store)
    directory.migrate()
    # Enough others that rows have moved between pages.
    others = [BOB._replace(volunteer=f"vol_{number}", number=f"X{number}") for number in range(2_000)]
    directory.put([*others[:1_000], ANN, *others[1_000:]])
    person = directory.persons([("科协", "赵六")], add=True)["科协", "赵六"]
    personal = [text.encode() for text in (ANN.number, ANN.name, ANN.phone, ANN.salt, "赵六")]
    assert all(found_in(tmp_path, personal))
    directory.erase(ANN.volunteer)
    directory.erase_person(person)
    assert not any(found_in(tmp_path, personal))
    directory.close()
    assert not any(found_in(tmp_path, personal))


def found_in(folder: Path, texts: list[bytes]) -> list[bool]:
    """Which of the texts occur in any file of a folder."""
    contents = [path.read_bytes() for path in folder.iterdir()]
    return [any(text in content for content in contents) for text in texts]
