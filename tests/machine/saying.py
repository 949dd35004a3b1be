"""What people may say to the machine: few ids, so that they meet, and odd values among the usual ones."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tests.machine.model import Asked

Who = tuple[str, str | None]
"""Who asks, and under which key, if any."""
Place = tuple[str, int, int | None]
"""An assignment's id, a number that picks its team, and after how many days it ends, if it does."""

COMMUNITY_IDS = [f"com_c{number:02}" for number in range(1, 13)]
TEAM_IDS = [f"tea_t{number:02}" for number in range(1, 9)]
VOLUNTEER_IDS = [f"vol_{name}" for name in ("ann", "bob", "cid", "dee", "eve", "fay", "gus")]
RECORD_IDS = [f"rec_n{number:02}" for number in range(1, 41)]
OFFICE = "stf_office"


def ids(prefix: str, most: int) -> SearchStrategy[str]:
    return st.integers(1, most).map(lambda number: f"{prefix}_n{number:02}")


def seldom(odd: SearchStrategy[Any], usual: SearchStrategy[Any], one_in: int = 12) -> SearchStrategy[Any]:
    return st.integers(1, one_in).flatmap(lambda number: odd if number == one_in else usual)


numbers = st.integers(0, 9_999)
"""Which of those there are; the machine knows which there are."""
few = st.integers(0, 31)
"""Which of the first four of those there are, so that the same is chosen again."""
assignments = ids("asg", 30)
transfers = ids("tra", 30)
donations = ids("don", 30)
grants = ids("gra", 30)

actors = st.sampled_from([OFFICE, OFFICE, "stf_clerk", "vol_ann", "vol_bob"])
keys = seldom(
    st.sampled_from(["first", "second"]), st.one_of(st.none(), st.none(), numbers.map(str)), one_in=10
)
who = st.tuples(actors, keys)
levels = st.sampled_from(["county", "town", "town", "village", "village", "village"])
names = seldom(
    st.sampled_from(["", "  ", "NUL\x00", "bidi\u202e", "long" * 51]),
    st.sampled_from(["East", "east ", "ＥＡＳＴ", "West", "城东", "城 东", "\U0001f33b", "ﬀ", "ff"]),
    one_in=30,
)
reasons = st.sampled_from(["mistake", "not-there", "rules-broken"])
codes = st.none() | st.sampled_from(["science", "care"])
brands = st.none() | st.sampled_from(["Science Honeycomb"])

days_from_today = st.sampled_from([None, None, None, None, 0, 0, -1, -1, -2, -3, -10, -31, -400, 1, 5])
"""When a change takes effect, counted from today; None leaves it unsaid."""
untils = st.none() | st.sampled_from([0, 1, 2, 10, -5, 40])
"""Until when a place in a team holds, counted from the day it begins."""
places = st.tuples(assignments, numbers, untils)

credits = seldom(
    st.sampled_from([0, -5, 2**63, 1_000_000_001]), st.sampled_from([1, 15, 15, 30, 60, 61, 240]), one_in=20
)
minutes = seldom(
    st.sampled_from([0, 1441]), st.sampled_from([1, 1, 30, 60, 60, 61, 240, 720, 1380, 1440]), one_in=30
)
service_starts = st.sampled_from([0, 0, -1, -1, -1, -2, -2, -3, -30, -31, -60, -366, 1])
"""The first day of a service, counted from today."""
stretches = seldom(
    st.sampled_from([[], [0, 2], [0, 0], list(range(8))]),
    st.sampled_from([[0], [0], [0], [0], [0, 1], [0, 1], [0, 1, 2]]),
    one_in=15,
)
"""The days of one service, counted from its first."""
programmes = st.none() | st.sampled_from(["Science Windmill", "Smartphones"])
hosts = st.none() | numbers

floors = st.sampled_from([0, 0, -60, -1_000])
rates = st.sampled_from([(1, 1), (1, 1), (2, 1), (3, 2), (1, 0), (7, 3)])


margins = st.sampled_from([{}, {}, {"margin": 30}])
hold_days = st.sampled_from([{}, {}, {"hold_days": 1}, {"hold_days": 3}])
"""What a policy need not say: then no minute more counts than was checked in, and a hold lasts 30 days."""


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    served, credited = draw(rates)
    return {
        **draw(margins),
        **draw(hold_days),
        "name": "standard",
        "version": draw(st.integers(1, 2)),
        "rate": {"served": served, "credits": credited},
        "floor": draw(floors),
        "stars": (6_000, 18_000),
    }


ACTIVITIES = (("act_walk", "Walk"), ("act_ramble", "ＷＡＬＫ"), ("act_talk", "Talk"))
"""What is served at, by id and name: the first two may be one."""


def service(
    record: str,
    volunteer: str,
    programme: str | None,
    host: str | None,
    visit: str | None = None,
    at: int = 0,
) -> dict[str, Any]:
    """What a record says of a service, at one of the activities."""
    activity, name = ACTIVITIES[at]
    said = {"record": record, "volunteer": volunteer, "activity": activity, "activity_name": name}
    said |= {"place": "Hall", "content": "Company", "role": "helper", "unit": "Office", "in_charge": None}
    return {**said, "programme": programme, "hosted_by": host, "evidence": "attested", "visit": visit}


def opening_words(day: Callable[[int], date | None]) -> Iterator[Asked]:
    """How every run begins: a small county in which some have served already."""
    yield Asked("close_community", {"community": "com_c01", "day": None}, OFFICE)
    yield Asked("open_ledger", {"origin": "timebank", "zone": "Asia/Shanghai"}, OFFICE)
    policy = {
        "name": "standard",
        "version": 1,
        "rate": {"served": 1, "credits": 1},
        "floor": 0,
        "stars": (6_000,),
        "hold_days": 3,
    }
    yield Asked("adopt_policy", {"policy": policy, "effective": day(-100)}, OFFICE)
    places = [
        ("c01", "county", None, "城东"),
        ("c02", "town", "com_c01", "East"),
        ("c03", "town", "com_c01", "West"),
    ]
    places += [("c04", "village", "com_c02", "East"), ("c05", "village", "com_c03", "West")]
    places += [("c06", "village", "com_c03", "East")]
    for number, level, parent, name in places:
        said = {"name": name, "level": level, "parent": parent, "day": day(-300)}
        yield Asked("establish_community", {"community": f"com_{number}", **said}, OFFICE)
    teams = (("tea_t01", "com_c02", None), ("tea_t02", "com_c05", None), ("tea_t03", "com_c06", "tea_t01"))
    for team, community, parent in teams:
        said = {"parent": parent, "field": None, "brand": None, "day": None}
        yield Asked("form_team", {"team": team, "name": team, "community": community, **said}, OFFICE)
    member = {"assignment": "asg_n01", "team": "tea_t01", "role": "member", "until": None}
    homes = [("vol_ann", "com_c04", member), ("vol_bob", "com_c05", None), ("vol_cid", "com_c06", None)]
    homes += [("vol_dee", "com_c06", None), ("vol_gus", "com_c04", None)]
    for volunteer, home, place in homes:
        said = {"community": home, "place": place, "day": day(-50)}
        yield Asked("register_volunteer", {"volunteer": volunteer, **said}, OFFICE)
    merger = {"community": "com_c06", "into": "com_c05", "day": day(-1)}
    yield Asked("merge_community", merger, OFFICE)
    yield Asked("suspend_volunteer", {"volunteer": "vol_dee", "reason": "mistake", "day": day(-5)}, OFFICE)
    how = ["attest_service", "attest_service", "report_service", "report_service", "report_service"]
    whose = ["vol_ann", "vol_bob", "vol_ann", "vol_bob", "vol_cid"]
    for kind, record, volunteer, minutes in zip(
        how, RECORD_IDS, whose, [240, 1440, 1200, 1, 1440], strict=False
    ):
        days = [{"day": day(-2), "minutes": minutes}]
        said = {"service": service(record, volunteer, None, None), "days": days}
        yield Asked(kind, said, "stf_clerk")
    gift = {"donation": "don_n01", "giver": "vol_bob", "community": "com_c04", "minutes": 120}
    yield Asked("donate_credits", gift, OFFICE)
