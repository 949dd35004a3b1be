"""`timebank demo`: a year of a county, the same for the same seed."""

import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx
import pytest

from ledger.bootstrap import open_for_reading
from ledger.cli.acts.asking import Drawn
from ledger.cli.tools.demo import most_telling
from ledger.demo.names import PILOT_COMMUNITY
from ledger.demo.story import FIRST, LAST
from ledger.domain.events import (
    DesignationEnded,
    DesignationGranted,
    Event,
    Mode,
    PostLeft,
    PostTaken,
    ServiceApproved,
    VolunteerClockedIn,
    VolunteerRegistered,
)
from ledger.settings import read_settings
from ledger.store import log as logs
from ledger.store.codec import decode
from tests.cli.conftest import SCRIPT, SMALL, assert_they_work, lines, refused, run, small_year, told
from tests.cli.test_private_files import Typed, modes, posix

pytestmark = pytest.mark.slow

F = TypeVar("F", bound=Event)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return small_year(tmp_path_factory)


def facts(year: dict[str, Any], kind: type[F]) -> list[F]:
    """The facts of a kind that the year's log holds."""
    with (
        open_for_reading(read_settings(Path(year["data"]), {})) as ledger,
        ledger.log.store.snapshot() as connection,
    ):
        rows = [row for some in logs.batches(connection, 0, logs.head(connection)) for row in some]
    return [fact for row in rows if isinstance(fact := decode(row.data), kind)]


def digest(folder: str) -> str:
    """Of every row of the log."""
    found = hashlib.sha256()
    with (
        open_for_reading(read_settings(Path(folder), {})) as ledger,
        ledger.log.store.snapshot() as connection,
    ):
        for rows in logs.batches(connection, 0, logs.head(connection)):
            for row in rows:
                found.update(json.dumps(row).encode())
    return found.hexdigest()


def test_a_year_holds_everything_that_may_happen(year: dict[str, Any]):
    with (
        open_for_reading(read_settings(Path(year["data"]), {})) as ledger,
        ledger.log.store.snapshot() as connection,
    ):
        rows = [row for some in logs.batches(connection, 0, logs.head(connection)) for row in some]
    kinds = {row.type for row in rows}
    assert len(rows) == year["facts"] + 2
    assert kinds >= {
        *("community-established", "team-formed", "volunteer-registered", "team-assigned", "post-taken"),
        *("venue-opened", "venue-updated", "activity-published", "activity-reported", "shift-published"),
        *("volunteer-signed-up", "volunteer-waitlisted", "sign-up-promoted", "sign-up-withdrawn"),
        *("volunteer-checked-in", "volunteer-checked-out", "service-reported", "service-approved"),
        *("post-left", "organisation-attached", "organisation-detached", "designation-granted"),
        *("designation-ended", "training-completed", "training-annulled"),
        *("venue-code-renewed", "volunteer-clocked-in"),
        *(
            "offer-published",
            "offer-restocked",
            "redemption-placed",
            "redemption-fulfilled",
            "credits-transferred",
        ),
        *(
            "credits-donated",
            "credits-granted",
            "volunteer-moved",
            "volunteer-suspended",
            "team-assignment-ended",
        ),
    }


def test_people_keep_the_venues_on_site_and_online_and_once_a_month_until_after_midnight(
    year: dict[str, Any],
):
    clocked_in = facts(year, VolunteerClockedIn)
    assert {fact.mode for fact in clocked_in} == set(Mode)
    visits = {fact.visit for fact in clocked_in}
    approved = [fact for fact in facts(year, ServiceApproved) if fact.service.visit in visits]
    assert len(approved) > len(clocked_in) * 9 // 10
    nights = [[served.day for served in fact.days] for fact in approved if len(fact.days) > 1]
    assert all(second - first == timedelta(days=1) for first, second in nights)
    assert len({first.strftime("%Y-%m") for first, _ in nights}) == 12


def test_titles_run_out_or_are_taken_away_and_some_bring_funding(year: dict[str, Any]):
    granted = facts(year, DesignationGranted)
    pilots = [fact for fact in granted if fact.name == PILOT_COMMUNITY]
    assert len({fact.community for fact in pilots}) == 13
    assert 0 < sum(fact.funding_fen is not None for fact in pilots) < 13
    assert any(fact.until is not None and FIRST < fact.until <= LAST for fact in granted)
    [ended] = facts(year, DesignationEnded)
    assert ended.team in {fact.team for fact in granted}


def test_a_liaison_lives_in_the_village_and_who_hands_over_a_post_is_followed_by_another(
    year: dict[str, Any],
):
    taken = facts(year, PostTaken)
    assert {fact.post for fact in taken} == {"branch-president", "information-officer", "liaison"}
    homes = {fact.volunteer: fact.community for fact in facts(year, VolunteerRegistered)}
    liaisons = [fact for fact in taken if (fact.post, fact.on) == ("liaison", FIRST)]
    assert len(liaisons) == 204
    assert all(homes[fact.volunteer] == fact.community for fact in liaisons)
    left = facts(year, PostLeft)
    assert {fact.post for fact in left} == {"branch-president", "liaison"}
    for fact in left:
        followers = {
            one.volunteer
            for one in taken
            if (one.community, one.post, one.on) == (fact.community, fact.post, fact.on)
        }
        assert len(followers) == 1
        assert fact.volunteer not in followers


def test_nobody_is_refused_for_what_never_happened(year: dict[str, Any]):
    """A chapter hears what became of its commands: nobody leaves who did not come, and nothing is approved twice."""
    assert not set(year["refused"]) & {"unknown-visit", "unknown-record", "does-not-hold", "in-no-team"}
    assert sum(year["refused"].values()) < year["facts"] // 50


def test_the_tour_shows_a_statement_of_many_kinds(year: dict[str, Any]):
    def kinds(items: list[dict[str, Any]]) -> int:
        return len({item["event"] for item in items})

    whole = {
        item["id"]: lines("statement", item["id"], "--data", year["data"])
        for item in year["leaderboard"]["items"]
    }
    shown, volunteer = year["statement"], year["balance"]["volunteer"]
    assert [item for item in whole[volunteer] if item in shown["items"]] == shown["items"]
    assert kinds(shown["items"]) == max(map(kinds, whole.values())) > 1


def test_of_long_statements_the_stretch_with_the_most_kinds_of_lines_is_shown():
    plain = statement("vol_most", ["service-approved"] * 40)
    events = [line["event"] for line in plain.items]
    for line, event in ((9, "service-reversed"), (14, "credits-donated"), (35, "credits-granted")):
        events[line] = event
    shown = most_telling([plain, statement("vol_less", events)])
    assert shown.ids["volunteer"] == "vol_less"
    assert [item["line"] for item in shown.items] == list(range(3, 15))
    assert most_telling([plain]).items == plain.items[:12]


def statement(volunteer: str, events: list[str]) -> Drawn:
    """Somebody's statement of a line for each event."""
    items = [{"line": line, "event": event} for line, event in enumerate(events)]
    ids, zone = {"volunteer": volunteer}, ZoneInfo("Asia/Shanghai")
    return Drawn({"items": items}, {}, zone, lambda *_: pytest.fail("more is asked"), ids, {}, LAST)


def test_no_name_or_number_of_anybody_is_in_the_log(year: dict[str, Any]):
    with open_for_reading(read_settings(Path(year["data"]), {})) as ledger:
        [item, *_] = year["leaderboard"]["items"]
        known = ledger.directory.by_id([item["id"]])[item["id"]]
        with ledger.log.store.snapshot() as connection:
            text = "".join(
                row.data for some in logs.batches(connection, 0, logs.head(connection)) for row in some
            )
    assert known.number.startswith("QH20")
    assert known.number not in text
    assert known.phone not in text


def test_every_view_is_what_the_log_says(year: dict[str, Any]):
    checked = told("projections", "check", "--data", year["data"])
    assert {one["agrees"] for one in checked["items"]} == {True}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a year of another seed, told where nothing is masked, by a demo that ends with its tour."""
    folder = tmp_path_factory.mktemp("other") / "bank"
    shown = Typed(0)("demo", *SMALL, "--seed", 1, "--no-serve", "--data", folder)
    assert "curl" not in shown
    return folder


@posix
def test_a_year_was_told_into_a_folder_that_was_open_to_everybody(other: Path):
    assert modes(other) == {}


def test_another_seed_tells_another_year(year: dict[str, Any], other: Path):
    assert digest(str(other)) != digest(year["data"])


def until_it_serves(demo: subprocess.Popen[str]) -> str:
    """What a demo prints, up to the line that says where it serves."""
    assert demo.stdout is not None
    said = ""
    for line in demo.stdout:
        said += line
        if line.startswith("Serving at"):
            return said
    raise AssertionError(said)


def test_people_see_a_tour_of_the_same_year_whose_commands_work_as_printed_until_they_end_it(
    year: dict[str, Any], tmp_path: Path
):
    if shutil.which("curl") is None:
        pytest.skip("there is no curl here")
    folder = str(tmp_path / "a county's folder")
    words = ["demo", *map(str, SMALL), "--data", folder]
    demo = subprocess.Popen(
        [SCRIPT, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        said = until_it_serves(demo)
        # To the byte, though in a process of its own chance hashes strings in another way.
        assert digest(folder) == digest(year["data"])
        assert_what_is_printed_works(said)
        assert_the_tokens_make_a_portal(said)
        # As a terminal does on Ctrl-C: everybody of the group is told.
        os.killpg(demo.pid, signal.SIGINT)
        rest, complaints = demo.communicate(timeout=20)
        assert (demo.returncode, rest, complaints) == (0, "", "")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(demo.pid, signal.SIGKILL)


def assert_what_is_printed_works(said: str) -> None:
    for text in (
        "320 volunteers",
        "Leaderboard of volunteers, 2026-Q2",
        "Contributions, 2026-Q2",
        "Statement of",
    ):
        assert text in said
    lines = said.splitlines()
    commands = [line for line in lines if shlex.quote(str(SCRIPT)) in line or line.startswith("timebank ")]
    requests = [line for line in lines if line.startswith("curl ")]
    assert (len(commands), len(requests)) == (8, 3)
    assert_they_work(commands)
    for request in requests:
        done = subprocess.run(["/bin/sh", "-c", request], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), request
        assert json.loads(done.stdout)["position"] > 0


def assert_the_tokens_make_a_portal(said: str) -> None:
    """The volunteer is of the coordinator's town, and there is something to decide on there."""
    volunteer, coordinator, auditor = (line for line in said.splitlines() if line.startswith("ey"))
    found = re.search(r"^Serving at (http://\S+?)[,.]?(?:\s|$)", said, re.MULTILINE)
    assert found is not None, said
    with httpx.Client(base_url=found[1], trust_env=False) as client:

        def get(token: str, path: str) -> Any:
            response = client.get(path, headers={"Authorization": f"Bearer {token}"})
            assert response.status_code == 200, response.text
            return response.json()

        shown = get(volunteer, "/volunteers/me")
        assert get(coordinator, f"/volunteers/{shown['id']}")["number"] == shown["number"]
        everywhere = get(auditor, "/service-records?state=reported")["items"]
        [one, *_] = own = get(coordinator, "/service-records?state=reported")["items"]
        assert len(own) < len(everywhere)
        approval = f"/service-records/{one['id']}/approval"
        approved = client.post(approval, json={}, headers={"Authorization": f"Bearer {coordinator}"})
        assert approved.status_code == 201, approved.text


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path):
    (tmp_path / "something").write_text("mine")
    assert refused("demo", "--data", tmp_path, code=2)["code"] == "folder-not-empty"


@pytest.mark.parametrize("words", [("--volunteers", 299), ("--activities", 0), ("--seed", -1)])
def test_sizes_are_bounded(words: tuple[object, ...], tmp_path: Path):
    assert run("demo", *words, "--data", tmp_path / "new").exit_code == 2
