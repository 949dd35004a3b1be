"""Who people are is told to the directory and to nothing else: every byte that a ledger leaves behind is searched."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from ledger.settings import Settings, read_settings
from tests.exchange.office import TEAMS, TOWNS, Office, everything, member, office_at, said, service

ANN = ["诸葛青云", "SD90017", "13900000001", "低保对象"]
BOB = ["司徒望海", "SD90028", "13900000002", "听力不便"]
IN_CHARGE = ["欧阳明月", "公孙白羽"]
NEVER_KEPT = [
    "皇甫一鸣",
    "SD90039",
    "13900000003",
    "SD90040",
    "上官飞燕",
    "370281195001011234",
    "慕容秋水",
    "夏侯长风",
]
"""What stands in rows that are refused or in conflict, in columns that nobody asked for, and beside a number."""

EVERYBODY = [*ANN, *BOB, *IN_CHARGE, *NEVER_KEPT]


def person(texts: list[str], **said: str) -> dict[str, str]:
    name, number, phone, remark = texts
    return {**member(number, name=name, phone=phone, remark=remark), **said}


def send_everybody(office: Office) -> None:
    """Rows that are recorded, and rows that are not, each with somebody in it."""
    office.communities(*TOWNS)
    office.teams(*TEAMS)
    people = [
        person(ANN, 身份证号="370281195001011234"),
        person(BOB),
        person(["皇甫一鸣", "SD90039", "13900000003", ""], village="无此村"),
        person(["上官飞燕", "SD90028", "", ""]),
    ]
    assert said(office.roster(*people)) == {"recorded": 2, "conflict": [4], "refused": [[3, "village"]]}
    hours = [
        service("1", volunteer="SD90017", name="诸葛青云", in_charge="欧阳明月", 联系人="夏侯长风"),
        service("1", volunteer="SD90028", name="司徒望海", in_charge="公孙白羽"),
        service("2", volunteer="SD90040"),
        service("3", volunteer="SD90028", in_charge="公孙白羽", minutes="半天"),
        service("4", volunteer="SD90028", name="慕容秋水"),
    ]
    assert said(office.hours(*hours)) == {
        "recorded": 1,
        "conflict": [2],
        "refused": [[3, "volunteer"], [4, "minutes"], [5, "name"]],
    }
    assert said(office.hours(*hours)) == {
        "unchanged": 1,
        "conflict": [2],
        "refused": [[3, "volunteer"], [4, "minutes"], [5, "name"]],
    }


def found(contents: Iterable[bytes]) -> set[str]:
    """Who is found in some bytes, spelt in any way that a program of ours might use."""
    all_of_it = b"\n".join(contents).lower()
    return {
        text
        for text in EVERYBODY
        for spelling in (
            text.encode(),
            text.encode("unicode-escape"),
            text.encode("utf-16-le"),
            text.encode("gb18030"),
        )
        if spelling.lower() in all_of_it
    }


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def in_directory(name: str) -> bool:
    return name.startswith("directory.")


def rows(settings: Settings, *, of_directory: bool) -> list[bytes]:
    """Every row of every table of the directory, or of the rest."""
    tables = everything(settings)
    return [repr(rows).encode() for name, rows in tables.items() if in_directory(name) == of_directory]


def test_people_are_in_the_directory_and_in_no_other_file(tmp_path: Path):
    data = tmp_path / "data"
    with office_at(read_settings(data, {}), tmp_path) as office:
        send_everybody(office)
        at_work = files(data)
    assert {"ledger.sqlite", "ledger.sqlite-wal", "ledger.lock", "directory.sqlite"} <= at_work.keys()
    assert len(at_work["ledger.sqlite-wal"]) > 100_000
    for left in (at_work, files(data)):
        assert found(content for name, content in left.items() if not in_directory(name)) == set()
        kept = found(content for name, content in left.items() if in_directory(name))
        assert set(EVERYBODY) - kept == set(NEVER_KEPT)


def test_people_are_in_the_directory_and_in_no_other_table(settings: Settings, tmp_path: Path):
    with office_at(settings, tmp_path) as office:
        send_everybody(office)
        assert found(rows(settings, of_directory=False)) == set()
        assert set(EVERYBODY) - found(rows(settings, of_directory=True)) == set(NEVER_KEPT)


def test_whoever_is_erased_is_in_no_table(settings: Settings, tmp_path: Path):
    with office_at(settings, tmp_path) as office:
        send_everybody(office)
        before = rows(settings, of_directory=False)
        office.ledger.directory.erase(office.number("SD90017"))
        assert found(rows(settings, of_directory=True)) == {*BOB, *IN_CHARGE}
        assert rows(settings, of_directory=False) == before


def test_whoever_is_erased_is_in_no_file(tmp_path: Path):
    data = tmp_path / "data"
    with office_at(read_settings(data, {}), tmp_path) as office:
        send_everybody(office)
        office.ledger.directory.erase(office.number("SD90017"))
        [person] = office.ledger.directory.persons([("东镇科协", "欧阳明月")], add=False).values()
        office.ledger.directory.erase_person(person)
        assert found(files(data).values()) == {*BOB, "公孙白羽"}
    assert found(files(data).values()) == {*BOB, "公孙白羽"}


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_rehearsal_writes_nobody_anywhere(tmp_path: Path, dry_run: bool):
    data = tmp_path / "data"
    with office_at(read_settings(data, {}), tmp_path) as office:
        office.communities(*TOWNS)
        office.teams(*TEAMS)
        office.roster(person(ANN), dry_run=dry_run)
    assert found(files(data).values()) == (set() if dry_run else set(ANN))
