"""Many callers over real connections: one place goes to one volunteer, and one key has one effect."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from ledger.application import Ask, request_tag
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.domain.activities import PublishActivity
from ledger.domain.events import Activity, RolePlaces
from ledger.domain.shifts import PublishShift
from ledger.settings import Settings
from ledger.store import log as logs
from tests.contest.served import Server, crowd, posting, serving
from tests.originals import url_in
from tests.small_bank import A_DAY, ANN, BOB, STAFF, TOWN, attest, begin, register

CONNECTIONS = 64
SHIFT = "shi_one"


class Fill:
    """What is there before the race: so many volunteers, and a shift with one place."""

    def __init__(self, volunteers: int) -> None:
        self.names = [f"vol_{number:05}" for number in range(volunteers)]

    def __call__(self, ledger: Ledger) -> None:
        begin(ledger.bank, ANN, BOB)
        begins = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)
        activity = Activity(
            id="act_one",
            name="重阳节慰问",
            programme=None,
            campaign=None,
            form="on-site",
            audience=None,
            community=TOWN,
            venue=None,
            place="文化馆",
            content="慰问",
            unit="志愿服务队",
            in_charge=None,
        )
        shift = PublishShift(
            shift=SHIFT,
            activity="act_one",
            begins=begins,
            ends=begins + timedelta(hours=2),
            roles=(RolePlaces(role="guide", places=1),),
        )
        commands = [
            *map(register, self.names),
            PublishActivity(activity=activity, day=begins.date()),
            shift,
            attest(ANN, 1_000, A_DAY),
            attest(ANN, 1_000, A_DAY + timedelta(days=1)),
        ]
        outcomes = ledger.bank.handle_many([Ask(command, STAFF) for command in commands])
        assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []


@dataclass
class Served:
    """A ledger, what was there before the race, and the server that everybody comes to."""

    settings: Settings
    fill: Fill
    server: Server


@contextmanager
def served(url: str, folder: Path, volunteers: int) -> Iterator[Served]:
    people = url if url.startswith("postgres") else f"sqlite:///{folder / 'directory.sqlite'}"
    settings, fill = Settings(url, people), Fill(volunteers)
    with open_for_writing(settings, create=True) as ledger:
        fill(ledger)
    with serving(url, folder) as server:
        yield Served(settings, fill, server)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def at_hand(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for both small races, as it starts for a second, and neither touches what the other is about."""
    folder = tmp_path_factory.mktemp("races")
    with ExitStack() as stack:
        url = url_in(folder)
        if request.param == "postgres":
            url = stack.enter_context(request.getfixturevalue("postgres").database())
        yield stack.enter_context(served(url, folder, 100))


def sign_up_at_once(race: Served) -> Counter[tuple[int, str]]:
    path = f"/shifts/{SHIFT}/sign-ups"
    asks = [posting(path, {"volunteer": name, "role": "guide"}) for name in race.fill.names]
    answers = asyncio.run(crowd(race.server, CONNECTIONS, asks))
    return Counter((answer.status_code, answer.json().get("code", "")) for answer in answers)


@pytest.mark.slow
def test_one_place_goes_to_one_of_a_hundred(at_hand: Served):
    assert sign_up_at_once(at_hand) == {(201, ""): 1, (409, "shift-full"): 99}


@pytest.mark.full
def test_one_place_goes_to_one_of_two_thousand(database_url: str, tmp_path: Path, figures: list[str]):
    with served(database_url, tmp_path, 2_000) as race:
        outcomes = sign_up_at_once(race)
    figures.append(f"2,000 sign-ups over HTTP for one place: {dict(outcomes)}")
    assert outcomes == {(201, ""): 1, (409, "shift-full"): 1_999}


def replay(race: Served, keys: int, times: int) -> None:
    asks = [
        posting("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1}, f"key-{key}")
        for _ in range(times)
        for key in range(keys)
    ]
    answers = asyncio.run(crowd(race.server, CONNECTIONS, asks))
    told: dict[str, list[httpx.Response]] = {}
    for answer in answers:
        told.setdefault(answer.request.headers["idempotency-key"], []).append(answer)
    assert len(told) == keys
    for some in told.values():
        assert [answer.status_code for answer in some] == [201] * times
        assert len({answer.content for answer in some}) == 1
        assert sum("idempotency-replayed" in answer.headers for answer in some) == times - 1
    with open_for_reading(race.settings) as ledger, ledger.log.store.snapshot() as connection:
        tags = [request_tag(STAFF, f"key-{key}") for key in range(keys)]
        assert Counter(tag for tag, _, _ in logs.tagged(connection, tags)) == dict.fromkeys(tags, 1)
        balance = ledger.views.balances.get(connection, BOB)
        assert balance is not None
        assert balance.credit_minutes == keys


@pytest.mark.slow
def test_a_key_that_is_used_five_times_at_once_has_one_effect(at_hand: Served):
    replay(at_hand, keys=10, times=5)


@pytest.mark.full
def test_a_thousand_keys_that_are_used_five_times_at_once_have_one_effect_each(
    database_url: str, tmp_path: Path
):
    with served(database_url, tmp_path, 0) as race:
        replay(race, keys=1_000, times=5)
