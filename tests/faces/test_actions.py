"""What is done or asked at either door is the same: the facts, what is answered, refused, and what need not be said."""

import json
import re
import sqlite3
import threading

import pytest

from tests.api.village import ANN, BOB, COUNTY, EVE, HILLS, NUMBERS, SINGERS, TEA, VALLEY, VILLAGE
from tests.api.village_places import CHOIR, COMING, FREED, HALL
from tests.faces.conftest import DOORS, Asked, Door, Open

ANN_S, BOB_S, EVE_S = (NUMBERS[who] for who in (ANN, BOB, EVE))
OF_ANN, OF_BOB, OF_EVE = (f"number:{number}" for number in (ANN_S, BOB_S, EVE_S))
COMING_BY_NAME = "合唱排练@2026-12-01T12:30"
WANG = {"number": "QH0042", "name": "王秀兰"}


def register(number: str = WANG["number"], name: str = WANG["name"]) -> Asked:
    return Asked(
        "/volunteers",
        {"community": "东桥村", "place": {"team": "合唱队"}, "person": {"number": number, "name": name}},
        (
            *("volunteer", "register", "--number", number, "--name", name),
            *("--community", "东桥村", "--team", "合唱队"),
        ),
    )


def establish(name: str, parent: str) -> Asked:
    return Asked(
        "/communities", {"name": name, "parent": parent}, ("community", "establish", name, "--parent", parent)
    )


def report(activity: str, day: str = "2026-11-30") -> Asked:
    return Asked(
        "/service-records",
        {"service": {"volunteer": OF_BOB, "activity": activity}, "days": [{"day": day, "minutes": 60}]},
        ("record", "report", BOB_S, "--activity", activity, "--day", day, "--minutes", 60),
    )


def leave(number: str) -> Asked:
    return Asked("/assignments/current/end", {"volunteer": f"number:{number}"}, ("team", "leave", number))


def transfer(receiver: str, minutes: int) -> Asked:
    return Asked(
        "/transfers",
        {"giver": OF_ANN, "receiver": f"number:{receiver}", "minutes": minutes},
        ("transfer", ANN_S, receiver, minutes),
    )


def redeem(offer: str, items: int = 1) -> Asked:
    return Asked(
        "/redemptions",
        {"offer": offer, "volunteer": OF_ANN, "items": items},
        ("redeem", ANN_S, offer, "--items", items),
    )


def rename_team(team: str) -> Asked:
    return Asked(f"/teams/{team}/name", {"name": "老年队"}, ("team", "rename", team, "老年队"))


def rename_community(community: str) -> Asked:
    return Asked(
        f"/communities/{community}/name", {"name": "新桥村"}, ("community", "rename", community, "新桥村")
    )


def publish_shift(*roles: str) -> Asked:
    begins, ends = "2026-12-20T09:00", "2026-12-20T11:00"
    return Asked(
        "/shifts",
        {
            "activity": "露天电影",
            "begins": f"{begins}:00+08:00",
            "ends": f"{ends}:00+08:00",
            "roles": [{"role": role, "places": 2} for role in roles],
        },
        (
            *("shift", "publish", "露天电影", "--begins", begins, "--ends", ends),
            *(word for role in roles for word in ("--places", f"{role}=2")),
        ),
    )


def sign_up(shift: str) -> Asked:
    return Asked(f"/shifts/{shift}/sign-ups", {"volunteer": OF_EVE}, ("signup", "add", EVE_S, shift))


ATTEST = Asked(
    "/service-records/attestations",
    {
        "service": {
            "volunteer": OF_BOB,
            "activity": "慰问",
            "place": "敬老院",
            "content": "陪伴",
            "unit": "健康队",
            "in_charge": "李四",
            "hosted_by": "石桥镇",
        },
        "days": [{"day": "2026-02-01", "minutes": 90}, {"day": "2026-02-02", "minutes": 15}],
    },
    (
        *("record", "attest", BOB_S, "--activity", "慰问", "--place", "敬老院", "--content", "陪伴"),
        *("--unit", "健康队", "--in-charge", "李四", "--host", "石桥镇"),
        *("--day", "2026-02-01", "--minutes", 90, "--day", "2026-02-02", "--minutes", 15),
    ),
)

ACTIONS = {
    "transferCredits": transfer(BOB_S, 30),
    "donateCredits": Asked(
        "/donations",
        {"giver": OF_ANN, "community": "石桥镇", "minutes": 30},
        ("donate", ANN_S, "石桥镇", 30),
    ),
    "grantCredits": Asked(
        "/grants",
        {"community": "石桥镇", "receiver": OF_BOB, "minutes": 30},
        ("grant", "石桥镇", BOB_S, 30),
    ),
    "establishCommunity": establish("西桥村", "石桥镇"),
    "renameCommunity": rename_community("东桥村"),
    "reparentCommunity": Asked(
        "/communities/东桥村/parent", {"parent": "云岭镇"}, ("community", "move", "东桥村", "云岭镇")
    ),
    "mergeCommunity": Asked(
        "/communities/石桥镇/merger", {"into": "云岭镇"}, ("community", "merge", "石桥镇", "云岭镇")
    ),
    "formTeam": Asked(
        "/teams",
        {"name": "舞蹈队", "community": "石桥镇", "field": "arts"},
        ("team", "form", "舞蹈队", "--community", "石桥镇", "--field", "arts"),
    ),
    "renameTeam": rename_team("合唱队"),
    "disbandTeam": Asked("/teams/登山队/disbandment", {}, ("team", "disband", "登山队")),
    "assignTeam": Asked(
        "/assignments",
        {"volunteer": OF_BOB, "place": {"team": "合唱队", "role": "leader"}, "day": "2026-11-01"},
        ("team", "join", BOB_S, "合唱队", "--role", "leader", "--from", "2026-11-01"),
    ),
    "endAssignment": leave(ANN_S),
    "changeTeam": Asked(
        f"/volunteers/{OF_ANN}/team",
        {"place": {"team": "登山队", "until": "2999-01-01"}},
        ("team", "switch", ANN_S, "登山队", "--until", "2999-01-01"),
    ),
    "registerVolunteer": register(),
    "moveVolunteer": Asked(
        f"/volunteers/{OF_ANN}/move", {"community": "石桥镇"}, ("volunteer", "move", ANN_S, "石桥镇")
    ),
    "nameLedger": Asked("/ledger/name", {"name": "青禾区银行"}, ("ledger", "rename", "青禾区银行")),
    "defineTerm": Asked(
        "/terms",
        {"kind": "role", "code": "lion-dancer", "zh": "舞狮队员", "en": "lion dancer"},
        ("term", "define", "role", "lion-dancer", "舞狮队员", "lion dancer"),
    ),
    "suspendVolunteer": Asked(
        f"/volunteers/{OF_ANN}/suspension",
        {"reason": "ill"},
        ("volunteer", "suspend", ANN_S, "--reason", "ill"),
    ),
    "noteAgeBand": Asked(
        f"/volunteers/{OF_ANN}/age-band", {"band": "adult"}, ("volunteer", "age-band", ANN_S, "adult")
    ),
    "recogniseSkill": Asked(
        f"/volunteers/{OF_ANN}/skills", {"skill": "driving"}, ("volunteer", "skill", ANN_S, "driving")
    ),
    "publishOffer": Asked(
        "/offers",
        {"name": "大米", "kind": "goods", "price": 30, "stock": 5, "community": "石桥镇"},
        ("offer", "publish", "大米", "--price", 30, "--stock", 5, "--community", "石桥镇"),
    ),
    "restockOffer": Asked("/offers/茶叶/stock", {"items": 3}, ("offer", "restock", "茶叶", 3)),
    "placeRedemption": redeem("茶叶", 2),
    "fulfilRedemption": Asked("/redemptions/red_held/fulfilment", {}, ("redemption", "fulfil", "red_held")),
    "cancelRedemption": Asked(
        "/redemptions/red_held/cancellation",
        {"reason": "changed-mind"},
        ("redemption", "cancel", "red_held", "--reason", "changed-mind"),
    ),
    "reportService": report("合唱排练"),
    "attestService": ATTEST,
    "approveService": Asked("/service-records/rec_bob/approval", {}, ("record", "approve", "rec_bob")),
    "declineService": Asked(
        "/service-records/rec_bob/decline",
        {"reason": "absent"},
        ("record", "decline", "rec_bob", "--reason", "absent"),
    ),
    "signUp": sign_up(COMING_BY_NAME),
    "withdrawSignUp": Asked(
        f"/sign-ups/{OF_BOB}@{COMING_BY_NAME}/withdrawal", {}, ("signup", "withdraw", BOB_S, COMING_BY_NAME)
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_the_same_at_either_door(open_door: Open, name: str):
    http, counter = (open_door(kind) for kind in DOORS)
    would = [door.do(ACTIONS[name], dry=True) for door in (http, counter)]
    # Under a key the ids of what is made come of it, and are the same too.
    told = [door.do(ACTIONS[name], "form-1") for door in (http, counter)]
    assert _without_persons(told[0].facts) == _without_persons(told[1].facts)
    assert told[0].document.get("made") == told[1].document.get("made")
    assert [list(one.document) for one in told] == [list(told[0].document)] * 2
    assert [list(one.document) for one in would] == [list(would[0].document)] * 2
    assert [one.document["position"] for one in told] == [told[0].document["position"]] * 2
    assert would[0].document["dry_run"] is would[1].document["dry_run"] is True


QUESTIONS = {
    "listPosts": Asked(
        "/posts",
        {"community": VALLEY, "on": "2026-03-01"},
        ("post", "list", "--within", "石桥镇", "--day", "2026-03-01"),
    ),
    "listAllAttachments": Asked(
        "/attachments",
        {"community": VALLEY, "on": "2026-03-01"},
        ("organisation", "list", "--within", "石桥镇", "--day", "2026-03-01"),
    ),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_list_is_the_same_at_either_door(open_door: Open, name: str):
    http, counter = (open_door(kind).ask(QUESTIONS[name]) for kind in DOORS)
    assert http.document["items"]
    assert http.document == counter.document


REFUSED = {
    "not-enough-credits": transfer(BOB_S, 9_999),
    "unknown-volunteer": transfer("QH9999", 1),
    "out-of-stock": redeem("茶叶", 99),
    "unknown-offer": redeem("无此物"),
    "unknown-community": establish("西桥村", "无此镇"),
    "wrong-level": establish("小桥", "东桥村"),
    "name-taken": establish("东桥村", "石桥镇"),
    "in-no-team": leave(BOB_S),
    "not-found": rename_team("无此队"),
    "unknown-activity": report("无此活动"),
    "number-taken": register(ANN_S),
    "label-taken": Asked(
        "/terms",
        {"kind": "role", "code": "torch-bearer", "zh": "掌灯员", "en": "torch bearer"},
        ("term", "define", "role", "torch-bearer", "掌灯员", "torch bearer"),
    ),
    "already-decided": Asked("/service-records/rec_ann/approval", {}, ("record", "approve", "rec_ann")),
    "unknown-team": Asked(
        "/assignments",
        {"volunteer": OF_BOB, "place": {"team": "无此队"}},
        ("team", "join", BOB_S, "无此队"),
    ),
    "standing-unchanged": Asked(f"/volunteers/{OF_ANN}/reinstatement", {}, ("volunteer", "reinstate", ANN_S)),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_is_refused_has_the_same_code_at_either_door(door: Door, code: str):
    assert door.do(REFUSED[code]).code == code


# Once written at one door alone.


def test_a_key_with_another_person_is_refused(door: Door):
    first = door.do(register(), "form-1")
    assert door.do(register(), "form-1").facts == first.facts
    assert door.do(register(name="王秀梅"), "form-1").code == "key-reused"
    assert _directory(door) == ("王秀兰", first.facts[0]["volunteer"])


def test_a_number_that_somebody_has_is_taken_and_tells_nobody_s_id(door: Door):
    first = door.do(register())
    told = door.do(register(name="王秀梅"))
    assert told.code == "number-taken"
    assert first.facts[0]["volunteer"] not in str(told.document)
    assert _directory(door) == ("王秀兰", first.facts[0]["volunteer"])


def test_who_registers_waits_for_who_settles_a_number(door: Door):
    directory = sqlite3.connect(door.folder / "directory.sqlite", isolation_level=None)
    directory.execute("BEGIN IMMEDIATE")
    number = WANG["number"]
    taken = (number, number.casefold(), BOB)
    directory.execute("UPDATE volunteer SET number = ?, folded = ? WHERE volunteer = ?", taken)
    told: list[str | None] = []
    registering = threading.Thread(target=lambda: told.append(door.do(register()).code))
    registering.start()
    registering.join(timeout=0.3)
    waited = registering.is_alive()
    directory.execute("COMMIT")
    directory.close()
    registering.join()
    assert (waited, told) == (True, ["number-taken"])


def test_the_only_role_of_a_shift_is_taken(door: Door):
    shift = door.do(publish_shift("guide")).fact["shift"]
    assert door.do(sign_up(shift)).fact["role"] == "guide"


def test_of_several_roles_one_is_named(door: Door):
    shift = door.do(publish_shift("guide", "host")).fact["shift"]
    assert door.do(sign_up(shift)).code == "invalid-request"


def test_a_record_says_what_was_published_of_its_activity(door: Door):
    service = door.do(report("合唱排练")).fact["service"]
    assert re.fullmatch(r"rec_\w+", service.pop("record"))
    assert service == {
        "volunteer": BOB,
        "activity": CHOIR,
        "activity_name": "合唱排练",
        "place": "石桥礼堂",
        "content": "演出",
        "role": "volunteer",
        "unit": "石桥镇文化站",
        "in_charge": None,
        "programme": None,
        "hosted_by": VALLEY,
        "evidence": "attested",
    }


def test_an_activity_at_a_venue_is_held_there_and_is_of_what_it_is_called(door: Door):
    told = door.do(
        Asked(
            "/activities",
            {
                "activity": {"name": "读书会", "unit": "文化站", "venue": "石桥礼堂"},
                "day": "2026-12-05",
            },
            (
                *("activity", "publish", "读书会", "--unit", "文化站"),
                *("--venue", "石桥礼堂", "--day", "2026-12-05"),
            ),
        )
    )
    activity = told.fact["activity"]
    told_of_it = ("venue", "place", "community", "content", "form")
    assert [activity[name] for name in told_of_it] == [HALL, "石桥礼堂", VALLEY, "读书会", "on-site"]


def test_a_clock_in_code_is_made_and_told_once(door: Door):
    told = door.do(
        Asked(
            "/venues",
            {
                "venue": {"name": "新馆", "kind": "hall", "community": "石桥镇", "unit": "文化站"},
                "code": "new-code",
            },
            ("venue", "open", "新馆", "--kind", "hall", "--community", "石桥镇", "--unit", "文化站"),
        )
    )
    code = told.document["code"]
    assert re.fullmatch(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){2}", code)
    assert code not in str(told.facts)


def test_a_community_has_the_level_below_its_parent_s(door: Door):
    made = [door.do(establish(*one)).fact for one in (("南镇", "青禾县"), ("南村", "南镇"))]
    assert [(one["name"], one["level"]) for one in made] == [("南镇", "town"), ("南村", "village")]
    assert made[0]["parent"] == COUNTY


def test_who_leaves_leaves_the_team_of_the_day(door: Door):
    fact = door.do(leave(ANN_S), "form-1").fact
    assert (fact["assignment"], fact["team"]) == ("asg_ann", SINGERS)
    # What the request ended is what it means still.
    assert door.do(leave(ANN_S), "form-1").fact == fact


def test_a_name_means_one_thing_or_all_that_it_may_mean_are_told(door: Door):
    assert door.do(rename_community("东桥村")).fact["community"] == VILLAGE
    made = [door.do(establish("同村", town)).fact["community"] for town in (VALLEY, HILLS)]
    told = door.do(rename_community("同村"))
    assert told.code == "ambiguous"
    assert {one["id"]: one["parent"] for one in told.details["candidates"]} == dict(
        zip(made, ("石桥镇", "云岭镇"), strict=True)
    )
    assert door.do(redeem("茶 叶")).fact["offer"] == TEA


def test_a_shift_is_meant_by_its_activity_and_beginning(door: Door):
    assert door.do(sign_up(COMING_BY_NAME)).fact["shift"] == COMING
    told = door.do(sign_up("合唱排练"))
    assert told.code == "ambiguous"
    assert {COMING, FREED} <= {one["id"] for one in told.details["candidates"]}


def _without_persons(facts: object) -> str:
    """Facts as text, without the ids that the directory gives to who is in charge."""
    return re.sub(r"per_\w+", "per_…", json.dumps(facts, ensure_ascii=False))


def _directory(door: Door) -> tuple[str, str]:
    """The name and the id that the directory has for the number."""
    with sqlite3.connect(door.folder / "directory.sqlite") as directory:
        [found] = directory.execute("SELECT name, volunteer FROM volunteer WHERE number = 'QH0042'")
    return found
