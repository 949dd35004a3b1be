"""Posts, organisations, designations and training as an office keeps them."""

import re

import pytest

from tests.cli.conftest import Office

ANN, BEN = "QH2025000017", "QH2025000018"
SCHOOL, TITLE = "青禾小学", "科普示范村"


def test_a_post_is_taken_and_left(office: Office):
    taken = office.event("post", "take", ANN, "liaison", "--community", "东桥村", "--day", "2026-01-01")

    [item] = office.told("post", "list", "--within", "石桥镇")["items"]
    assert (item["id"], item["post"], item["since"]) == (taken["tenure"], "liaison", "2026-01-01")
    assert ANN in office.said("post", "list")
    asked = ("post", "leave", ANN, "liaison", "--day", "2026-02-01", "--key", "left")
    assert office.event(*asked)["tenure"] == taken["tenure"]
    assert office.told(*asked)["replayed"]
    assert office.told("post", "list")["items"] == []
    assert office.told("post", "list", "--day", "2026-01-31")["items"] != []
    assert office.refused("post", "leave", taken["tenure"])["code"] == "does-not-hold"


def test_of_one_post_in_two_communities_one_is_named(office: Office):
    for village in ("东桥村", "西桥村"):
        office.event("post", "take", ANN, "liaison", "--community", village)

    error = office.refused("post", "leave", ANN, "liaison", code=2)

    assert error["code"] == "ambiguous"
    assert {one["community"] for one in error["candidates"]} == {"东桥村", "西桥村"}
    office.event("post", "leave", ANN, "liaison", "--community", "西桥村")
    office.event("post", "leave", ANN, "liaison")
    assert office.refused("post", "leave", BEN, "liaison", code=2)["code"] == "not-found"


def test_an_organisation_of_one_name_is_one(office: Office):
    asked = ("organisation", "attach", SCHOOL, "--kind", "school", "--community")
    first = office.event(*asked, "东桥村", "--key", "first")
    second = office.event(*asked, "西桥村")

    assert first["organisation"] == second["organisation"]
    assert office.told(*asked, "东桥村", "--key", "first")["replayed"]
    error = office.refused(*asked, "西桥村")
    assert (error["code"], error["message"].startswith(SCHOOL)) == ("already-attached", True)
    assert len(office.told("organisation", "list")["items"]) == 2
    assert office.refused("organisation", "detach", SCHOOL, code=2)["code"] == "ambiguous"
    ended = office.event("organisation", "detach", SCHOOL, "--community", "西桥村")
    assert ended["attachment"] == second["attachment"]
    assert "东桥村" in office.said("organisation", "list", "--within", "石桥镇")
    office.event("organisation", "detach", first["attachment"])
    assert "No organisation" in office.said("organisation", "list")


def test_an_organisation_that_is_known_is_attached_under_another_name(office: Office):
    first = office.event("organisation", "attach", SCHOOL, "--kind", "school", "--community", "东桥村")
    words = ("--kind", "school", "--community", "西桥村", "--organisation")
    again = office.event("organisation", "attach", "实验小学", *words, SCHOOL)
    assert (again["organisation"], again["name"]) == (first["organisation"], "实验小学")
    assert office.refused("organisation", "attach", SCHOOL, *words, "无此单位", code=2)["code"] == "not-found"


def test_a_community_bears_a_title_with_its_funding(office: Office):
    asked = ("designation", "grant", TITLE, "--granted-by", "县科协", "--community", "东桥村")
    event = office.event(*asked, "--funding", "5,000.5", "--until", "2099-01-01")

    assert (event["funding_fen"], event["until"]) == (500_050, "2099-01-01")
    assert "¥5,000.50" in office.said("designation", "list", "--within", "石桥镇")
    assert "5,000.50 元" in office.said("designation", "list", "--within", "石桥镇", "--lang", "zh")
    assert office.refused(*asked)["code"] == "already-designated"
    assert office.event("designation", "end", TITLE)["designation"] == event["designation"]
    assert office.told("designation", "list")["items"] == []


def test_one_title_s_funding_was_told_in_fen(office: Office):
    asked = (
        "designation",
        "grant",
        TITLE,
        "--granted-by",
        "县科协",
        "--community",
        "东桥村",
        "--funding",
        "5000.5",
    )
    assert re.search(r"funding +¥5,000\.50\n", office.said(*asked, "--dry-run"))
    event = office.event(*asked)

    shown = ("designation", "show", event["designation"])
    assert re.search(r"funding +¥5,000\.50\n", office.said(*shown))
    assert re.search(r"资助金额 +5,000\.50 元\n", office.said(*shown, "--lang", "zh"))


def test_a_team_bears_a_title_within_its_community(office: Office):
    asked = ("designation", "grant", "示范队", "--granted-by", "县科协")
    event = office.event(*asked, "--team", "石桥镇支队")
    office.event(*asked, "--community", "石桥镇")

    assert office.refused("designation", "end", "示范队", code=2)["code"] == "ambiguous"
    assert len(office.told("designation", "list", "--within", "石桥镇")["items"]) == 2
    assert office.told("designation", "list", "--within", "柳溪镇")["items"] == []
    ended = office.event("designation", "end", "示范队", "--team", "石桥镇支队")
    assert (ended["designation"], ended["team"]) == (event["designation"], event["team"])
    assert office.refused(*asked, "--team", "无此队", code=2)["code"] == "unknown-team"


def test_training_is_completed_and_annulled(office: Office):
    asked = ("training", "complete", ANN, "急救培训", "90", "--organiser", "红十字会")
    before = office.head()
    assert office.told(*asked, "--dry-run")["dry_run"]
    assert office.head() == before

    event = office.event(*asked, "--day", "2026-01-02", "--until", "2028-01-02")

    assert (event["minutes"], event["content"]) == (90, "急救培训")
    assert "1 h 30 min" in office.said("training", "list", ANN)
    office.event("training", "annul", event["training"], "--reason", "mistaken")
    assert office.told("training", "list", ANN)["items"] == []
    again = office.refused("training", "annul", event["training"], "--reason", "mistaken")
    assert again["code"] == "already-annulled"


@pytest.mark.parametrize(
    "words",
    [
        ("post", "leave", ANN),
        ("post", "leave", "ten_abc", "liaison"),
        ("post", "take", ANN, "No such post", "--community", "东桥村"),
        ("designation", "grant", TITLE, "--granted-by", "县科协"),
        ("designation", "grant", TITLE, "--granted-by", "x", "--community", "东桥村", "--funding", "1.005"),
        ("training", "annul", "急救培训", "--reason", "mistaken"),
        ("training", "complete", ANN, "急救培训", "0", "--organiser", "红十字会"),
        ("post", "list", "--within", "无此镇"),
    ],
)
def test_what_is_no_request_is_an_error_of_usage(office: Office, words: tuple[str, ...]):
    office.refused(*words, code=2)
