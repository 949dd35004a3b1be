"""Who somebody is, over HTTP: the directory learns it with a registration or later, and the log never."""

from typing import Any

import pytest

from ledger.api.persons import REPLACEMENT
from ledger.application import Ask, request_tag
from ledger.bootstrap import Ledger
from ledger.domain.volunteers import RegisterVolunteer
from ledger.exchange.persons import Person
from ledger.operations.callers import Role
from ledger.operations.registering import Submission, enlisted, settled
from ledger.people.directory import Volunteer, new_salt
from ledger.store import log
from tests.api.conftest import Call, Client, application, problem
from tests.api.village import ANN, BOB, EVE, FAY, HEAD, NUMBERS, OFFICE, VALLEY

pytestmark = pytest.mark.databases("sqlite")
both = pytest.mark.databases("sqlite", "postgres")

WANG = {"number": "QH0042", "name": "王秀兰", "phone": "13900000042", "sex": "女", "remark": "党员"}
LI = {"number": "QH0043", "name": "李大山"}
LEFT_OVER = Volunteer("vol_leftover", "QH0042", "王", "", "", "", new_salt())


def body(person: dict[str, str] = WANG, **more: Any) -> dict[str, Any]:
    return {"community": VALLEY, "person": person, **more}


def registered(answer: Any) -> str:
    return answer["events"][0]["volunteer"]


def entry(ledger: Ledger, number: str = "QH0042") -> Volunteer | None:
    return ledger.directory.by_number([number]).get(number)


def known(ledger: Ledger, number: str = "QH0042") -> dict[str, str]:
    found = entry(ledger, number)
    assert found is not None
    return {name: value for name, value in found._asdict().items() if name in WANG}


@both
def test_whoever_registers_is_found_by_number_and_name(admin: Client, ledger: Ledger):
    volunteer = registered(admin.record("/volunteers", body()))
    told = admin.read("/volunteers/number:QH0042")
    assert (told["id"], told["number"], told["name"]) == (volunteer, "QH0042", "王秀兰")
    assert known(ledger) == WANG


@both
def test_nothing_personal_is_in_the_log_or_the_answer(
    admin: Client, ledger: Ledger, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    answer = admin.post("/volunteers", body(), "form-1")
    assert answer.status_code == 201
    with ledger.reading() as (connection, _):
        stored = str(log.between(connection, HEAD, HEAD + 9))
    said = [stored, answer.text, caplog.text, *capfd.readouterr()]
    assert registered(answer.json()) in stored
    assert not [text for text in WANG.values() for place in said if text in place]


@both
def test_the_same_key_and_body_get_the_same_bytes_and_another_person_does_not(admin: Client, ledger: Ledger):
    first, again = (admin.post("/volunteers", body(), "form-1") for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    for other in (
        body(WANG | {"name": "王秀英"}),
        body(WANG | {"phone": ""}),
        body(LI),
        {"community": VALLEY},
        body(day="2026-01-05"),
    ):
        assert problem(admin.post("/volunteers", other, "form-1")) == (422, "key-reused")
    # None of these came into the directory.
    assert known(ledger) == WANG
    assert entry(ledger, "QH0043") is None


def test_a_key_first_used_without_a_person_stands_for_no_person(admin: Client, ledger: Ledger):
    admin.record("/volunteers", {"community": VALLEY}, "form-1")
    assert problem(admin.post("/volunteers", body(), "form-1")) == (422, "key-reused")
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1}, "gift-1")
    assert problem(admin.post("/volunteers", body(), "gift-1")) == (422, "key-reused")
    assert entry(ledger) is None


def test_a_replay_brings_nothing_back_and_undoes_no_replacement(admin: Client, ledger: Ledger):
    first = admin.post("/volunteers", body(), "form-1")
    volunteer = registered(first.json())
    changed = WANG | {"number": "QH0044", "name": "王兰"}
    assert admin.post(f"/volunteers/{volunteer}/person", changed).status_code == 200
    assert admin.post("/volunteers", body(), "form-1").content == first.content
    assert known(ledger, "QH0044") == changed
    # With the salt goes whatever could tell that the same was said.
    ledger.directory.erase(volunteer)
    assert problem(admin.post("/volunteers", body(), "form-1")) == (422, "key-reused")
    assert entry(ledger) is None
    assert ledger.directory.by_id([volunteer]) == {}


@both
def test_whoever_was_erased_is_not_entered_again_under_the_old_id(as_: Call, ledger: Ledger):
    office = as_(Role.COORDINATOR)
    assert ledger.directory.erase(EVE)
    assert problem(office.post(f"/volunteers/{EVE}/person", WANG)) == (404, "not-found")
    assert ledger.directory.by_id([EVE]) == {}


@both
def test_a_number_that_somebody_has_is_refused_and_names_nobody(as_: Call, ledger: Ledger):
    office = as_(Role.COORDINATOR)
    for dry_run in ("true", "false"):
        refused = office.post("/volunteers", body(WANG | {"number": NUMBERS[EVE]}), dry_run=dry_run)
        assert problem(refused) == (409, "number-taken")
        assert EVE not in refused.text
    assert known(ledger, NUMBERS[EVE])["name"] == EVE


@both
def test_a_dry_run_writes_nobody_into_the_directory(admin: Client, ledger: Ledger):
    before = ledger.directory.changes
    assert admin.post("/volunteers", body(), dry_run="true").status_code == 200
    items = [{"to": "/volunteers", "body": body()}, {"to": "/volunteers", "body": body()}]
    rehearsed = admin.post("/batches", {"items": items}, "b", dry_run="true").json()["items"]
    assert [(one["status"], one["body"].get("code")) for one in rehearsed] == [
        (200, None),
        (409, "number-taken"),
    ]
    told = admin.post(f"/volunteers/{ANN}/person", WANG, dry_run="true")
    assert (told.status_code, told.json()["dry_run"]) == (200, True)
    assert entry(ledger) is None
    assert ledger.directory.changes == before


@both
def test_what_a_refused_registration_left_is_adopted_by_the_next(admin: Client, ledger: Ledger):
    nowhere = admin.post("/volunteers", body(community="com_nowhere"), "a")
    assert problem(nowhere) == (404, "unknown-community")
    first = admin.post("/volunteers", body(WANG | {"name": "王兰"}), "b")
    assert registered(first.json()) == admin.read("/volunteers/number:QH0042")["id"]
    assert known(ledger)["name"] == "王兰"
    assert admin.post("/volunteers", body(WANG | {"name": "王兰"}), "b").content == first.content
    assert problem(admin.post("/volunteers", body(), "a")) == (409, "number-taken")
    assert known(ledger)["name"] == "王兰"


def test_what_is_not_the_caller_s_to_register_leaves_nothing(as_: Call, ledger: Ledger):
    office = as_(Role.COORDINATOR)
    assert problem(office.post("/volunteers", body(community="com_hills"))) == (404, "not-found")
    assert entry(ledger) is None


@both
def test_of_several_in_a_batch_with_one_number_the_recorded_one_is_known(admin: Client, ledger: Ledger):
    items = [
        {"to": "/volunteers", "body": body(WANG | {"name": "王一"}, community="com_nowhere")},
        {"to": "/volunteers", "body": body(WANG | {"name": "王二"})},
        {"to": "/volunteers", "body": body(WANG | {"name": "王三"})},
        {"to": "/volunteers", "body": body(LI)},
        {"to": "/volunteers", "body": {"community": VALLEY}},
    ]
    first, again = (admin.post("/batches", {"items": items}, "monday") for _ in range(2))
    told = first.json()["items"]
    assert [(one["status"], one["body"].get("code")) for one in told] == [
        (404, "unknown-community"),
        (201, None),
        (409, "number-taken"),
        (201, None),
        (201, None),
    ]
    assert known(ledger)["name"] == "王二"
    assert known(ledger, "QH0043")["name"] == "李大山"
    assert [one["body"] for one in again.json()["items"] if one["status"] == 201] == [
        one["body"] for one in told if one["status"] == 201
    ]


@both
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_at_once_with_one_number_the_recorded_one_is_known(
    admin: Client, ledger: Ledger, order: tuple[int, int]
):
    names = ["王一", "王二"]
    # Both are in the directory before the bank hears either.
    asked = [
        enlisted(ledger, [asking(f"vol_one{at}", f"k{at}", name)], dry_run=False)
        for at, name in enumerate(names)
    ]
    for at in order:
        outcomes = ledger.bank.handle_many([one.ask for one in asked[at]])
        settled(ledger, asked[at], outcomes, dry_run=False)
    assert known(ledger)["name"] == names[order[0]]


def asking(volunteer: str, key: str, name: str) -> Submission:
    command = RegisterVolunteer(volunteer=volunteer, community=VALLEY)
    return Submission(Ask(command, OFFICE, request_tag(OFFICE, key)), Person(number="QH0042", name=name))


def test_it_is_read_as_from_a_roster(admin: Client, ledger: Ledger):
    typed = {"number": " ＱＨ 0042", "name": " 王  秀兰\t", "phone": "１３９"}
    admin.record("/volunteers", body(typed))
    assert known(ledger) == {"number": "QH0042", "name": "王 秀兰", "phone": "139", "sex": "", "remark": ""}


WRONG = (
    ({"name": "王秀兰"}, "/number"),
    (WANG | {"number": "  "}, "/number"),
    (WANG | {"number": "9" * 101}, "/number"),
    (WANG | {"name": ""}, "/name"),
    (WANG | {"name": "王" * 201}, "/name"),
    (WANG | {"name": "王" * 1001}, "/name"),
    (WANG | {"name": 5}, "/name"),
    (WANG | {"phone": "1\u202e2"}, "/phone"),
    (WANG | {"sex": "\x00"}, "/sex"),
    (WANG | {"remark": "\u200b"}, "/remark"),
    (WANG | {"salt": "0" * 64}, "/salt"),
)


@pytest.mark.parametrize(("person", "at"), WRONG)
def test_what_nobody_is_called_is_pointed_at(admin: Client, ledger: Ledger, person: Any, at: str):
    for path, sent, prefix in (
        ("/volunteers", body(person), "/person"),
        (f"/volunteers/{FAY}/person", person, ""),
    ):
        refused = admin.post(path, sent)
        assert problem(refused) == (422, "invalid-request")
        assert refused.json()["errors"][0].get("pointer", "") == prefix + at
    assert entry(ledger) is None


@both
def test_what_the_directory_says_is_replaced_as_a_whole(as_: Call, admin: Client, ledger: Ledger):
    salt = ledger.directory.by_id([ANN])[ANN].salt
    answer = as_(Role.COORDINATOR).post(f"/volunteers/{ANN}/person", WANG)
    assert (answer.status_code, answer.json()) == (200, {"volunteer": ANN, **WANG})
    assert answer.headers["cache-control"] == "no-store"
    assert admin.read("/volunteers/number:QH0042")["name"] == "王秀兰"
    admin.post(f"/volunteers/{ANN}/person", LI)
    assert known(ledger, "QH0043") == {**LI, "phone": "", "sex": "", "remark": ""}
    # What the log committed to can still be told.
    assert ledger.directory.by_id([ANN])[ANN].salt == salt
    assert admin.read("/volunteers/me/balance".replace("me", ANN))["position"] == HEAD


def test_somebody_without_an_entry_gets_one(admin: Client):
    assert admin.post(f"/volunteers/{FAY}/person", WANG).status_code == 200
    assert admin.read(f"/volunteers/{FAY}")["number"] == "QH0042"


@both
def test_a_replacement_takes_nobody_s_number_but_what_was_left_over(admin: Client, ledger: Ledger):
    taken = admin.post(f"/volunteers/{ANN}/person", WANG | {"number": NUMBERS[EVE]})
    assert problem(taken) == (409, "number-taken")
    ledger.directory.put([LEFT_OVER])
    assert admin.post(f"/volunteers/{ANN}/person", WANG).status_code == 200
    assert known(ledger) == WANG
    assert ledger.directory.by_id([LEFT_OVER.volunteer]) == {}


def test_nobody_is_known_whom_the_log_does_not_know(as_: Call, admin: Client, ledger: Ledger):
    assert problem(admin.post("/volunteers/vol_nobody/person", WANG)) == (404, "not-found")
    assert problem(as_(Role.COORDINATOR).post(f"/volunteers/{EVE}/person", WANG)) == (404, "not-found")
    assert problem(as_(Role.VOLUNTEER, ANN).post("/volunteers/me/person", WANG)) == (403, "forbidden")
    ledger.directory.put([LEFT_OVER])
    assert problem(admin.post(f"/volunteers/{LEFT_OVER.volunteer}/person", WANG)) == (404, "not-found")


def test_a_server_that_only_reads_replaces_nothing(admin: Client, ledger: Ledger):
    # Made anew for each test's client.
    state = application().app.state
    state.api = state.api._replace(read_only=True)
    assert problem(admin.post(f"/volunteers/{ANN}/person", WANG)) == (503, "read-only")
    assert entry(ledger) is None


def test_its_example_works(admin: Client):
    example: Any = REPLACEMENT.example
    answer = admin.post(f"/volunteers/{example['volunteer']}/person", example["body"])
    assert (answer.status_code, answer.json()["name"]) == (200, example["body"]["name"])


@pytest.mark.parametrize("number", ["3.30212E+17", "#N/A", "无", "NULL", "-", "0", "待定"])
def test_nobody_is_registered_or_told_anew_under_what_is_no_number(
    admin: Client, ledger: Ledger, number: str
):
    """They were: a number that a spreadsheet had damaged, or a word for none, became the key of a person."""
    for refused in (
        admin.post("/volunteers", body(WANG | {"number": number})),
        admin.post(f"/volunteers/{ANN}/person", WANG | {"number": number}),
    ):
        assert problem(refused) == (422, "invalid-request")
        assert refused.json()["errors"][0]["pointer"].endswith("/number")
    assert entry(ledger, number) is None


@both
def test_a_number_is_taken_however_it_is_spelt(admin: Client, ledger: Ledger):
    """It was not: qh0042 was registered beside QH0042."""
    volunteer = registered(admin.record("/volunteers", body()))
    for spelt in ("qh0042", "ＱＨ００４２", "QH0042\ufe0f"):
        assert problem(admin.post("/volunteers", body(WANG | {"number": spelt}))) == (409, "number-taken")
        assert problem(admin.post(f"/volunteers/{ANN}/person", WANG | {"number": spelt})) == (
            409,
            "number-taken",
        )
        assert admin.read(f"/volunteers/number:{spelt}")["id"] == volunteer
    assert (
        admin.post(f"/volunteers/{volunteer}/person", WANG | {"number": "qh0042"}).json()["number"]
        == "qh0042"
    )


@both
def test_a_number_that_two_have_in_two_spellings_is_ambiguous_until_one_is_mended(
    admin: Client, as_: Call, ledger: Ledger
):
    ledger.directory.put([Volunteer(ANN, "QH0042", "安", "", "", "", new_salt())])
    ledger.directory.put([Volunteer(BOB, "qh0042", "鲍", "", "", "", new_salt())])
    told = admin.get("/volunteers/number:QH0042")
    assert problem(told) == (409, "ambiguous")
    assert [one["id"] for one in told.json()["details"]["candidates"]] == sorted([ANN, BOB])
    assert problem(admin.post("/volunteers", body())) == (409, "number-taken")
    assert problem(as_(Role.COORDINATOR).get("/volunteers/number:QH0042")) == (404, "not-found")
    assert admin.post(f"/volunteers/{BOB}/person", WANG | {"number": "QH0043"}).status_code == 200
    assert admin.read("/volunteers/number:qh0042")["id"] == ANN


def test_nothing_is_named_by_letters_that_show_nothing(admin: Client):
    """It was: a name of a braille blank alone, or one that only a variation selector told from another's."""
    for name in ("\u2800", "青年\ufe0f队"):
        refused = admin.post("/teams", {"name": name, "base": VALLEY})
        assert problem(refused) == (422, "invalid-request")
