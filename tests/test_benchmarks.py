"""The benchmarks still work: each runs at a tiny size, and nothing is said about its times."""

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
    redis,
    rollups,
    transfers,
)
from tests.postgres import Cluster

# The library they compare with leaves connections to the garbage collector, which is nothing that a test of ours
# should fail for.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SMALL_COUNTY = Path(__file__).parents[1] / "ledger" / "demo" / "county"


@pytest.fixture
def cluster(postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session's server: to start one of its own takes a benchmark longer than all else at this size."""
    monkeypatch.setattr("benchmarks.places.running_cluster", lambda: nullcontext(postgres))


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
def test_rebuild(capsys):
    rebuild.main(["--county", str(SMALL_COUNTY), "--rounds", "1", "--sample", "20"])
    assert "ProjectionRunner" in capsys.readouterr().out


TINY = ("--seconds", "0.1", "--rounds", "1", "--volunteers", "20", "--engine", "sqlite")
with_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="there is no wrk here")


@with_wrk
def test_portal(capsys):
    portal.main([*TINY, "--lines", "60", "--board", "5000", "--warm", "0"])
    assert "sqlite: reads over HTTP" in capsys.readouterr().out


@with_wrk
def test_portal_writes(capsys):
    portal_writes.main(TINY)
    assert "sqlite: writes over HTTP" in capsys.readouterr().out


@with_wrk
def test_portal_busy(capsys):
    portal_busy.main(TINY)
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
    lists.main(["--volunteers", "400", "--rounds", "1", "--engine", "sqlite"])
    assert "lists of 50 of 400 volunteers" in capsys.readouterr().out


@pytest.mark.usefixtures("cluster")
def test_rollups(capsys):
    rollups.main(["--volunteers", "30", "--larger", "60", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: a county's contributions" in said
    assert "postgres: a county's contributions" in said


with_journal_tools = pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in recompute.TOOLS),
    reason="there is no hledger or no ledger here",
)


@with_journal_tools
def test_recompute(capsys):
    recompute.main(["--events", "600", "--rounds", "1", "--processes", "1", "--engine", "sqlite"])
    recompute.main(
        ["--events", "600", "--rounds", "1", "--processes", "2", "--engine", "postgres", "--asserted"]
    )
    said = capsys.readouterr().out
    assert "sqlite: every balance from 600 events" in said
    assert "postgres: every balance from 600 events" in said


def test_recompute_loop(capsys):
    recompute_loop.main(["--events", "600", "--rounds", "1"])
    said = capsys.readouterr().out
    assert "sqlite: 600 events hashed and decoded" in said
    assert "postgres: 600 events hashed and decoded" in said


def test_import_county(capsys):
    import_county.main(["--county", str(SMALL_COUNTY), "--engine", "sqlite", "--shares", "0.1"])
    assert "10% of it" in capsys.readouterr().out
