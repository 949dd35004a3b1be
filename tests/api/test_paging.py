"""Cursors and pages by themselves: whatever is done to a cursor, and whatever happens between two pages."""

import json
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.operations.cursors import MOST_CHARACTERS, Number, Text, place_in, sealed
from ledger.operations.paging import Order, Page, PageQuery, page, page_of_figures, window
from ledger.operations.question import Moment
from ledger.operations.refused import Problem

PLACES = st.tuples(st.text(max_size=20).filter(lambda text: "\0" not in text), st.integers(0, 2**63 - 1))
KIND = tuple[Text, Number]
SPELLING = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n\0é"


class Key(NamedTuple):
    """A row: what it is sorted by, often that of another too, and what is its own."""

    by: int
    own: int


KEYS = st.builds(Key, st.integers(0, 5), st.integers(0, 9))
CHANGES = st.lists(st.tuples(st.sets(KEYS), st.sets(KEYS)), max_size=6)
"""What comes and what goes, from page to page."""


def moment(cursor: str | None = None, *, limit: int = 50, route: str = "listThings", **ids: str) -> Moment:
    ledger = SimpleNamespace(opened=lambda: SimpleNamespace(id="evt_" + "7" * 32))
    query = PageQuery(cursor=cursor, limit=limit)
    return Moment(route, cast(Any, ledger), cast(Any, None), 0, ids, query, cast(Any, None), "en")


def code_of(cursor: str, kind: Any = KIND, *, asked: Moment | None = None) -> str:
    with pytest.raises(Problem) as caught:
        place_in(asked or moment(), cursor, kind)
    (fault,) = caught.value.errors
    assert fault.parameter == "cursor"
    return caught.value.kind.code


@given(PLACES)
def test_a_cursor_gives_its_place_back(place: tuple[str, int]):
    cursor = sealed(moment(), place)
    assert place_in(moment(), cursor, KIND) == place
    assert len(cursor) <= MOST_CHARACTERS


@given(PLACES, st.data())
def test_a_cursor_that_was_changed_or_cut_anywhere_is_refused(place: tuple[str, int], data: st.DataObject):
    cursor = sealed(moment(), place)
    at = data.draw(st.integers(0, len(cursor) - 1))
    letter = data.draw(st.sampled_from(SPELLING.replace(cursor[at], "")))
    for other in (
        cursor[:at] + letter + cursor[at + 1 :],
        cursor[:at] + letter + cursor[at:],
        cursor[:at] + cursor[at + 1 :],
        cursor[:at],
        cursor[at + 1 :],
        cursor + letter,
    ):
        # To take one letter out of two alike changes nothing but which of them is left.
        if other != cursor:
            assert code_of(other) == "invalid-request"


@pytest.mark.parametrize("place", [("x", 1), ("", 0), ("东桥村", 2**63 - 1)])
def test_no_letter_of_a_cursor_can_be_another_one(place: tuple[str, int]):
    cursor = sealed(moment(), place)
    for at, letter in enumerate(cursor):
        assert code_of(cursor[:at]) == "invalid-request"
        for other in SPELLING.replace(letter, ""):
            assert code_of(cursor[:at] + other + cursor[at + 1 :]) == "invalid-request"


@given(st.text(st.characters()) | st.text(SPELLING))
def test_a_text_that_is_no_cursor_is_refused(text: str):
    assert code_of(text) == "invalid-request"


def test_a_cursor_fits_its_own_list_alone():
    cursor = sealed(moment(volunteer="vol_ann"), 7)
    for asked in (moment(volunteer="vol_bob"), moment(route="listOthers", volunteer="vol_ann")):
        assert code_of(cursor, Number, asked=asked) == "invalid-request"


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (-1, Number),
        (2**63, Number),
        (10**400, Number),
        (1.5, Number),
        (True, Number),
        ("1", Number),
        ("a\0b", Text),
        (7, Text),
        (None, Text),
        (["a"], tuple[Text, Text]),
        (["a", "b", "c"], tuple[Text, Text]),
        (["a", "b\0"], tuple[Text, Text]),
    ],
)
def test_a_place_of_another_kind_is_refused_even_under_the_right_seal(place: Any, kind: Any):
    """As a list's own cursor would be, once the list is sorted by something else."""
    assert code_of(forged(place), kind) == "invalid-request"


@given(KEYS, st.sets(KEYS), st.booleans(), st.integers(1, 4), CHANGES)
def test_nothing_that_stays_in_a_list_is_skipped_or_told_twice(
    first: Key, rows: set[Key], falling: bool, limit: int, changes: list[tuple[set[Key], set[Key]]]
):
    order: Order[Key, tuple[int, int]] = Order(tuple[Number, Number], lambda row: (row.by, row.own), falling)
    rows, told = {first, *rows}, list[Key]()
    stayed, ever, cursor, turn = set(rows), set(rows), None, iter(changes)
    while True:
        some = window(sorted(rows, reverse=falling), order)
        found = page(moment(cursor, limit=limit), some, order, lambda _, rows: rows)
        told += found.items
        if found.next_cursor is None:
            break
        cursor = found.next_cursor
        coming, going = next(turn, (set[Key](), set[Key]()))
        rows = (rows | coming) - going
        stayed, ever = stayed & rows, ever | rows
    assert told == sorted(set(told), reverse=falling)
    assert stayed <= set(told) <= ever


@given(st.lists(KEYS, unique=True), st.integers(1, 4), st.lists(st.none() | st.lists(KEYS, unique=True)))
def test_ranks_are_of_one_moment_or_one_begins_again(
    rows: list[Key], limit: int, changes: list[list[Key] | None]
):
    told, cursor, turn, refused = list[Key](), None, iter(changes), None
    while True:
        try:
            found = ranks(rows, cursor, limit)
        except Problem as problem:
            refused = problem.kind.code
            break
        told += found.items
        if found.next_cursor is None:
            break
        cursor = found.next_cursor
        change = next(turn, None)
        rows = rows if change is None else change
    assert refused == (None if rows[: len(told)] == told else "list-changed")
    assert refused or told == rows


def test_a_rank_further_down_may_change_between_pages():
    rows = [Key(by, own) for by, own in ((5, 0), (4, 0), (3, 0), (2, 0))]
    first = ranks(rows, None, 2)
    assert ranks([*rows[:2], Key(1, 1)], first.next_cursor, 2).items == [Key(1, 1)]
    assert ranks(rows[:2], first.next_cursor, 2).items == []
    for others in ([rows[1], rows[0], *rows[2:]], rows[:1], [], [Key(6, 0), *rows]):
        with pytest.raises(Problem, match="list-changed"):
            ranks(others, first.next_cursor, 2)


@pytest.mark.parametrize("place", [[0, "x"], [-1, "x"], [2**60, "x"], [10**30, "x"], [1, 2], ["1", "x"], [1]])
def test_a_count_of_ranks_that_no_page_gives_is_refused(place: Any):
    with pytest.raises(Problem, match="invalid-request"):
        ranks([], forged(place), 1)


def forged(place: Any) -> str:
    """A cursor under the right seal; its place may be what no list can have."""
    return sealed(moment(), msgspec.Raw(json.dumps(place).encode()))


def ranks(rows: Sequence[Key], cursor: str | None, limit: int) -> Page[Key]:
    return page_of_figures(moment(cursor, limit=limit), lambda many: rows[:many], lambda _, some: some)
