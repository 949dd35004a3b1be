"""Cursors of every list: taken as they were given, and by that list."""

import base64
import hashlib
from collections.abc import Iterator
from itertools import islice

import msgspec
import pytest

from ledger.bootstrap import Ledger
from ledger.operations.callers import Role
from tests.api.conftest import Call, Client, problem
from tests.api.lists import LISTS, whole
from tests.api.village import EVE
from tests.sizes import examples

pytestmark = pytest.mark.databases("sqlite")

REFUSED = (422, "invalid-request")
EVERY = examples(7, 1)


@pytest.mark.slow
def test_a_cursor_with_a_letter_cut_off_or_changed_is_refused(admin: Client, crowd: Ledger):
    cursors = [admin.read(one.path, **one.query, limit=2)["next_cursor"] for one in LISTS]
    others = [*cursors[1:], cursors[0]]
    for number, (listed, cursor, other) in enumerate(zip(LISTS, cursors, others, strict=True)):
        # A seventh of all damages to each: any list's cursor is sealed and opened by the same code.
        some = islice(damaged(cursor), number % EVERY, None, EVERY)
        for one in (*some, other):
            refused = admin.get(listed.path, **listed.query, limit=2, cursor=one)
            assert problem(refused) == REFUSED, (listed, one)
            assert [error["parameter"] for error in refused.json()["errors"]] == ["cursor"]
        again = admin.read(listed.path, **listed.query, limit=2, cursor=cursor)
        assert again["items"] == whole(admin, listed)[2:4]


def damaged(cursor: str) -> Iterator[str]:
    """A cursor cut, extended, and with another last letter: some spell the same bytes."""
    yield from (cursor[:-1], cursor[:-2], cursor[1:], cursor[: len(cursor) // 2], cursor[:1], "")
    yield from (cursor + more for more in ("A", "=", "==", " ", "\n", "é", "\N{GRINNING FACE}"))
    yield from (cursor[:-1] + one for one in "+/-_. ABCDwxyz" if one != cursor[-1])
    yield cursor.swapcase()


def test_a_cursor_fits_pages_of_any_size_and_whoever_waits(admin: Client, crowd: Ledger):
    for listed in LISTS:
        items = whole(admin, listed)
        cursor = admin.read(listed.path, **listed.query, limit=1)["next_cursor"]
        for more in ({"limit": 3}, {"limit": 200, "min_position": 1}):
            page = admin.read(listed.path, **listed.query, **more, cursor=cursor)
            assert page["items"] == items[1 : 1 + more["limit"]], listed


def test_a_cursor_of_another_ledger_is_refused(admin: Client, crowd: Ledger, monkeypatch):
    first = admin.read("/teams", limit=1)
    opened = msgspec.structs.replace(crowd.opened(), id=f"evt_{'0' * 26}")
    monkeypatch.setattr(type(crowd), "opened", lambda _: opened)
    assert problem(admin.get("/teams", cursor=first["next_cursor"])) == REFUSED


def test_a_board_s_cursor_tells_nobody_s_id(as_: Call, crowd: Ledger):
    cursor = as_(Role.VOLUNTEER, EVE).read("/leaderboards/volunteers", limit=2)["next_cursor"]
    content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    assert b"vol_" not in content
    assert b"QH" not in content


def test_a_board_s_cursor_let_who_holds_the_log_try_out_whose_number_is_which_id(
    as_: Call, admin: Client, crowd: Ledger
):
    cursor = as_(Role.VOLUNTEER, EVE).read("/leaderboards/volunteers", limit=2)["next_cursor"]
    content = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    places = admin.read("/leaderboards/volunteers", limit=2)["items"]
    key = crowd.opened().id.encode()

    def is_told(**known: None) -> bool:
        rows = [
            [place["rank"], place["id"], {**place, **known}["number"], place["minutes"]] for place in places
        ]
        tried = hashlib.blake2b(msgspec.json.encode(rows), digest_size=16, key=key).hexdigest()
        return tried.encode() in content

    assert (is_told(), is_told(number=None)) == (False, True)
