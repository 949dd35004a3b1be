"""Offers and redemptions at the counter."""

import json
from datetime import timedelta

import pytest

from ledger.application import utc_now
from ledger.bootstrap import Ledger
from ledger.domain.redemption_state import State
from ledger.store.deciding import DecisionBatch
from tests.cli.conftest import ANN, BOB, Counter, run


@pytest.fixture
def shop(counter: Counter) -> Counter:
    """Ann and Bob have two hours each, and there is rice."""
    for volunteer in (ANN, BOB):
        counter.attest(volunteer, 120)
    counter.told("offer", "publish", "大米", "--price", 30, "--stock", 5, "--community", "荷塘村")
    return counter


def redeem(counter: Counter, volunteer: str = ANN, items: int = 1) -> str:
    return str(counter.fact("redeem", volunteer, "大米", "--items", items)["redemption"])


def states(counter: Counter, *words: object) -> dict[str, str]:
    return {one["id"]: one["state"] for one in counter.told("redemption", "list", *words)["items"]}


def test_an_offer_is_published_restocked_and_closed(shop: Counter):
    shop.told("offer", "restock", "大米", 3)
    [offer] = shop.told("offer", "list")["items"]
    assert (offer["name"], offer["kind"], offer["price"], offer["free"]) == ("大米", "goods", 30, 8)
    assert "大米   goods  30 min" in shop.run("offer", "list").stdout
    shop.told("offer", "close", "大米")
    assert shop.told("offer", "list")["items"] == []
    assert "--all" in shop.run("offer", "list").stdout
    assert "closed" in shop.run("offer", "list", "--all").stdout
    assert shop.refused("redeem", ANN, "大米", code=2)["code"] == "unknown-offer"
    assert shop.refused("redeem", ANN, offer["id"])["code"] == "offer-over"


def test_an_ambiguous_offer_is_refused_with_its_candidates(shop: Counter):
    shop.told("offer", "publish", "大米", "--price", 25, "--stock", 1, "--until", "2999-01-01")
    error = shop.refused("redeem", ANN, "大米", code=2)
    assert error["code"] == "ambiguous"
    assert sorted(one["price"] for one in error["candidates"]) == [25, 30]
    assert "大米, 25 min, 20" in error["message"]


def test_what_is_redeemed_is_held_then_spent_and_may_come_back(shop: Counter):
    order = redeem(shop, items=2)
    assert shop.told("balance", ANN)["credit_minutes"] == 60
    shop.told("redemption", "fulfil", order)
    assert shop.refused("redemption", "fulfil", order)["code"] == "already-settled"
    shop.told("redemption", "return", order, "--reason", "broken")
    assert shop.told("balance", ANN)["credit_minutes"] == 120
    assert states(shop) == {order: "returned"}


def test_what_is_not_wanted_is_cancelled(shop: Counter):
    order = redeem(shop)
    shop.told("redemption", "cancel", order, "--reason", "changed-mind")
    assert states(shop) == {order: "cancelled"}


def test_too_much_is_refused_in_words(shop: Counter):
    assert shop.refused("redeem", ANN, "大米", "--items", 9)["code"] == "out-of-stock"
    assert shop.refused("redeem", ANN, "大米", "--items", 5)["code"] == "not-enough-credits"


def test_redemptions_are_listed_by_volunteer_offer_and_state(shop: Counter):
    first, second = redeem(shop), redeem(shop, BOB)
    shop.told("redemption", "fulfil", second)
    assert states(shop, "--volunteer", ANN) == {first: "placed"}
    assert states(shop, "--state", "fulfilled") == {second: "fulfilled"}
    assert set(states(shop, "--offer", "大米")) == {first, second}
    said = shop.run("redemption", "list").stdout
    assert f"{ANN}        大米       1   30 min  placed" in said
    assert "There are no such redemptions." in shop.run("redemption", "list", "--state", "expired").stdout


def test_a_long_list_is_told_whole(shop: Counter, monkeypatch: pytest.MonkeyPatch):
    orders = {redeem(shop), redeem(shop), redeem(shop, BOB)}
    monkeypatch.setattr("ledger.cli.acts.asking.ITEMS_A_READ", 1)
    said = shop.run("redemption", "list").stdout
    lines = shop.run("redemption", "list", "--json", "--all").stdout.splitlines()
    assert [one for one in orders if one not in said] == []
    assert {json.loads(line)["id"] for line in lines} == orders


def test_a_dry_run_records_nothing(shop: Counter):
    shop.dry("redeem", ANN, "大米")
    shop.dry("offer", "publish", "油", "--price", 60, "--stock", 0)
    assert states(shop) == {}


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clocks stand a hundred days on."""

    def now() -> object:
        return utc_now() + timedelta(days=100)

    decide = DecisionBatch.__init__

    def sit(
        self: DecisionBatch, connection: object, boundaries: object, _now: object, event_id: object
    ) -> None:
        decide(self, connection, boundaries, now, event_id)  # type: ignore[arg-type]

    monkeypatch.setattr(DecisionBatch, "__init__", sit)
    today = Ledger.today
    monkeypatch.setattr(Ledger, "today", lambda ledger: today(ledger) + timedelta(days=100))


def test_whatever_is_due_is_released_one_by_one(shop: Counter, request: pytest.FixtureRequest):
    due, fetched = {redeem(shop), redeem(shop, BOB)}, redeem(shop)
    shop.told("redemption", "fulfil", fetched)
    assert "No hold is due." in shop.run("redemption", "expire", "--due").stdout
    assert shop.told("redemption", "expire", "--due")["items"] == []
    assert shop.refused("redemption", "expire", min(due))["code"] == "not-expired-yet"

    request.getfixturevalue("later")

    before = shop.head()
    would = shop.told("redemption", "expire", "--due", "--dry-run")["items"]
    assert {one["body"]["events"][0]["redemption"] for one in would} == due
    assert shop.head() == before
    said = shop.run("redemption", "expire", "--due").stdout
    assert said.count("redemption expired, position") == 2
    assert states(shop) == dict.fromkeys(due, "expired") | {fetched: "fulfilled"}


def test_one_that_is_refused_stops_no_other(
    shop: Counter, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
):
    order = redeem(shop)
    request.getfixturevalue("later")

    def twice(*_: object, **__: object) -> list[object]:
        class Due:
            id, volunteer, offer_name = order, ANN, "大米"

        return [Due, Due]

    monkeypatch.setattr("projections.redemptions.Redemptions.due", twice)
    [released, error] = shop.told("redemption", "expire", "--due", code=1)["items"]
    assert released["body"]["events"][0]["redemption"] == order
    assert error["body"]["code"] == "already-settled"
    result = shop.run("redemption", "expire", "--due")
    assert result.exit_code == 1
    assert order in result.stdout


@pytest.mark.parametrize("words", [(), ("red_one", "--due"), ("one",)])
def test_it_is_one_redemption_or_all_that_are_due(shop: Counter, words: tuple[str, ...]):
    assert shop.refused("redemption", "expire", *words, code=2)


def test_the_states_to_choose_from_are_the_domain_s():
    said = run("redemption", "list", "-h").stdout
    assert all(state in said for state in State)


def test_a_redemption_is_shown_though_it_has_items_that_are_no_list(shop: Counter):
    said = shop.run("redemption", "show", redeem(shop))
    assert said.exit_code == 0, said.output
    assert ["items", "1"] in [line.split() for line in said.stdout.splitlines()]


def test_an_offer_is_shown_with_the_day_on_which_it_begins(shop: Counter):
    [begins] = [line for line in shop.run("offer", "show", "大米").stdout.splitlines() if "begins" in line]
    assert len(begins.split()[1:]) == 1
