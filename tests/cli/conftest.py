"""Ledgers to look at and to work on, and ways to run the command line."""

import contextlib
import inspect
import json
import logging
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
import threading
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result

from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.cli import main
from ledger.demo.showing import COUNTY, FILES
from ledger.folders import DATABASE_URL
from tests.commands import commands_of
from tests.originals import once_a_run

SCRIPT = Path(sysconfig.get_path("scripts")) / "timebank"
SHANGHAI = ZoneInfo("Asia/Shanghai")
EXPECTED: dict[str, Any] = json.loads(
    (Path(__file__).parent / "demo_county_expected.json").read_text("utf-8")
)

ANN, BOB = "QH1", "QH2"
"""The numbers of the two volunteers of a counter."""
CLERK = "stf_clerk"
SINCE = "2026-01-01"
SMALL = ("--volunteers", 320, "--activities", 12)
"""The size of a demo's year that most tests look at."""


# A command speaks the language in which it is read in: here all are, before a test changes it.
EVERY_COMMAND = dict(commands_of(main))


def run(*words: object, url: str = "") -> Result:
    """Run in this process; nothing in the environment names a store unless `url` does."""
    with hooks_kept():
        return CliRunner().invoke(main, [str(word) for word in words], env={DATABASE_URL: url})


@contextlib.contextmanager
def hooks_kept() -> Iterator[None]:
    """Whoever serves takes over what a process tells of failures; this one's tests have need of that."""
    root, raising = logging.getLogger(), logging.raiseExceptions
    handlers, level = list(root.handlers), root.level
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning
    try:
        yield
    finally:
        sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
        logging.raiseExceptions, root.handlers[:] = raising, handlers
        root.setLevel(level)


def told(*words: object, url: str = "", code: int = 0) -> Any:
    """The JSON document that a command prints, having left with `code`."""
    result = run(*words, "--json", url=url)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def lines(*words: object, url: str = "") -> list[Any]:
    """Every item of a list, each told as a document on a line of its own."""
    result = run(*words, "--json", "--all", url=url)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(*words: object, url: str = "", code: int) -> Any:
    """The error that a command with --json tells on stderr; stdout must stay empty."""
    result = run(*words, "--json", url=url)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return json.loads(result.stderr)["error"]


def script(*words: object, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the installed console script."""
    environment = {**os.environ, DATABASE_URL: "", **(environment or {})}
    return subprocess.run(
        [SCRIPT, *map(str, words)], capture_output=True, text=True, env=environment, timeout=60, check=False
    )


def assert_they_work(commands: Sequence[str]) -> None:
    """Commands do as they are printed: the first is typed into a shell, to which the others look the same."""
    done = subprocess.run(["/bin/sh", "-c", commands[0]], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr, done.stdout != "") == (0, "", True), commands[0]
    for command in commands[1:]:
        program, *words = shlex.split(command)
        assert program in {"timebank", str(SCRIPT)}
        result = run(*words)
        assert (result.exit_code, result.stderr, result.stdout != "") == (0, "", True), command


def import_county(*place: object, url: str = "") -> dict[str, Any]:
    """Open a ledger and take the demo county in; what each import said, by kind."""
    told("init", *place, url=url)
    return {
        kind: told("import", kind, COUNTY / name, *place, url=url, code=int(kind in ("roster", "hours")))
        for kind, name in FILES.items()
    }


def import_people(folder: Path) -> None:
    """Take in the demo county's communities, teams and roster."""
    for kind in ("communities", "teams", "roster"):
        told("import", kind, COUNTY / FILES[kind], "--data", folder, code=int(kind == "roster"))


class County(NamedTuple):
    """A ledger that holds the demo county: only to be read."""

    folder: Path
    communities: Mapping[str, str]
    """Ids by town and village."""

    def told(self, *words: object, code: int = 0) -> Any:
        return told(*words, "--data", self.folder, code=code)

    def lines(self, *words: object) -> list[Any]:
        return lines(*words, "--data", self.folder)

    def said(self, *words: object) -> str:
        result = run(*words, "--data", self.folder)
        assert result.exit_code == 0, result.output
        return result.stdout


class Counter(NamedTuple):
    """An office's counter: a small ledger that the command line itself filled, and what is said there."""

    folder: Path

    def told(self, *words: object, code: int = 0) -> Any:
        return told(*words, "--data", self.folder, code=code)

    def refused(self, *words: object, code: int = 1) -> Any:
        return refused(*words, "--data", self.folder, code=code)

    def run(self, *words: object) -> Result:
        return run(*words, "--data", self.folder)

    def fact(self, *words: object) -> Any:
        """The one fact that follows from a command."""
        [event] = self.told(*words)["events"]
        return event

    def head(self) -> int:
        """The newest position."""
        return int(self.told("projections", "list")["items"][0]["head"])

    def dry(self, *words: object) -> Any:
        """What would be recorded; nothing may be."""
        before = self.head()
        found = self.told(*words, "--dry-run")
        assert found["dry_run"]
        assert self.head() == before
        return found

    def attest(self, volunteer: str, minutes: int, day: str = "2026-02-01", *more: object) -> str:
        """Let a volunteer earn minutes; the record's id."""
        described = ("--activity", "慰问", "--place", "敬老院", "--content", "慰问", "--unit", "健康队")
        how_long = ("--day", day, "--minutes", minutes)
        fact = self.fact("record", "attest", volunteer, *described, *how_long, *more)
        return str(fact["service"]["record"])


def laid_out(folder: Path) -> Counter:
    """A county with a town and its village, a team, and two volunteers."""
    counter = Counter(folder)
    day = ("--day", SINCE)
    counter.told("community", "establish", "青禾县", *day)
    counter.told("community", "establish", "柳溪镇", "--parent", "青禾县", *day)
    counter.told("community", "establish", "荷塘村", "--parent", "柳溪镇", *day)
    counter.told("team", "form", "健康队", "--community", "柳溪镇", "--field", "health", *day)
    registering = ("--community", "荷塘村", *day)
    counter.told("volunteer", "register", "--number", ANN, "--name", "张三", *registering, "--team", "健康队")
    counter.told("volunteer", "register", "--number", BOB, "--name", "李四", *registering)
    return counter


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = once_a_run(tmp_path_factory, "county", lambda folder: import_county("--data", folder))
    items = told("contributions", "--period", "all", "--data", folder)["items"]
    names = {item["id"]: item["name"] for item in items}
    paths = {
        f"{names[item['parent']]} {item['name']}" if item["level"] == "village" else item["name"]: item["id"]
        for item in items
    }
    return County(folder, paths)


def small_year(factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `timebank demo` says of a year of few people and activities: only to be read."""

    def make(folder: Path) -> None:
        (folder / "said.json").write_text(
            json.dumps(told("demo", *SMALL, "--data", folder / "county")), "utf-8"
        )

    return json.loads((once_a_run(factory, "year", make) / "said.json").read_text("utf-8"))


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A folder with an opened, empty ledger."""
    told("init", "--data", tmp_path)
    return tmp_path


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a text table into a file."""

    def write(text: str) -> Path:
        path = tmp_path / "table.csv"
        path.write_text(text, "utf-8")
        return path

    return write


class Clock:
    """The ledger's clock, which stands still until it is set."""

    def __init__(self) -> None:
        self.moment = datetime.now(UTC).replace(microsecond=0)

    def __call__(self) -> datetime:
        return self.moment

    def later(self, **stretch: float) -> None:
        self.moment += timedelta(**stretch)

    def local(self, **stretch: float) -> str:
        """The time on the wall in the ledger's zone, so much later, as it is typed."""
        return f"{(self.moment + timedelta(**stretch)).astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"

    @property
    def today(self) -> str:
        return self.local()[:10]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    for opening in (open_for_reading, open_for_writing):
        monkeypatch.setitem(inspect.unwrap(opening).__kwdefaults__, "now", clock)
    return clock


class Office(NamedTuple):
    """A ledger of its own with the demo county's people, to be written to."""

    folder: Path

    def told(self, *words: object, code: int = 0) -> Any:
        return told(*words, "--data", self.folder, code=code)

    def event(self, *words: object) -> Any:
        """The one fact that a command records."""
        [event] = self.told(*words)["events"]
        return event

    def said(self, *words: object, code: int = 0) -> str:
        result = run(*words, "--data", self.folder)
        assert result.exit_code == code, result.output
        return result.output

    def refused(self, *words: object, code: int = 1) -> Any:
        return refused(*words, "--data", self.folder, code=code)

    def head(self) -> int:
        return self.told("projections", "list")["items"][0]["head"]


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people") / "ledger"
    told("init", "--data", folder)
    import_people(folder)
    return folder


@pytest.fixture(scope="session")
def laid_out_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger that every counter begins with."""
    folder = tmp_path_factory.mktemp("counter")
    told("init", "--data", folder)
    laid_out(folder)
    return folder


@pytest.fixture
def office(people: Path, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(people, tmp_path / "office")))


@pytest.fixture
def counter(laid_out_once: Path, tmp_path: Path) -> Counter:
    """A counter of each test's own."""
    return Counter(Path(shutil.copytree(laid_out_once, tmp_path / "bank")))
