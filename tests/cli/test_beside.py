"""The counter while the portal is served: each command says what it would say if nobody served."""

import csv
import json
import re
import shutil
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest
from click.testing import Result

from ledger.beside import calling, messages
from ledger.exchange.hours import COLUMNS as HOURS
from ledger.exchange.roster import COLUMNS as ROSTER
from ledger.settings import read_settings
from tests.cli.conftest import ANN, BOB, Counter
from tests.contest.served import Server, serving

pytestmark = pytest.mark.slow

DESCRIBED = ("--activity", "慰问", "--place", "敬老院", "--content", "陪伴", "--unit", "健康队")
A_DAY = ("--day", "2026-02-01")
_MADE = re.compile(r"\b[a-z]{3}[_-][0-9a-f]{32}\b|\b\d{4}-\d\d-\d\dT[\d:.]+Z?|\b[0-9a-f]{64}\b")
"""What is made anew each time: ids, instants and digests."""


class Counters(NamedTuple):
    """Two counters of the same ledger: one is served, and nobody serves the other."""

    served: Counter
    plain: Counter
    server: Server

    def both(self, *words: object) -> Result:
        """What a command says at the counter that is served; it says the same at the other."""
        served, plain = self.served.run(*words), self.plain.run(*words)
        assert said(served) == said(plain), words
        return served


def said(result: Result) -> tuple[int, str, str]:
    return result.exit_code, _MADE.sub("made", result.stdout), _MADE.sub("made", result.stderr)


@pytest.fixture
def counters(laid_out_once: Path, tmp_path: Path) -> Generator[Counters]:
    served, plain = (
        Counter(Path(shutil.copytree(laid_out_once, tmp_path / name))) for name in ("served", "plain")
    )
    logs = tmp_path / "logs"
    logs.mkdir()
    with serving(read_settings(served.folder, {}).ledger, logs) as server:
        yield Counters(served, plain, server)


def table(path: Path, header: list[str], rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def roster(path: Path, people: int) -> Path:
    header = [column.header for column in ROSTER.wanted if column.needed]
    rows = [[f"人{n}", f"NO{n:05}", "柳溪镇", "荷塘村", "健康队", "2026-01-05"] for n in range(people)]
    return table(path, header, rows)


def hours(path: Path, rows: int, people: int) -> Path:
    header = [column.header for column in HOURS.wanted if column.needed]
    return table(
        path,
        header,
        [
            [
                f"R{n:06}",
                "慰问",
                f"2026-02-{1 + n // people % 28:02}",
                "敬老院",
                "陪伴",
                f"NO{n % people:05}",
                "1",
                "健康队",
            ]
            for n in range(rows)
        ],
    )


def test_the_counter_says_the_same_while_it_is_served(counters: Counters):
    day = datetime.now(UTC).date().replace(day=1).isoformat()
    registering = ("volunteer", "register", "--number", "QH9", "--name", "王五", "--community", "荷塘村")
    commands: list[tuple[object, ...]] = [
        (*registering, *A_DAY, "--team", "健康队", "--json"),
        # The number is taken, and that is told in the same way.
        (*registering, *A_DAY),
        ("record", "attest", ANN, *DESCRIBED, *A_DAY, "--minutes", 90),
        ("record", "attest", ANN, *DESCRIBED, *A_DAY, "--minutes", 90),
        ("record", "attest", "QH9", *DESCRIBED, *A_DAY, "--minutes", 60, "--json"),
        ("transfer", ANN, BOB, 30, "--key", "gift", "--json"),
        ("transfer", ANN, BOB, 30, "--key", "gift", "--json"),
        ("transfer", ANN, BOB, 30, "--key", "gift"),
        ("transfer", ANN, BOB, 31, "--key", "gift", "--json"),
        ("transfer", ANN, BOB, 9_999),
        ("transfer", ANN, BOB, 9_999, "--json"),
        ("team", "form", "义诊队", "--parent", "健康队", *A_DAY),
        ("community", "rename", "荷塘村", "荷花村", "--day", day),
        ("volunteer", "suspend", "QH9", "--day", "2026-03-01"),
        ("transfer", "QH9", BOB, 1),
        ("balance", ANN, "--json"),
        ("init", "--json"),
        ("volunteer", "erase", "QH9", "--yes"),
        ("volunteer", "erase", "QH9", "--yes"),
        ("volunteer", "erase", BOB, "--yes", "--json"),
        ("projections", "check", "--json"),
    ]
    for words in commands:
        counters.both(*words)
    for counter in (counters.served, counters.plain):
        assert (counter.folder / "erasures.txt").read_text("utf-8").count("\n") == 2


def test_files_are_taken_in_while_it_is_served(counters: Counters, tmp_path: Path):
    people, served = roster(tmp_path / "roster.csv", 70), hours(tmp_path / "hours.csv", 900, 70)
    for file, kind in ((people, "roster"), (served, "hours")):
        for words in ((), ("--json",)):
            counters.both("import", kind, file, *words)
    broken = tmp_path / "broken.csv"
    broken.write_text(served.read_text("utf-8").replace("NO00003,1,", "NO99999,1,"), "utf-8")
    found = counters.both("import", "hours", broken, "--json")
    assert found.exit_code == 1
    assert json.loads(found.stdout)["conflict"]
    assert counters.served.head() == counters.plain.head() > 970


def test_what_the_server_remembers_is_what_was_recorded_at_the_counter(counters: Counters):
    """It remembers answers until the ledger or the directory is changed, which nobody else did before."""
    headers = {"Authorization": f"Bearer {counters.server.token()}"}

    def get(path: str) -> Any:
        return httpx.get(f"{counters.server.address}/api/v1{path}", headers=headers).json()

    counter = counters.served
    ann = get(f"/volunteers/number:{ANN}")["id"]
    assert get(f"/volunteers/{ann}/balance")["credit_minutes"] == 0
    counter.attest(ANN, 90)
    assert get(f"/volunteers/{ann}/balance")["credit_minutes"] == 90
    assert {item["number"] for item in get("/volunteers")["items"]} == {ANN, BOB}
    counter.told("volunteer", "erase", ANN, "--yes")
    assert {item.get("number") for item in get("/volunteers")["items"]} == {BOB, None}


def test_the_head_is_signed_while_it_is_served(counters: Counters, monkeypatch: pytest.MonkeyPatch):
    counter = counters.served
    signed = counter.told("audit", "sign")
    assert signed == counter.told("audit", "sign")
    counter.attest(ANN, 30)
    later = counter.told("audit", "sign")
    assert later["size"] == signed["size"] + 1
    assert {one["fault"] for one in counter.told("audit", "verify")["items"]} == {None}
    for key in counter.folder.glob("checkpoint-key.pem"):
        key.unlink()
    assert counter.refused("audit", "sign", code=3)["code"] == "no-key"


def test_once_the_server_has_ended_the_counter_works_on(counters: Counters):
    counters.served.attest(ANN, 90)
    counters.server.stop()
    assert not (counters.served.folder / "ledger.socket").exists()
    counters.served.told("transfer", ANN, BOB, 1)


def test_once_the_server_was_killed_the_counter_works_on(counters: Counters):
    counters.served.attest(ANN, 90)
    counters.server.kill()
    assert (counters.served.folder / "ledger.socket").exists()
    counters.served.told("transfer", ANN, BOB, 1)
    assert not (counters.served.folder / "ledger.socket").exists()


def test_a_server_of_another_release_is_told_of(counters: Counters, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(messages, "release", lambda: "9.9.9")
    monkeypatch.setattr(calling, "release", lambda: "9.9.9")
    error = counters.served.refused("team", "form", "二队", "--community", "柳溪镇", code=3)
    assert error["code"] == "other-release"
    assert error["message"].startswith(
        f"the process that holds the ledger is of release {version('timebank-ledger')}, and this one of 9.9.9"
    )
