"""Whole runs over a county: rehearsed, cut off, sent again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.exchange.importing import BATCH_ROWS, Progress
from ledger.settings import Settings
from projections.running.checking import check
from tests.counties import make_county
from tests.exchange.office import Office, everything, log_rows, office_at, said
from tests.reference import FILES

pytestmark = pytest.mark.slow

County = tuple[Path, dict[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    """A small county's files, and what becomes of each file's rows."""
    folder = tmp_path_factory.mktemp("county")
    expected = make_county(folder, seed=11)["files"]
    assert expected["hours"]["rows"] > BATCH_ROWS
    return folder, {
        kind: {name: value for name, value in figures.items() if value and name != "rows"}
        for kind, figures in expected.items()
    }


@pytest.fixture
def office(settings: Settings, tmp_path: Path) -> Iterator[Office]:
    with office_at(settings, tmp_path) as office:
        yield office


def not_taken(figures: dict[str, Any]) -> list[int]:
    """The rows in conflict or refused: one refused at first is in conflict once a later row mended it."""
    return sorted([*figures.get("conflict", []), *(row for row, _ in figures.get("refused", []))])


def test_a_rehearsal_says_what_will_happen_and_changes_nothing(office: Office, county: County):
    folder, expected = county
    for kind, file in FILES.items():
        before = everything(office.settings)
        rehearsed = office.send_file(kind, folder / file, dry_run=True)
        assert everything(office.settings) == before
        assert office.send_file(kind, folder / file) == rehearsed
        assert said(rehearsed) == expected[kind]
        again = office.send_file(kind, folder / file, dry_run=True)
        assert office.send_file(kind, folder / file) == again
        assert again.recorded == 0
        assert not_taken(said(again)) == not_taken(expected[kind])


def stop_at(rows: int) -> Progress:
    """Somebody who presses Ctrl-C once so many rows are judged."""

    def watch(judged: int, of: int) -> None:
        if judged >= rows:
            raise KeyboardInterrupt

    return watch


# What goes into one commit is the bank's business on either database.
@pytest.mark.parametrize(
    "settings", ["sqlite", pytest.param("postgres", marks=pytest.mark.full)], indirect=True
)
def test_a_run_that_was_cut_off_loses_nothing_and_counts_nothing_twice(office: Office, county: County):
    folder, expected = county
    for kind, file in FILES.items():
        before = len(log_rows(office.ledger))
        with pytest.raises(KeyboardInterrupt):
            office.send_file(kind, folder / file, progress=stop_at(1))
        assert len(log_rows(office.ledger)) > before
        report = office.send_file(kind, folder / file)
        # What the first run recorded is unchanged now; in the end each row has been recorded once.
        assert report.recorded + report.unchanged == expected[kind]["recorded"] + expected[kind]["unchanged"]
        assert not_taken(said(report)) == not_taken(expected[kind])
        assert office.send_file(kind, folder / file).recorded == 0
    hours = [row for row in log_rows(office.ledger) if row[1] == "service-attested"]
    assert len(hours) == expected["hours"]["recorded"]
    assert all(one.agrees for one in check(office.ledger.log, office.ledger.views.all()))
