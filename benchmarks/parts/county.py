"""A county's four files, taken in by the program that users run, each in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.parts.places import Place
from ledger.bootstrap import STAFF, open_for_writing
from ledger.domain.opening import OpenLedger
from ledger.opening import begin

ROOT = Path(__file__).parents[2]
DEFAULT = ROOT / "tests" / "data" / "county"
KINDS = ("communities", "teams", "roster", "hours")
ROWS_REFUSED = 1


class Imported(NamedTuple):
    """What one run took, and what it said."""

    seconds: float
    cpu: float
    peak_mb: float
    report: dict[str, Any]


def file_of(county: Path, kind: str) -> Path:
    """The county's file of a kind, whatever its ending."""
    return next(path for path in sorted(county.iterdir()) if path.stem == kind)


def init(place: Place) -> None:
    """Open an empty ledger."""
    with open_for_writing(place.settings, create=True) as ledger:
        begin(ledger.bank, OpenLedger(origin="timebank", zone="Asia/Shanghai"), by=STAFF, policy="standard")


def take_in(place: Place, kind: str, file: Path) -> Imported:
    """Import one file."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "ledger.cli", "import", kind, str(file), "--json"],
            cwd=ROOT,
            env={**os.environ, "TIMEBANK_DATABASE_URL": place.url},
            stdout=said,
            stderr=subprocess.DEVNULL,
        )
        # The peak of the process, or of the one that it lets read a workbook, whichever is higher.
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode()
    if process.returncode not in (0, ROWS_REFUSED):
        raise RuntimeError(f"timebank import {kind} ended with {process.returncode}: {text}")
    return Imported(
        took,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
        json.loads(text),
    )
