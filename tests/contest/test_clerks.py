"""Four clerks and an import work beside a portal that is served, and any of them may be killed."""

import contextlib
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from ledger.beside.opening import open_to_hold
from ledger.bootstrap import open_for_writing
from ledger.people.directory import Volunteer
from ledger.settings import Settings, read_settings
from projections.running.checking import check
from tests.beside.clerks import Clerk, Portal, attested, begun, polling, report, rows
from tests.contest.served import Server, serving
from tests.small_bank import ANN, BOB, begin

CLERKS = 4
PEOPLE = 100
MOST = 3
"""How many times as long the portal's 99 of a hundred answers may take at most as when nobody works beside it."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = read_settings(tmp_path / "bank", {})
    people = [ANN, BOB, *(f"vol_{number:04}" for number in range(PEOPLE - 2))]
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, *people)
        ledger.directory.put(
            [Volunteer(one, f"SD{n}", f"人{n}", "", "", "", "00" * 32) for n, one in enumerate(people, 1)]
        )
    return settings


def folder_of(settings: Settings) -> Path:
    return Path(str(settings.erasures)).parent


def worked(settings: Settings, server: Server, file: Path, count: int, commands: int) -> Portal:
    """The portal, after clerks and an import have worked beside it: no command was refused, and all is recorded."""
    folder = folder_of(settings)
    clerks = [Clerk(folder, number, commands) for number in range(CLERKS)]
    with polling(server) as portal:
        taking = begun(folder, "import", "hours", str(file))
        for clerk in clerks:
            clerk.start()
        code, said = report(taking)
        for clerk in clerks:
            clerk.join()
    assert sum((clerk.told.failures for clerk in clerks), Counter[str]()) == Counter()
    assert (code, said["recorded"]) == (0, count)
    assert portal.failed == []
    found = attested(settings)
    told = {content: at for clerk in clerks for content, at in clerk.told.recorded.items()}
    assert {content: [at] for content, at in told.items()} == {one: found[one] for one in told}
    assert len(told) == CLERKS * commands
    assert sum(map(len, found.values())) == len(found) == CLERKS * commands + count
    return portal


@pytest.mark.slow
def test_four_clerks_and_an_import_work_beside_a_portal(settings: Settings, tmp_path: Path):
    with serving(settings.ledger, tmp_path) as server:
        worked(settings, server, rows(tmp_path / "hours.csv", 600, PEOPLE), 600, 3)


@pytest.mark.full
@pytest.mark.timeout(2_400)
def test_four_clerks_with_200_commands_and_20_000_rows_beside_a_portal(
    settings: Settings, tmp_path: Path, figures: list[str]
):
    count = 20_000
    with serving(settings.ledger, tmp_path) as server:
        with polling(server) as rest:
            time.sleep(15)
        portal = worked(settings, server, rows(tmp_path / "hours.csv", count, PEOPLE), count, 200)
    figures.append(
        f"{CLERKS} clerks with 200 commands and {count:,} rows: none refused; the portal's p99 {portal.p99:.1f} ms"
        f" of {len(portal.took)} answers, at rest {rest.p99:.1f} ms of {len(rest.took)}"
    )
    assert portal.p99 <= MOST * rest.p99


def restarted(settings: Settings, folder: Path) -> Server:
    """A server again: whoever holds the ledger for one command is waited for."""
    for _ in range(20):
        with contextlib.suppress(AssertionError):
            return Server(settings.ledger, folder)
    raise AssertionError((folder / "server.log").read_text())


def killed(settings: Settings, folder: Path, commands: int, kills: int) -> tuple[int, int, Counter[str]]:
    """How many commands were acknowledged and killed, and how others failed, while the server was killed too."""
    random, server = Random(kills), Server(settings.ledger, folder)
    clerks = [Clerk(folder_of(settings), number, commands, kills=0.2) for number in range(CLERKS)]
    try:
        for clerk in clerks:
            clerk.start()
        for _ in range(kills):
            time.sleep(random.uniform(0.5, 3))
            server.kill()
            time.sleep(random.uniform(0, 1))
            server = restarted(settings, folder)
        for clerk in clerks:
            clerk.join()
    finally:
        server.kill()
    found = attested(settings)
    assert [content for content, places in found.items() if len(places) != 1] == []
    told = {content: at for clerk in clerks for content, at in clerk.told.recorded.items()}
    assert {content: [at] for content, at in told.items()} == {one: found.get(one) for one in told}
    # Which waits for what is left of a server that was killed.
    with open_to_hold(settings) as ledger:
        assert [one for one in check(ledger.log, ledger.views.all()) if not one.agrees] == []
    failures = sum((clerk.told.failures for clerk in clerks), Counter[str]())
    return len(told), sum(clerk.told.killed for clerk in clerks), failures


@pytest.mark.slow
def test_a_kill_of_server_or_clerk_loses_nothing_that_was_acknowledged(settings: Settings, tmp_path: Path):
    acknowledged, _, failures = killed(settings, tmp_path, commands=4, kills=2)
    assert acknowledged > 0
    assert set(failures) <= {"answer-lost"}


@pytest.mark.full
@pytest.mark.timeout(2_400)
def test_twenty_kills_of_the_server_lose_nothing_that_was_acknowledged(
    settings: Settings, tmp_path: Path, figures: list[str]
):
    acknowledged, kills, failures = killed(settings, tmp_path, commands=60, kills=20)
    assert set(failures) <= {"answer-lost"}
    figures.append(
        f"20 kills of the server and {kills} of clerks: {acknowledged} acknowledged, none lost, none twice;"
        f" {failures.total()} were told that the answer was lost"
    )


@pytest.mark.slow
@pytest.mark.parametrize("end", [Server.kill, Server.stop])
def test_an_import_goes_on_by_itself_when_its_server_ends(
    settings: Settings, tmp_path: Path, end: Callable[[Server], object]
):
    count, folder = 2_000, folder_of(settings)
    server = Server(settings.ledger, tmp_path)
    try:
        taking = begun(folder, "import", "hours", str(rows(tmp_path / "hours.csv", count, PEOPLE)))
        until_begun(settings)
        end(server)
        # Whoever comes now asks the import.
        clerk = Clerk(folder, 1, 2)
        clerk.start()
        code, said = report(taking)
        clerk.join()
    finally:
        server.kill()
    assert (code, said["recorded"], said["unchanged"]) == (0, count, 0)
    assert clerk.told.failures == Counter()
    assert {len(places) for places in attested(settings).values()} == {1}


@pytest.mark.slow
def test_an_import_that_was_killed_is_continued_by_the_next(settings: Settings, tmp_path: Path):
    count, folder = 2_000, folder_of(settings)
    file = str(rows(tmp_path / "hours.csv", count, PEOPLE))
    with serving(settings.ledger, tmp_path):
        taking = begun(folder, "import", "hours", file)
        until_begun(settings)
        taking.send_signal(signal.SIGKILL)
        taking.communicate()
        code, said = report(begun(folder, "import", "hours", file))
    assert (code, said["recorded"] + said["unchanged"]) == (0, count)
    assert 0 < said["recorded"] < count
    assert {len(places) for places in attested(settings).values()} == {1}


def until_begun(settings: Settings) -> None:
    latest = time.monotonic() + 60
    while not attested(settings) and time.monotonic() < latest:
        time.sleep(0.02)
