"""What a line of a statement tells of its fact is what the whole fact says, for every kind that moves minutes."""

from pathlib import Path

import pytest

from ledger.domain.accounts import pool_account, volunteer_account
from ledger.domain.events import (
    CountedService,
    CreditsDonated,
    CreditsGranted,
    CreditsTransferred,
    Event,
    RedemptionEvent,
)
from ledger.domain.postings import MOVING
from ledger.store.codec import UnreadableEvent, decode, type_name
from projections.lines import Booked, told
from projections.view import instant_text

FOLDER = Path(__file__).parents[1] / "data" / "golden"
TEXTS = {path.name: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.json"))}
FACTS = {name: decode(text) for name, text in TEXTS.items() if text.startswith('{"type":"')}
MOVED = {name: fact for name, fact in FACTS.items() if type(fact) in MOVING}
BOOKED = Booked(7, "2026-03-01", 60, 30, 1, 90, 45)


def about(fact: Event, volunteer: str) -> str:
    match fact:
        case CountedService():
            return fact.service.activity_name
        case RedemptionEvent():
            return fact.offer_name
        case CreditsTransferred():
            return volunteer_account(fact.receiver if fact.giver == volunteer else fact.giver)
        case CreditsDonated() | CreditsGranted():
            return pool_account(fact.community)
        case _:
            return ""


def test_there_is_a_fact_of_every_kind():
    assert {type(fact) for fact in MOVED.values()} == MOVING


@pytest.mark.parametrize("name", MOVED)
def test_a_line_tells_of_its_fact_what_all_of_it_says(name: str):
    fact = MOVED[name]
    for volunteer in (getattr(fact, "giver", "vol_ann"), getattr(fact, "receiver", "vol_ann")):
        line = told(volunteer, BOOKED, TEXTS[name])
        assert (line.event, line.at, line.by, line.about, line.reason) == (
            type_name(type(fact)),
            instant_text(fact.at),
            fact.by,
            about(fact, volunteer),
            getattr(fact, "reason", None),
        )
        assert (line.position, line.line, line.credit_balance) == (7, 1, 45)


@pytest.mark.parametrize("data", ["", "[]", '{"type":"credits-donated"}', "[" * 100_000])
def test_what_is_no_fact_is_told_as_such(data: str):
    with pytest.raises(UnreadableEvent):
        told("vol_ann", BOOKED, data)
