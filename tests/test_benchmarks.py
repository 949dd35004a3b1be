"""The benchmarks still work: each runs at a tiny size, and nothing is said about its times."""

from pathlib import Path

import pytest

from benchmarks import history, import_county, rebuild, transfers

# Among the slow ones, as each starts a PostgreSQL of its own. The library they compare with leaves connections
# to the garbage collector, which is nothing that a test of ours should fail for.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

SMALL_COUNTY = Path(__file__).parents[1] / "ledger" / "cli" / "demo_county"


def test_transfers(capsys):
    transfers.main(["--seconds", "0.05", "--rounds", "1", "--volunteers", "20"])
    said = capsys.readouterr().out
    assert "sqlite: durable transfers" in said
    assert "postgres: durable transfers" in said


def test_history(capsys):
    history.main(["--events", "40", "--commands", "3", "--rounds", "1"])
    assert capsys.readouterr().out.count("opening itself") == 2


def test_rebuild(capsys):
    rebuild.main(["--county", str(SMALL_COUNTY), "--rounds", "1", "--sample", "20"])
    assert "ProjectionRunner" in capsys.readouterr().out


def test_import_county(capsys):
    import_county.main(["--county", str(SMALL_COUNTY), "--engine", "sqlite", "--shares"])
    assert "hours" in capsys.readouterr().out
