"""Lists from page to page, while what they list comes, goes and moves."""

from datetime import date
from typing import Any

import pytest

from ledger.api.reading import Read
from ledger.api.table import READS
from ledger.bootstrap import Ledger
from ledger.domain.commands import Command
from ledger.domain.service import ReverseService
from ledger.domain.sign_ups import WithdrawSignUp
from ledger.domain.venues import ReviseVenue
from ledger.operations.callers import LIMITED, Role
from tests.api.conftest import Call, Client, problem
from tests.api.crowd import CROWDED, hear, venue
from tests.api.lists import FIGURES, LISTS, Leaving, Listed, paged, pages, whole
from tests.api.village import ANN, COUNTY, EVE, HILLS, OFFICE, VALLEY
from tests.small_bank import attest

pytestmark = pytest.mark.databases("sqlite")

LOSING = [(one, one.leaving) for one in LISTS if one.leaving is not None]


def test_every_list_is_tried_here():
    assert {one.name for one in LISTS} == {read.name for read in READS if pages(read)}


NOT_FOR_EVERYBODY = [
    read
    for read in READS
    if pages(read) and not read.parameters
    if read.access.roles and read.access.roles & LIMITED == {Role.COORDINATOR}
]


@pytest.mark.parametrize("read", NOT_FOR_EVERYBODY, ids=lambda read: read.name)
def test_a_coordinator_is_told_of_their_own_area_and_of_whom_lives_there(
    as_: Call, admin: Client, crowd: Ledger, read: Read
):
    every = {str(one): one for one in admin.read(read.path, limit=200)["items"]}
    theirs = [
        as_(Role.COORDINATOR, OFFICE, one).read(read.path, limit=200)["items"] for one in (HILLS, COUNTY)
    ]
    of_the_hills, of_the_county = ({str(one) for one in some} for some in theirs)
    assert of_the_hills < of_the_county <= every.keys()
    for one in map(every.__getitem__, of_the_hills):
        assert HILLS in {one.get("community"), one.get("home")} or one.get("volunteer") == EVE


@pytest.mark.slow
@pytest.mark.databases("sqlite", "postgres")
def test_pages_of_any_size_are_the_list(admin: Client, crowd: Ledger):
    # A page of one says how a list goes on, which is the same code on either database.
    limits = (1, 3) if crowd.log.store.embedded else (3,)
    for listed in LISTS:
        items = whole(admin, listed)
        assert len(items) >= 5, listed
        for limit in limits:
            pages = [page["items"] for page in paged(admin, listed, limit)]
            assert [item for page in pages for item in page] == items, listed


@pytest.mark.databases("sqlite", "postgres")
def test_a_cursor_whose_community_was_closed_goes_on_after_it(admin: Client):
    """As it was found: the list was told from its beginning."""
    county = admin.record("/communities", {"name": "甲县", "level": "county"})["made"]["community"]
    towns = [_community(admin, name, "town", county) for name in ("东镇", "西镇")]
    for name, town in (("一村", 0), ("二村", 0), ("三村", 1)):
        _community(admin, name, "village", towns[town])
    names = [one["name"] for one in admin.read("/communities")["items"]]
    assert names[-4:] == ["一村", "三村", "东桥村", "二村"]
    first = admin.read("/communities", limit=len(names) - 2)
    admin.record(f"/communities/{first['items'][-1]['id']}/closure")
    rest = admin.read("/communities", limit=5, cursor=first["next_cursor"])
    assert ([one["name"] for one in rest["items"]], rest["next_cursor"]) == (["东桥村", "二村"], None)


@pytest.mark.databases("sqlite", "postgres")
@pytest.mark.parametrize(("listed", "leaving"), LOSING, ids=[str(one) for one, _ in LOSING])
def test_what_comes_after_an_item_that_left_is_told(
    admin: Client, crowd: Ledger, listed: Listed, leaving: Leaving
):
    before = whole(admin, listed)
    first = admin.read(listed.path, **listed.query, limit=2)
    hear(crowd, leaving(before[1]), by=OFFICE)
    now = whole(admin, listed)
    assert _its_own(before[1]) not in map(_its_own, now)
    rest = admin.read(listed.path, **listed.query, limit=200, cursor=first["next_cursor"])
    assert rest["items"] == now[1:]
    assert len(now) == len(before) - 1
    # So it is where one that was told before leaves too.
    hear(crowd, leaving(before[0]), by=OFFICE)
    rest = admin.read(listed.path, **listed.query, limit=200, cursor=first["next_cursor"])
    assert rest["items"] == whole(admin, listed)
    assert len(rest["items"]) == len(before) - 2


@pytest.mark.databases("sqlite", "postgres")
@pytest.mark.parametrize(("name", "told"), [("馆", "earlier"), ("馆9", "later")])
def test_a_list_goes_on_from_where_an_item_was_that_moved(admin: Client, crowd: Ledger, name: str, told: str):
    before = admin.read("/venues")["items"]
    first = admin.read("/venues", limit=2)
    moved = before[1]
    hear(crowd, ReviseVenue(venue=venue(moved["id"], name)))
    rest = admin.read("/venues", cursor=first["next_cursor"])["items"]
    unmoved = [one["id"] for one in rest if one["id"] != moved["id"]]
    assert unmoved == [one["id"] for one in before[2:]]
    assert (moved["id"] in {one["id"] for one in rest}) == (told == "later")


def test_a_name_of_the_greatest_length_has_a_place(admin: Client):
    rare = "\N{CJK UNIFIED IDEOGRAPH-20000}"
    for last in ("\N{CJK UNIFIED IDEOGRAPH-20001}", "\N{IDEOGRAPHIC SPACE}x", '"\\'):
        body = {"name": rare * (200 - len(last)) + last, "level": "village", "parent": VALLEY}
        admin.record("/communities", body)
    listed = Listed("listCommunities", "/communities", {"parent": VALLEY})
    assert [page["items"][0] for page in paged(admin, listed)] == whole(admin, listed)


@pytest.mark.databases("sqlite", "postgres")
@pytest.mark.parametrize("listed", [one for one in LISTS if one.name in FIGURES], ids=str)
def test_pages_of_figures_are_of_one_moment_or_one_begins_again(admin: Client, crowd: Ledger, listed: Listed):
    first = admin.read(listed.path, **listed.query, limit=2)
    then = whole(admin, listed)
    # On a board whoever comes last stays last; what a community contributed is part of what the first one did.
    hear(crowd, *_serve(then[-1], 1))
    now = whole(admin, listed)
    assert (now[:2] == then[:2]) == (listed.name == "listLeaderboardPlaces")
    if now[:2] == then[:2]:
        rest = admin.read(listed.path, **listed.query, limit=200, cursor=first["next_cursor"])
        assert rest["items"] == now[2:]
    # Who was last is first, so that the page that was told is no more.
    hear(crowd, *_serve(then[-1], 1_000))
    refused = admin.get(listed.path, **listed.query, cursor=first["next_cursor"])
    assert problem(refused) == (409, "list-changed")
    pinned = {**listed.query, "known_at": first["position"]}
    assert whole(admin, listed._replace(query=pinned)) == then
    hear(crowd, attest(EVE, 900, date(2026, 3, 9), "rec_more"))
    at_that = [page["items"][0] for page in paged(admin, listed._replace(query=pinned))]
    assert at_that == then


def test_places_of_a_board_that_were_told_do_not_come_again(admin: Client, crowd: Ledger):
    """As it was found: a board was counted from its top, so that whoever rose pushed others into the next page."""
    first = admin.read("/leaderboards/volunteers", limit=3)
    risen = admin.read("/leaderboards/volunteers")["items"][-1]["id"]
    hear(crowd, attest(risen, 1_000, date(2026, 3, 9), "rec_risen"))
    refused = admin.get("/leaderboards/volunteers", limit=3, cursor=first["next_cursor"])
    assert problem(refused) == (409, "list-changed")
    chinese = admin.get(
        "/leaderboards/volunteers", {"Accept-Language": "zh"}, cursor=first["next_cursor"]
    ).json()
    assert chinese["title"] == "列表在翻页期间已变动"
    anew = [page["items"][0]["id"] for page in paged(admin, Listed("", "/leaderboards/volunteers"))]
    assert len(anew) == len(set(anew))


@pytest.mark.databases("sqlite", "postgres")
def test_who_moved_up_on_a_roster_is_not_passed_over(admin: Client, crowd: Ledger):
    path = f"/shifts/{CROWDED}/roster"
    items = admin.read(path)["items"]
    assert [one["state"] for one in items] == ["placed"] * 2 + ["waiting"] * 4
    placed, waiting = (admin.read(path, limit=limit)["next_cursor"] for limit in (1, 3))
    # The first leaves, and the first who waits gets the place: this is after the one place, and before the other.
    hear(crowd, WithdrawSignUp(sign_up=items[0]["sign_up"]))
    now = admin.read(path)["items"]
    assert [one["sign_up"] for one in now] == [one["sign_up"] for one in items[1:]]
    assert [one["state"] for one in now] == ["placed"] * 2 + ["waiting"] * 3
    assert admin.read(path, cursor=placed)["items"] == now
    assert problem(admin.get(path, cursor=waiting)) == (409, "list-changed")


@pytest.mark.parametrize(
    "query",
    [{}, {"order": "newest"}, {"as_of": "2026-03-31"}, {"period": "2026-01"}, {"known_at": "now"}],
    ids=str,
)
def test_lines_of_a_statement_keep_their_numbers(admin: Client, crowd: Ledger, query: dict[str, Any]):
    path, asked = f"/volunteers/{ANN}/statement", dict(query)
    if "known_at" in asked:
        asked["known_at"] = admin.read(path)["position"]
    first, then = admin.read(path, **asked, limit=2), admin.read(path, **asked)["items"]
    hear(
        crowd,
        attest(ANN, 5, date(2025, 12, 31), "rec_early"),
        ReverseService(record="rec_ann1", reason="entered-twice"),
    )
    rest = admin.read(path, **asked, cursor=first["next_cursor"])["items"]
    assert (first["items"] + rest)[: len(then)] == then
    assert all(line["position"] > first["position"] for line in rest[len(then) - 2 :])


def _its_own(item: dict[str, Any]) -> str:
    """What tells an item from all others of its list."""
    return next(item[name] for name in ("id", "assignment", "sign_up") if name in item)


def test_lines_of_an_explanation_keep_their_numbers(admin: Client, crowd: Ledger):
    path = f"/audit/explanations/{ANN}"
    first, then = admin.read(path, limit=2), admin.read(path)["items"]
    hear(
        crowd,
        attest(ANN, 5, date(2025, 12, 31), "rec_early"),
        ReverseService(record="rec_ann1", reason="entered-twice"),
    )
    rest = admin.read(path, cursor=first["next_cursor"])
    lines = [(one["line"], one["thing"], one["credit_balance"]) for one in (*first["items"], *rest["items"])]
    assert lines[: len(then)] == [(one["line"], one["thing"], one["credit_balance"]) for one in then]
    assert [thing for _, thing, _ in lines[len(then) :]] == ["rec_early", "rec_ann1"]
    assert rest["adds_up"] is True
    assert rest["credit_minutes"] == lines[-1][2]


def _community(admin: Client, name: str, level: str, parent: str) -> str:
    body = {"name": name, "level": level, "parent": parent}
    return admin.record("/communities", body)["made"]["community"]


def _serve(last: dict[str, Any], minutes: int) -> list[Command]:
    """Let whoever has the last place have so many minutes more."""
    # Each new village is the home of one new volunteer, whose id is like its own.
    volunteer = last["id"].replace("com_", "vol_")
    return [attest(volunteer, minutes, date(2026, 3, 8), f"rec_last{minutes}")]
