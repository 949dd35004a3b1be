"""Ids: opaque, prefixed, new; random where they stand for people and events."""

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from ledger.domain import ids, tags
from ledger.domain.ids import ActorId, EventId, VolunteerId, derived_id, new_event_id, new_id

PREFIXES: dict[str, Any] = {
    found[1]: kind
    for name, kind in vars(ids).items()
    if name.endswith("Id") and (found := re.match(r"\^([a-z]{3})_", kind.__metadata__[0].pattern))
    if kind is not EventId
}
"""The kinds of ids there are, but those of events, by what they begin with."""


def is_one(text: str, kind: object) -> bool:
    try:
        return msgspec.convert(text, kind) == text
    except msgspec.ValidationError:
        return False


def test_every_thing_has_a_tag_and_a_person_in_charge_has_none():
    assert PREFIXES.keys() == ids.KINDS.keys() | {"per"}


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_kind_of_id_takes_a_new_one_of_its_own_and_no_other(prefix: str):
    new = new_id(prefix)
    assert re.fullmatch(rf"{prefix}_[0-9a-f]{{32}}", new)
    assert [known for known, kind in PREFIXES.items() if is_one(new, kind)] == [prefix]


def test_new_ids_differ():
    assert len({new_id("vol") for _ in range(1_000)}) == 1_000
    assert len({new_event_id() for _ in range(1_000)}) == 1_000


@pytest.mark.parametrize("prefix", sorted(PREFIXES.keys() - {"vol", "per"}))
def test_ids_of_things_sort_by_the_moment_of_their_making(prefix: str, monkeypatch: pytest.MonkeyPatch):
    made = list[str]()
    for milliseconds in (0, 9, 10, 1_795_216_800_000, 2**48 - 1):
        monkeypatch.setattr("time.time_ns", lambda now=milliseconds: now * 1_000_000)
        made.append(new_id(prefix))
    assert made == sorted(made)
    assert {len(one) for one in made} == {len(prefix) + 33}


@pytest.mark.parametrize("prefix", ["vol", "per", "evt"])
def test_ids_of_people_and_events_tell_no_time(prefix: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("time.time_ns", lambda: 1_795_216_800_000_000_000)
    assert len({new_id(prefix)[4:10] for _ in range(20)}) > 1


def test_an_event_has_an_id_of_128_random_bits():
    assert is_one(new_event_id(), EventId)
    assert not is_one("evt_short", EventId)


def test_an_actor_is_a_volunteer_or_staff():
    assert is_one("vol_ann", ActorId)
    assert is_one("stf_clerk", ActorId)
    assert not is_one("com_mill", ActorId)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "vol",
        "vol_",
        "vol_an",
        "VOL_ann",
        "vol_Ann",
        "vol_安安安",
        "vol_ann\n",
        "vol_ann:x",
        " vol_ann",
    ],
)
def test_an_id_is_nothing_but_its_prefix_and_a_body(text: str):
    assert not is_one(text, VolunteerId)


def test_an_id_is_bounded():
    assert is_one("vol_" + "a" * 32, VolunteerId)
    assert not is_one("vol_" + "a" * 33, VolunteerId)


@for_all(st.text(), st.text())
def test_the_same_parts_give_the_same_id(one: str, other: str):
    try:
        assert is_one(derived_id("act", one, other), PREFIXES["act"])
    except UnicodeEncodeError:
        return
    assert derived_id("act", one, other) == derived_id("act", one, other)
    assert (derived_id("act", one) == derived_id("act", other)) == (one == other)
    assert derived_id("act", one) != derived_id("rec", one)


def test_a_derived_id_stays_what_it_is_for_ever():
    """A second import finds a record by it: another way of deriving would record everything twice."""
    assert derived_id("rec", "office", "2025-0001") == "rec_a337a22edc5d1f08d29119e50d5ba088"
    assert derived_id("act", "观星夜", "2025-09-05", "Mill") == "act_ca77c5e0fba7184c929151889ffac122"


@pytest.mark.parametrize(
    ("identifier", "tag"),
    [
        ("vol_ann", "volunteer:vol_ann"),
        ("com_mill", "community:com_mill"),
        ("tea_herons", "team:tea_herons"),
        ("asg_stay", "assignment:asg_stay"),
        ("act_stars", "activity:act_stars"),
        ("rec_stars", "record:rec_stars"),
        ("tra_gift", "transfer:tra_gift"),
        ("don_gift", "donation:don_gift"),
        ("gra_gift", "grant:gra_gift"),
        ("ten_cadre", "tenure:ten_cadre"),
        ("org_school", "organisation:org_school"),
        ("att_school", "attachment:att_school"),
        ("des_pilot", "designation:des_pilot"),
        ("trn_aid", "training:trn_aid"),
        ("off_rice", "offer:off_rice"),
        ("red_order", "redemption:red_order"),
    ],
)
def test_a_thing_is_found_under_its_kind_and_id(identifier: str, tag: str):
    assert tags.about(identifier) == tag
