"""What moves minutes, read past everything else, is what the whole fact moves."""

import pytest
from hypothesis import given as for_all

from ledger.domain.books import KINDS, Books
from ledger.domain.events import Event, VolunteerRegistered
from ledger.domain.postings import postings, postings_of, served_of
from ledger.store import codec
from ledger.store.codec import UnreadableEvent, encode, type_name
from ledger.store.moving import moving
from tests.domain.test_postings import counting, redeeming
from tests.domain.test_postings import moving as giving
from tests.store.test_golden_events import GOLDEN, every, golden


def same(data: str, event: Event) -> None:
    """The text moves what the fact moves."""
    found = moving(data)
    if type(event) not in KINDS:
        assert found is None
        return
    assert found is not None
    assert found[0] is type(event)
    assert postings_of(*found) == postings(event)
    assert served_of(*found) == served_of(type(event), event)
    short, whole = Books(), Books()
    short.add(*found)
    whole.add(type(event), event)
    assert (short.volunteers(), short.accounts()) == (whole.volunteers(), whole.accounts())


@every
def test_every_golden_fact_moves_what_all_of_it_moves(name: str):
    same(golden(name), GOLDEN[name])


@for_all(counting | giving | redeeming)
def test_any_fact_moves_what_all_of_it_moves(event: Event):
    same(encode(event), event)


@pytest.mark.parametrize("name", [name for name in GOLDEN if type(GOLDEN[name]) in KINDS])
def test_only_what_moves_minutes_is_read(name: str):
    found = moving(golden(name))
    assert found is not None
    assert set(found[1].__struct_fields__) < set(GOLDEN[name].__struct_fields__)


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
        '{"type":"credits-donated","giver":' + "[" * 100_000,
        '{"type":"credits-donated","moon":' + "[" * 100_000,
    ],
)
def test_what_cannot_be_read_is_told(data: str):
    with pytest.raises(UnreadableEvent):
        moving(data)


def test_whoever_registers_has_an_account_and_nothing_on_it():
    books = Books()
    found = moving(golden("volunteer-registered"))
    assert found is not None
    assert found[0] is VolunteerRegistered
    books.add(*found)
    assert list(books.volunteers().values()) == [(0, 0)]
