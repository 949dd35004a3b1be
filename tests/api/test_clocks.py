"""Figures over HTTP by the two clocks."""

from typing import Any

import pytest

from tests.api.conftest import Client
from tests.api.village import DAN, HEAD, SINGERS, VALLEY

pytestmark = pytest.mark.databases("sqlite")
A_DAY, DAY_BEFORE = "2026-03-01", "2026-02-28"


def attested(admin: Client, minutes: int = 30, day: str = "2026-03-02") -> None:
    service = {
        **{"volunteer": DAN, "activity": "act_walk", "activity_name": "Walk", "place": "Hall"},
        **{"content": "Company", "role": "helper", "unit": "Office", "evidence": "attested"},
    }
    admin.record(
        "/service-records/attestations", {"service": service, "days": [{"day": day, "minutes": minutes}]}
    )


@pytest.mark.databases("sqlite", "postgres")
def test_each_figure_is_told_by_both_clocks(admin: Client):
    attested(admin)
    balance = f"/volunteers/{DAN}/balance"
    board, figures = "/leaderboards/volunteers", f"/communities/{VALLEY}/contributions"

    def minutes(path: str, **query: Any) -> Any:
        told = admin.read(path, **query)
        items = told.get("items", [told])
        return [one.get("service_minutes", one.get("minutes")) for one in items]

    later, head = minutes(balance), HEAD + 1
    assert admin.read(balance)["position"] == head
    assert minutes(balance, known_at=HEAD) == [later[0] - 30] == minutes(balance, as_of=A_DAY)
    assert minutes(balance, known_at=head) == later
    assert minutes(balance, as_of=DAY_BEFORE) == [0]
    assert minutes(f"/volunteers/{DAN}/statement", as_of=A_DAY)[-1:] == [600]
    assert minutes(f"/volunteers/{DAN}/statement", known_at=0) == []
    assert minutes(board, known_at=HEAD)[0] == minutes(board)[0] - 30
    assert minutes(board, as_of=DAY_BEFORE) == []
    assert minutes(figures, known_at=HEAD)[0] == minutes(figures)[0] - 30
    assert minutes(figures, as_of=DAY_BEFORE)[0] == 0
    assert minutes(f"/teams/{SINGERS}", as_of=DAY_BEFORE) == [0]


def test_stars_are_those_of_the_minutes_and_the_policy_of_then(admin: Client):
    for day in range(1, 6):
        attested(admin, 1_400, f"2026-04-0{day}")
    balance = f"/volunteers/{DAN}/balance"
    assert admin.read(balance)["stars"] > admin.read(balance, known_at=HEAD)["stars"]
    assert admin.read(balance, known_at=1)["stars"] == 0, "no policy was known"


def test_the_end_of_a_day_and_an_instant_are_moments(admin: Client):
    balance = f"/volunteers/{DAN}/balance"
    for moment in ("2026-01-01", "2026-01-01T00:00:00Z", "2026-01-01T09:00:00.5+08:00"):
        assert admin.read(balance, known_at=moment)["service_minutes"] == 0
    page = admin.read(f"/volunteers/{DAN}/statement", known_at=HEAD, limit=1)
    rest = admin.read(f"/volunteers/{DAN}/statement", known_at=HEAD, limit=1, cursor=page["next_cursor"])
    assert rest["items"][0]["line"] == page["items"][0]["line"] + 1


@pytest.mark.parametrize(
    "moment",
    ["", "soon", "2026-01-01T09:00", "9999-12-31", "2026-13-01", "-1", "²", "9" * 30, "2999-01-01", "999999"],
)
def test_a_moment_that_is_none_or_has_not_come_is_refused(admin: Client, moment: str):
    response = admin.get(f"/volunteers/{DAN}/balance", known_at=moment)
    assert admin.refused(response) == (422, "invalid-request")
    assert response.json()["errors"][0]["parameter"] == "known_at"


def test_a_day_that_is_none_is_refused(admin: Client):
    response = admin.get("/leaderboards/teams", as_of="2026-02-30")
    assert admin.refused(response) == (422, "invalid-request")
