"""What people may say of places, activities, shifts and visits: few of each, near each other in time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.machine.model import Asked
from tests.machine.saying import OFFICE, seldom

VENUE_IDS = [f"ven_n{number:02}" for number in range(1, 9)]
ACTIVITY_IDS = [f"act_n{number:02}" for number in range(1, 7)]
SHIFT_IDS = [f"shi_n{number:02}" for number in range(1, 21)]
SIGN_UP_IDS = [f"sig_n{number:02}" for number in range(1, 61)]
VISIT_IDS = [f"vis_n{number:02}" for number in range(1, 21)]

themes = seldom(st.just("  "), st.sampled_from(["Stars", "Fossils"]), one_in=20)
codes = seldom(st.sampled_from(["short", "under_score"]), st.sampled_from(["CODE-1", "CODE-2"]), one_in=12)
kinds = st.sampled_from(["park", "hall"])
coordinates = st.none() | st.fixed_dictionaries(
    {
        "latitude": seldom(st.just(90_000_001), st.sampled_from([0, -27_954_000]), one_in=20),
        "longitude": st.just(120_700_000),
        "crs": st.sampled_from(["wgs84", "gcj02"]),
    }
)
participants = seldom(st.just(-1), st.sampled_from([10, 10, 20]), one_in=20)

bands = st.sampled_from(["adult", "adult", "minor", "minor-with-consent"])
skills = st.sampled_from(["first-aid", "sign-language"])

stays = seldom(st.just(25 * 60), st.sampled_from([None, None, None, 0, 30, 90]), one_in=20)
"""After how many minutes somebody who came leaves, if at once in the same breath."""
hours_from_now = st.sampled_from([-26, -1, 0, 0, 1, 1, 2, 2, 3, 8, 24, 25, 48])
"""When a shift begins."""
lengths = seldom(st.sampled_from([0, -1, 169]), st.sampled_from([1, 2, 2, 3, 13, 26, 168]), one_in=20)
"""How many hours it takes."""
roles = seldom(
    st.sampled_from([[], [("helper", 0)], [("helper", 1), ("helper", 1)], [("helper", 500), ("guide", 1)]]),
    st.sampled_from([[("helper", 1)], [("helper", 1)], [("helper", 2)], [("helper", 1), ("guide", 1)]]),
    one_in=20,
).map(lambda places: [{"role": role, "places": some} for role, some in places])
waitlists = seldom(st.sampled_from([-1, 501]), st.sampled_from([0, 1, 1, 2]), one_in=20)
ages = st.sampled_from([(), (), (), ("adult",), ("adult", "minor-with-consent")])
wanted_skills = st.sampled_from([(), (), (), ("first-aid",), ("first-aid", "sign-language")])
wanted_roles = seldom(st.just("cook"), st.sampled_from(["helper", "helper", "helper", "guide"]), one_in=20)


def venue(identifier: str, community: str, name: str, kind: str, where: Any = None) -> dict[str, Any]:
    said = {"id": identifier, "name": name, "kind": kind, "community": community}
    return {**said, "unit": "Office", "content": "Company", "coordinates": where}


def activity(
    identifier: str, community: str, name: str, venue: str | None, programme: str | None
) -> dict[str, Any]:
    said = {"id": identifier, "name": name, "programme": programme, "campaign": None, "form": "on-site"}
    said |= {"audience": None, "community": community, "venue": venue, "place": "Green"}
    return {**said, "content": "Stars", "unit": "Office", "in_charge": None}


def opening_words(day: Callable[[int], date | None], clock: datetime) -> Iterator[Asked]:
    """A venue, an activity, and shifts today that meet each other, with people who have places and who wait."""
    place = {"venue": venue("ven_n01", "com_c04", "Green", "park"), "theme": None, "code": "CODE-1"}
    yield Asked("open_venue", {**place, "day": day(-40)}, OFFICE)
    walk = activity("act_n01", "com_c04", "Walk", "ven_n01", "Science Windmill")
    yield Asked("publish_activity", {"activity": walk, "day": day(0)}, OFFICE)
    for name, band in (("bob", "adult"), ("cid", "minor-with-consent"), ("gus", "minor")):
        yield Asked("note_age_band", {"volunteer": f"vol_{name}", "band": band, "day": day(-20)}, OFFICE)
    said = {"volunteer": "vol_bob", "skill": "first-aid", "until": None, "day": day(-20)}
    yield Asked("recognise_skill", said, OFFICE)
    shifts = (("shi_n01", 1, 2, 2), ("shi_n02", 2, 3, 1), ("shi_n03", 3, 26, 0))
    shifts += (("shi_n04", 49, 6, 1), ("shi_n05", 50, 3, 1))
    for shift, begins, hours, waitlist in shifts:
        times = {"begins": clock + timedelta(hours=begins), "ends": clock + timedelta(hours=begins + hours)}
        said = {"shift": shift, "activity": "act_n01", **times, "waitlist": waitlist, "ages": ()}
        said |= {"roles": [{"role": "helper", "places": 1}], "skills": ()}
        yield Asked("publish_shift", said, OFFICE)
    whose = [("shi_n01", "ann"), ("shi_n01", "bob"), ("shi_n01", "cid"), ("shi_n02", "bob")]
    whose += [("shi_n04", "ann"), ("shi_n05", "bob"), ("shi_n04", "bob")]
    for sign_up, (shift, name) in zip(SIGN_UP_IDS, whose, strict=False):
        said = {"sign_up": sign_up, "shift": shift, "volunteer": f"vol_{name}", "role": "helper"}
        yield Asked("sign_up", said, OFFICE)
    # Bob, who waits, is at another shift: the place stays free until a coordinator sees that he can come.
    yield Asked("withdraw_sign_up", {"sign_up": "sig_n05"}, OFFICE)
