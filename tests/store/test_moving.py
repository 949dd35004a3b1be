"""What moves minutes, read past everything else, is what the whole fact moves."""

from collections import Counter

import pytest
from hypothesis import given as for_all

from ledger.domain.books import KINDS, Books
from ledger.domain.events import CreditsDonated, Event, VolunteerRegistered
from ledger.domain.postings import postings, service_lines
from ledger.store import codec
from ledger.store.codec import encode, type_name
from ledger.store.minutes_decoder import Moving, moving
from tests.domain.test_postings import counting, redeeming
from tests.domain.test_postings import moving as giving
from tests.store.test_golden_events import GOLDEN, every, golden


def same(data: str, event: Event) -> None:
    """The text comes to what the lines of the fact come to."""
    found, unread = moving([(1, data.encode())])
    assert unread is None
    if type(event) not in KINDS:
        assert not any(found.values())
        assert (postings(event), service_lines(event)) == ((), ())
        return
    assert counted(found) == {type(event): 1}
    books = Books()
    books.add(type(event), found[type(event)])
    assert (books.volunteers(), books.accounts()) == by_lines(event)


def counted(found: Moving) -> dict[type[Event], int]:
    return {kind: len(facts) for kind, facts in found.items() if facts}


def by_lines(event: Event) -> tuple[dict[str, tuple[int, int]], dict[str, int]]:
    """Both books of one fact, from its lines: volunteers' minutes of service and of credits, and other accounts."""
    service, credits = Counter[str](), Counter[str]()
    if isinstance(event, VolunteerRegistered):
        service[event.volunteer] = 0
    for line in service_lines(event):
        service[line.volunteer] += line.minutes
    for posting in postings(event):
        credits[posting.account] += posting.minutes
    own = {
        volunteer: (minutes, credits.pop(f"volunteer:{volunteer}", 0))
        for volunteer, minutes in service.items()
    }
    own |= {
        account.removeprefix("volunteer:"): (0, credits.pop(account))
        for account in [*credits]
        if account.startswith("volunteer:")
    }
    return own, dict(credits)


@every
def test_every_golden_fact_moves_what_all_of_it_moves(name: str):
    same(golden(name), GOLDEN[name])


@for_all(counting | giving | redeeming)
def test_any_fact_moves_what_all_of_it_moves(event: Event):
    same(encode(event), event)


@pytest.mark.parametrize("name", [name for name in GOLDEN if type(GOLDEN[name]) in KINDS])
def test_only_what_moves_minutes_is_read(name: str):
    found, _ = moving([(1, golden(name).encode())])
    (narrow,) = found[type(GOLDEN[name])]
    assert set(narrow.__struct_fields__) < set(GOLDEN[name].__struct_fields__)


@every
def test_a_fact_stored_under_an_old_name_moves_the_same(name: str, monkeypatch: pytest.MonkeyPatch):
    kind = type_name(type(GOLDEN[name]))
    monkeypatch.setitem(codec.RENAMED, "old-name", kind)
    same(golden(name).replace(f'"type":"{kind}"', '"type":"old-name"', 1), GOLDEN[name])


@every
def test_a_text_that_begins_otherwise_moves_the_same(name: str):
    same(golden(name).replace('{"type":', '{ "type": ', 1), GOLDEN[name])


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        '{"type":"',
        '{"type":"service-noticed"}',
        golden("service-attested").replace('"minutes":90', '"minutes":"90"'),
        golden("credits-donated").replace('"giver"', '"taker"'),
        golden("credits-donated")[:-1],
        golden("service-reported")[:-1],
        '{"type":"credits-donated","giver":' + "[" * 100_000,
        '{"type":"credits-donated","moon":' + "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_read(data: str):
    donated = golden("credits-donated")
    found, unread = moving(enumerate([donated.encode(), data.encode(), donated.encode(), b"{"], start=7))
    assert counted(found) == {CreditsDonated: 2}
    assert unread == 8


def test_whoever_registers_has_an_account_and_nothing_on_it():
    books = Books()
    found, _ = moving([(1, golden("volunteer-registered").encode())])
    assert counted(found) == {VolunteerRegistered: 1}
    books.add(VolunteerRegistered, found[VolunteerRegistered])
    assert list(books.volunteers().values()) == [(0, 0)]
