"""Opening a ledger, its public name, and the policies it runs by."""

from datetime import UTC, date, datetime

import msgspec
import pytest

from ledger.domain.commands import InvalidInput
from ledger.domain.events import LedgerNamed
from ledger.domain.minutes import MINUTES_A_DAY, MOST_MINUTES
from ledger.domain.opening import AlreadyOpen, NameLedger, NameUnchanged, OpenLedger
from ledger.domain.policies import AdoptPolicy, PolicyUnchanged
from ledger.domain.policy import PRESETS, STANDARD, Policy, Rate
from tests.scenario import MONDAY, SUNDAY, TOMORROW, ZONE, given
from tests.stories_world import adopted, opened, policy

BANK = "青禾区志愿者银行"


def named(name: str) -> LedgerNamed:
    return LedgerNamed(on=SUNDAY, name=name)


def open_ledger(origin: str = "timebank", zone: str = ZONE) -> OpenLedger:
    return OpenLedger(origin=origin, zone=zone)


def adopt(what: Policy = STANDARD, effective: date = date.min) -> AdoptPolicy:
    return AdoptPolicy(policy=what, effective=effective)


# --- opening --------------------------------------------------------------------------------------------------------


def test_a_ledger_is_opened_with_its_name_and_its_zone():
    given().when(open_ledger()).then(opened())


def test_a_ledger_is_opened_once():
    given(opened()).when(open_ledger()).then_refused(AlreadyOpen)
    given(opened()).when(open_ledger("other", "Europe/Oslo")).then_refused(AlreadyOpen)


@pytest.mark.parametrize(
    "zone",
    ["Asia/Shanghia", "asia", "Asia", "上海", "../etc/localtime", "/etc/localtime", "tzdata.zi", "UTC+8"],
)
def test_a_zone_is_one_that_there_is(zone: str):
    given().when(open_ledger(zone=zone)).then_refused(InvalidInput, field="zone")


@pytest.mark.parametrize("zone", ["localtime", "posixrules"])
def test_a_zone_is_the_same_on_every_machine(zone: str):
    """It was not: a ledger opened in the zone "localtime" had other days wherever it was copied to."""
    given().when(open_ledger(zone=zone)).then_refused(InvalidInput, field="zone")


@pytest.mark.parametrize(
    ("zone", "day"), [("Asia/Shanghai", TOMORROW), ("UTC", SUNDAY), ("America/New_York", SUNDAY)]
)
def test_a_ledger_opens_on_the_day_of_its_own_zone(zone: str, day: date):
    """It opened on the day of UTC: before eight in the morning in Shanghai, that was yesterday."""
    evening = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
    given().when(open_ledger(zone=zone), now=evening).then(opened(zone, on=day))


def test_a_ledgers_name_is_a_code():
    given().when(open_ledger("Time Bank")).then_malformed("origin")


def test_a_ledger_may_be_opened_with_a_language_and_a_public_name():
    wanted = msgspec.structs.replace(open_ledger(), language="zh", name=BANK)
    given().when(wanted).then(msgspec.structs.replace(opened(), language="zh"), named(BANK))


def test_a_ledger_that_is_open_is_not_named_by_opening_it_again():
    """It was renamed: the name was a command of its own, which was taken though the opening was refused."""
    given(opened()).when(msgspec.structs.replace(open_ledger(), name=BANK)).then_refused(AlreadyOpen)


# --- the public name --------------------------------------------------------------------------------------------------


def test_a_ledger_is_called_what_was_said_last():
    given().when(NameLedger(name=BANK)).then(named(BANK))
    given(named(BANK)).when(NameLedger(name="Qinghe")).then(named("Qinghe"))
    given(named(BANK), named("Qinghe")).when(NameLedger(name=BANK)).then(named(BANK))


def test_the_same_name_again_changes_nothing():
    given(named(BANK)).when(NameLedger(name=BANK)).then_refused(NameUnchanged, name=BANK)
    given(named("Qinghe")).when(NameLedger(name="qinghe")).then(named("qinghe"))


@pytest.mark.parametrize("name", ["", "  ", "East\nWest", "East\u202e", "x" * 201])
def test_a_public_name_is_one_as_communities_have(name: str):
    given().when(NameLedger(name=name)).then_malformed("name")
    given().when(msgspec.structs.replace(open_ledger(), name=name)).then_malformed("name")


# --- policies -------------------------------------------------------------------------------------------------------


def test_a_policy_is_adopted_whole_from_a_day_on():
    event = given(adopted()).when(adopt(policy("generous", floor=-60), MONDAY)).events[0]
    assert event == adopted(policy("generous", floor=-60), MONDAY)
    assert event.on == MONDAY


def test_a_policy_may_begin_in_the_past_or_in_the_future():
    given().when(adopt(effective=date.min)).then(adopted(effective=date.min))
    given().when(adopt(effective=date.max)).then(adopted(effective=date.max))


def test_a_policy_that_stands_is_not_adopted_again():
    given(adopted()).when(adopt()).then_refused(PolicyUnchanged, name="standard", day="0001-01-01")


def test_a_policy_may_be_adopted_again_from_another_day():
    given(adopted()).when(adopt(effective=MONDAY)).then(adopted(effective=MONDAY))


def test_a_policy_replaced_on_its_day_may_be_adopted_for_that_day_again():
    """It was refused: once replaced, a policy could never be in force from its day again."""
    replaced = adopted(STANDARD, MONDAY), adopted(policy("other"), MONDAY)
    given(*replaced).when(adopt(STANDARD, MONDAY)).then(adopted(STANDARD, MONDAY))
    given(*replaced).when(adopt(policy("other"), MONDAY)).then_refused(PolicyUnchanged)


def test_the_standard_policy_grants_a_minute_for_a_minute():
    assert PRESETS == {"standard": STANDARD}
    assert [STANDARD.credits_for(minutes) for minutes in (0, 1, 59, 1_440)] == [0, 1, 59, 1_440]
    assert STANDARD.floor == 0


@pytest.mark.parametrize(
    ("hours", "stars"),
    [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1000, 4), (1499, 4), (1500, 5), (9999, 5)],
)
def test_the_standard_policy_has_the_stars_of_the_2012_text(hours: int, stars: int):
    assert STANDARD.stars_for(hours * 60) == stars
    assert STANDARD.stars_for(hours * 60 + 59) == stars
    assert STANDARD.stars_for(-1) == 0


@pytest.mark.parametrize(
    ("served", "credits", "minutes", "granted"),
    [(60, 10, 90, 15), (60, 10, 59, 9), (30, 1, 29, 0), (1, 3, 7, 21), (7, 0, 70, 0)],
)
def test_a_rate_is_a_pair_of_integers_and_rounds_down(served: int, credits: int, minutes: int, granted: int):
    rated = msgspec.structs.replace(STANDARD, rate=Rate(served=served, credits=credits))
    assert rated.credits_for(minutes) == granted


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("name", "Standard"),
        ("version", 0),
        ("rate.served", 0),
        ("rate.credits", -1),
        ("floor", 1),
        ("floor", -MOST_MINUTES - 1),
        ("stars[0]", 0),
        ("stars", 21),
        ("hold_days", 0),
        ("hold_days", 367),
    ],
)
def test_a_policy_holds_what_a_policy_may(field: str, bad: int | str):
    given().when(adopt(broken(field, bad))).then_malformed(f"policy.{field}")


def broken(field: str, bad: int | str) -> Policy:
    match field:
        case "rate.served":
            return msgspec.structs.replace(STANDARD, rate=msgspec.structs.replace(STANDARD.rate, served=bad))
        case "rate.credits":
            return msgspec.structs.replace(STANDARD, rate=msgspec.structs.replace(STANDARD.rate, credits=bad))
        case "stars[0]":
            return msgspec.structs.replace(STANDARD, stars=(bad,))
        case "stars":
            return msgspec.structs.replace(STANDARD, stars=tuple(range(1, int(bad) + 1)))
        case _:
            return msgspec.structs.replace(STANDARD, **{field: bad})


def test_no_policy_grants_more_for_a_day_than_one_movement_carries():
    """One could: under it a full day's record could not be stored, and the command failed instead of being refused."""
    most = MOST_MINUTES // MINUTES_A_DAY
    rich = msgspec.structs.replace(STANDARD, rate=Rate(served=1, credits=most))
    assert given().when(adopt(rich)).events
    assert rich.credits_for(MINUTES_A_DAY) <= MOST_MINUTES
    richer = msgspec.structs.replace(STANDARD, rate=Rate(served=1, credits=most + 1))
    given().when(adopt(richer)).then_malformed("policy.rate.credits")
