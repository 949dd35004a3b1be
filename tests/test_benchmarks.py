"""The benchmarks still work: each runs at a tiny size, and nothing is said about its times."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks import (
    answers,
    boards,
    history,
    import_county,
    lists,
    past,
    past_growth,
    portal,
    portal_busy,
    portal_writes,
    rebuild,
    receipts,
    recompute,
    recompute_loop,
    rollups,
    start,
    transfers,
)
from benchmarks.parts import county, redis
from benchmarks.parts.places import Place
from tests.cli.conftest import run
from tests.postgres import Cluster

# The library they compare with leaves connections to the garbage collector, which is nothing that a test of ours
# should fail for.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SMALL_COUNTY = Path(__file__).parents[1] / "ledger" / "demo" / "county"
SOME_HOURS = 0.02


@pytest.fixture
def cluster(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's server: to start one of its own takes a benchmark longer than all else at this size."""
    monkeypatch.setattr("benchmarks.parts.places.running_cluster", lambda: nullcontext(postgres))


@pytest.fixture(scope="module")
def tiny_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the small one, as plain tables: each time that a workbook is taken in, a process reads it."""
    folder = tmp_path_factory.mktemp("county")
    for kind in county.KINDS:
        share = SOME_HOURS if kind == "hours" else 1
        import_county.part(county.file_of(SMALL_COUNTY, kind), share, folder).rename(folder / f"{kind}.csv")
    return folder


@pytest.mark.usefixtures("cluster")
def test_transfers(capsys):
    transfers.main(["--seconds", "0.05", "--rounds", "1", "--volunteers", "20"])
    said = capsys.readouterr().out
    assert "sqlite: durable transfers" in said
    assert "postgres: durable transfers" in said


@pytest.mark.usefixtures("cluster")
def test_history(capsys):
    history.main(["--events", "40", "--commands", "3", "--rounds", "1"])
    assert capsys.readouterr().out.count("opening itself") == 2


@pytest.mark.usefixtures("cluster")
def test_rebuild(capsys, tiny_county: Path):
    rebuild.main(["--county", str(tiny_county), "--rounds", "1", "--sample", "20"])
    assert "ProjectionRunner" in capsys.readouterr().out


# Of each second wrk and the server take all that there is. Twenty times in it something is written beside.
TINY = ("--seconds", "0.02", "--rounds", "1", "--volunteers", "20", "--engine", "sqlite")
with_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="there is no wrk here")


@with_wrk
def test_portal(capsys):
    portal.main([*TINY, "--lines", "60", "--board", "500", "--warm", "0"])
    assert "sqlite: reads over HTTP" in capsys.readouterr().out


@with_wrk
def test_portal_writes(capsys):
    portal_writes.main(TINY)
    assert "sqlite: writes over HTTP" in capsys.readouterr().out


@with_wrk
def test_portal_busy(capsys):
    portal_busy.main([*TINY, "--seconds", "0.1"])
    assert "sqlite: reads over HTTP while 20 records a second are written" in capsys.readouterr().out


@pytest.mark.usefixtures("cluster")
def test_answers(capsys):
    answers.main(["--volunteers", "60", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: processor time of an answer" in said
    assert "postgres: processor time of an answer" in said


@pytest.mark.skipif(not redis.there(), reason="there is no redis-server here")
@pytest.mark.usefixtures("cluster")
def test_boards(capsys):
    boards.main(["--members", "300", "--asks", "2", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: a board of 300" in said
    assert "postgres: a board of 300" in said


def test_receipts(capsys):
    receipts.main(["--events", "600", "--receipts", "11", "--engine", "sqlite"])
    assert "bytes of a receipt" in capsys.readouterr().out


def test_past(capsys):
    past.main(["--events", "600", "--rounds", "1", "--engine", "sqlite"])
    assert "by both clocks" in capsys.readouterr().out


def test_past_growth(capsys):
    past_growth.main(["--events", "2000", "--rounds", "1", "--asks", "5", "--engine", "sqlite"])
    assert "2,000 events" in capsys.readouterr().out


def test_lists(capsys):
    lists.main(["--volunteers", "120", "--rounds", "1", "--engine", "sqlite"])
    assert "lists of 50 of 120 volunteers" in capsys.readouterr().out


@pytest.mark.usefixtures("cluster")
def test_rollups(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rollups, "_RECORDS", 2)
    rollups.main(["--volunteers", "10", "--larger", "20", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: a county's contributions" in said
    assert "postgres: a county's contributions" in said


with_journal_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in recompute.TOOLS),
    reason="there is no hledger or no ledger here",
)


@with_journal_tools
@pytest.mark.usefixtures("cluster")
def test_recompute(capsys):
    recompute.main(["--events", "200", "--rounds", "1", "--processes", "1", "--engine", "sqlite"])
    recompute.main(
        ["--events", "200", "--rounds", "1", "--processes", "2", "--engine", "postgres", "--asserted"]
    )
    said = capsys.readouterr().out
    assert "sqlite: every balance from 200 events" in said
    assert "postgres: every balance from 200 events" in said


@pytest.mark.usefixtures("cluster")
def test_recompute_loop(capsys):
    recompute_loop.main(["--events", "200", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: 200 events hashed and decoded" in said
    assert "postgres: 200 events hashed and decoded" in said


def test_import_county(capsys, monkeypatch: pytest.MonkeyPatch, tiny_county: Path):
    in_a_process = county.take_in
    taken: list[county.Imported] = []

    def take_in(place: Place, kind: str, file: Path) -> county.Imported:
        """Import the first file as the benchmark does, and the others with its figures, by the same program here."""
        if taken:
            done = run("import", kind, file, "--json", url=place.url)
            assert done.exit_code in (0, county.ROWS_REFUSED), done.output
            taken.append(taken[0]._replace(report=json.loads(done.stdout)))
        else:
            taken.append(in_a_process(place, kind, file))
        return taken[-1]

    monkeypatch.setattr(county, "take_in", take_in)
    import_county.main(["--county", str(tiny_county), "--engine", "sqlite", "--shares", "0.5"])
    assert "50% of it" in capsys.readouterr().out
    # Each file, and with a part of either long one all that go before it.
    assert len(taken) == len(county.KINDS) + 5


def test_start(capsys, monkeypatch: pytest.MonkeyPatch):
    by_itself = start.start

    def begin(sources: Path, *words: str) -> None:
        """Run programs as the benchmark does, but fill the ledgers that they read in this process."""
        if "demo" in words:
            assert run(*words[len(start.OURS) :]).exit_code == 0
        else:
            by_itself(sources, *words)

    monkeypatch.setattr(start, "start", begin)
    start.main(["--warm", "0", "--rounds", "1", "--before", str(start.ROOT)])
    assert "before: timebank balance" in capsys.readouterr().out
