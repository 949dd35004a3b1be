"""The OpenAPI document: it says what the handlers do, and changes only on purpose."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from litestar.testing import TestClient

from ledger.api.batches import BATCH
from ledger.api.openapi.document import described, document
from ledger.api.openapi.meanings import PERIOD
from ledger.api.openapi.schemas import ecma
from ledger.api.persons import REPLACEMENT
from ledger.api.problems import HTTP_KINDS, catalogue, status_of
from ledger.api.reading import Read
from ledger.api.routes import PREFIX
from ledger.api.server.served import application
from ledger.api.server.serving import Served
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.signing import SIGNING
from ledger.api.table import READS, WRITES
from ledger.domain.text import Label
from ledger.operations.access import About, Access
from ledger.operations.callers import Role
from ledger.operations.question import Question
from ledger.operations.words.fields import FIELDS, OTHERWISE
from ledger.operations.words.parameters import PARAMETERS, PARAMETERS_OTHERWISE
from ledger.store.keys import private_key
from tests.api.asking import Asking
from tests.api.conftest import Client
from tests.api.contract.test_examples import path_of
from tests.api.village import ANN, BOB
from tests.api.write_openapi import COMMAND, PATH, snapshot
from tests.contest.served import small_ledger

pytestmark = pytest.mark.databases("sqlite")

# As it is kept, which a test below holds to what is made: every worker reads this module in, and to make it takes time.
DOCUMENT: dict[str, Any] = json.loads(PATH.read_text("utf-8"))


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in DOCUMENT["paths"].items():
        for operation in methods.values():
            yield path, operation


def test_the_document_changes_only_on_purpose():
    assert PATH.read_text("utf-8") == snapshot(), f"if this is meant, `{COMMAND}` writes it anew"


def test_every_route_is_an_operation_of_its_own():
    ids = [operation["operationId"] for _, operation in operations()]
    assert sorted(ids) == sorted(
        route.name for route in (*READS, *WRITES, *WRITES_OF_SEVERAL, BATCH, REPLACEMENT, SIGNING)
    )
    assert len(set(ids)) == len(ids)
    for path, operation in operations():
        told = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert told == set(re.findall(r"\{(\w+)\}", path))
        assert operation["tags"] == [path.removeprefix(PREFIX).split("/")[1]]
        assert operation["summary"]


def told(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """What people read of the document, but its examples, with where it stands."""
    match value:
        case dict():
            for name, one in value.items():
                if name not in {"example", "examples"}:
                    yield from told(one, f"{path}/{name}")
        case list():
            for number, one in enumerate(value):
                yield from told(one, f"{path}/{number}")
        case str() if path.rpartition("/")[2] in {"description", "summary"} or path.startswith("/tags/"):
            yield path, value
        case _:
            pass


def test_whoever_reads_chinese_is_told_each_text_in_chinese():
    english, chinese = dict(told(json.loads(document("en")))), dict(told(json.loads(document("zh"))))
    assert json.loads(document("zh"))["info"]["title"] == "志愿服务时间银行账本"
    # What a command or a schema says of itself stands in English alone, and is left out.
    assert {path.rpartition("/")[2] for path in english.keys() - chinese.keys()} <= {"description"}
    assert all(path.startswith("/components/schemas/") for path in english.keys() - chinese.keys())
    assert not {path for path, text in chinese.items() if not re.search("[\u4e00-\u9fff]", text)}


def test_both_documents_are_of_the_same():
    def bare(value: Any) -> Any:
        match value:
            case dict():
                return {
                    name: bare(one)
                    for name, one in value.items()
                    if name not in {"description", "summary", "tags", "title", "example"}
                }
            case list():
                return [bare(one) for one in value]
            case _:
                return value

    assert bare(json.loads(document("zh"))) == bare(json.loads(document("en")))


def test_it_is_served_with_an_etag(client: Asking):
    response = client.get("/openapi.json")
    assert (response.status_code, response.json()) == (200, DOCUMENT)
    again = client.get("/openapi.json", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_all_references_lead_somewhere_and_all_components_are_needed():
    text = json.dumps(DOCUMENT)
    named = {
        f"#/components/{kind}/{name}"
        for kind, those in DOCUMENT["components"].items()
        if kind != "securitySchemes"
        for name in those
    }
    assert set(re.findall(r'"\$ref": "([^"]+)"', text)) == named


def test_examples_are_what_the_routes_take():
    for write in WRITES:
        if "body" in write.example:
            msgspec.convert(write.example["body"], write.operation.body)
    for read in READS:
        msgspec.convert(read.example.get("query", {}), read.operation.query)
    for route in (*READS, *WRITES):
        assert set(route.parameters) <= set(route.example), route.name


def test_patterns_are_those_of_javascript():
    assert "\\Z" not in json.dumps(DOCUMENT)
    pattern = ecma(msgspec.json.schema(Label)["pattern"])
    assert "\\U" not in pattern
    assert re.search(pattern, "合唱队")
    for unseen in ("a\u202eb", "\U000e0041", "\U0001bca0", " ", "a\x00"):
        assert not re.search(pattern, unseen)


def problems() -> Iterator[tuple[str, dict[str, Any]]]:
    """Status and response of every problem in the document."""
    for name, response in DOCUMENT["components"]["responses"].items():
        yield name[:3], response
    for _, operation in operations():
        for status, response in operation["responses"].items():
            if "application/problem+json" in response.get("content", ()):
                yield status, response


def codes_in(response: dict[str, Any]) -> list[str]:
    _, narrowed = response["content"]["application/problem+json"]["schema"]["allOf"]
    return narrowed["properties"]["code"]["enum"]


def test_problems_name_the_codes_that_a_status_can_have():
    said: set[str] = set()
    for status, response in problems():
        _, narrowed = response["content"]["application/problem+json"]["schema"]["allOf"]
        codes = codes_in(response)
        assert narrowed["properties"]["status"]["const"] == int(status)
        assert {status_of(code) for code in codes} == {int(status)}
        assert fits(response["content"]["application/problem+json"]["example"], response)
        assert all(f"`{code}`" in response["description"] for code in codes)
        said |= set(codes)
    assert HTTP_KINDS.keys() <= catalogue().keys()
    # The first two answer where there is no operation; the others are of commands that only the office's own machine
    # takes, or of ids that nobody else can have.
    apart = {"method-not-allowed", "not-acceptable"}
    assert said == set(catalogue()) - apart - {"already-open", "already-registered", "policy-unchanged"}


def test_an_operation_names_the_refusals_of_its_own_command_alone():
    written = DOCUMENT["paths"][f"{PREFIX}/transfers"]["post"]["responses"]
    assert set(codes_in(written["409"])) == {
        "cannot-receive",
        "no-policy",
        "not-enough-credits",
        "not-in-good-standing",
        "not-registered",
        "same-account",
    }
    assert written["404"] == {"$ref": "#/components/responses/404-not-found-unknown-volunteer"}
    assert "number-taken" in codes_in(DOCUMENT["paths"][f"{PREFIX}/volunteers"]["post"]["responses"]["409"])
    assert not {"404", "409"} & set(DOCUMENT["paths"][f"{PREFIX}/batches"]["post"]["responses"])


def test_what_needs_no_token_and_names_nothing_says_so():
    class Told(msgspec.Struct):
        word: str

    question = Question(
        name="getMe",
        answers=Told,
        views=(),
        access=Access(None),
        tell=lambda _: Told("x"),
    )
    operation = described([Read(path="/terms", operation=question)], [])["paths"][f"{PREFIX}/terms"]["get"]
    assert operation["security"] == []
    assert not {"401", "403", "404", "429"} & set(operation["responses"])
    mine = msgspec.structs.replace(
        question, access=Access(frozenset({Role.ADMIN}), (About("volunteer", "volunteer"),))
    )
    other = described([Read(path="/terms", operation=mine)], [])["paths"][f"{PREFIX}/terms"]["get"]
    assert {"401", "403", "404", "429"} <= set(other["responses"])
    assert "`admin`" in other["description"][0]


@pytest.mark.parametrize("path", [f"/volunteers/{ANN}/balance", f"/volunteers/{ANN}/statement"])
def test_answers_are_what_their_schema_says(admin: Client, path: str):
    template = PREFIX + path.replace(ANN, "{volunteer}")
    assert fits(admin.read(path), DOCUMENT["paths"][template]["get"]["responses"]["200"])
    assert not fits({}, DOCUMENT["paths"][template]["get"]["responses"]["200"])


def test_receipts_and_problems_are_what_their_schema_says(admin: Client):
    responses = DOCUMENT["paths"][f"{PREFIX}/transfers"]["post"]["responses"]
    body = {"giver": ANN, "receiver": BOB, "minutes": 10}
    assert fits(admin.post("/transfers", body, dry_run="true").json(), responses["200"])
    assert fits(admin.record("/transfers", body), responses["201"])
    refused = admin.post("/transfers", {**body, "minutes": 10_000})
    assert refused.status_code == 409
    assert fits(refused.json(), responses["409"])
    assert not fits(refused.json(), found(responses["404"]))
    assert fits(admin.post("/transfers", {}).json(), found(responses["422"]))


def test_every_field_and_parameter_says_what_it_means():
    silent = [
        f"{name}.{field}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for field, one in schema.get("properties", {}).items()
        if not one.get("description")
    ]
    silent += [
        f"{operation['operationId']} {one['name']}"
        for _, operation in operations()
        for one in operation["parameters"]
        if not one.get("description")
    ]
    assert silent == []


def test_no_word_is_said_of_what_is_not_there():
    schemas = DOCUMENT["components"]["schemas"]
    fields = {(name, field) for name, schema in schemas.items() for field in schema.get("properties", ())}
    assert OTHERWISE.keys() <= fields
    assert FIELDS.keys() <= {field for _, field in fields}
    asked = {
        (operation["operationId"], one["name"])
        for _, operation in operations()
        for one in operation["parameters"]
        if one["in"] == "query" and one["name"] != "dry_run"
    }
    assert PARAMETERS_OTHERWISE.keys() <= asked
    assert PARAMETERS.keys() == {name for _, name in asked}


def test_days_instants_and_closed_values_are_said_in_the_schema(admin: Client):
    schemas = DOCUMENT["components"]["schemas"]
    assert schemas["Visit"]["properties"]["begun"]["format"] == "date-time"
    assert {one.get("format") for one in schemas["Venue"]["properties"]["closed"]["anyOf"]} == {"date", None}
    assert schemas["Visit"]["properties"]["state"]["enum"] == ["going-on", "over", "abandoned"]
    board = DOCUMENT["paths"][f"{PREFIX}/leaderboards/{{by}}"]["get"]["parameters"]
    assert board[0]["schema"]["enum"] == ["volunteers", "teams", "communities"]
    for path, operation in operations():
        if operation["operationId"].startswith(("get", "list")):
            read = next(one for one in READS if one.name == operation["operationId"])
            query: Any = read.example.get("query", {})
            answered = admin.read(path_of(read), **query)
            assert fits(answered, operation["responses"]["200"]), (path, answered)


@pytest.mark.parametrize(
    "text", ["all", "2026", "2026-09", "2026-Q3", "0000", "2026-13", "2026-Q5", "26", "", "2026-"]
)
def test_the_pattern_of_a_period_is_what_is_taken(admin: Client, text: str):
    taken = admin.get("/service-records", period=text).status_code == 200
    assert bool(re.search(PERIOD, text)) == taken


def test_instants_have_one_form_everywhere(admin: Client):
    [event] = admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 10})["events"]
    [line] = admin.read(f"/volunteers/{BOB}/statement")["items"][-1:]
    assert event["at"] == line["at"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", event["at"])


def test_every_operation_shows_an_answer_that_fits():
    names = {route.name for route in (*READS, *WRITES)}
    for _, operation in operations():
        if operation["operationId"] in names:
            success = operation["responses"].get("201") or operation["responses"]["200"]
            content = success["content"]["application/json"]
            assert fits(content["example"], success), operation["operationId"]


def found(reference: dict[str, Any]) -> dict[str, Any]:
    return DOCUMENT["components"]["responses"][reference["$ref"].rpartition("/")[2]]


def fits(value: Any, response: dict[str, Any]) -> bool:
    # What can be had as plain text too is JSON first.
    content = next(iter(response["content"].values()))
    schema = {**content["schema"], "components": DOCUMENT["components"]}
    return jsonschema_rs.validator_for(schema, validate_formats=True).is_valid(value)


def test_whoever_asked_first_for_the_document_held_the_loop_until_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    settings = replace(small_ledger(tmp_path), key=str(tmp_path / "key.pem"))
    private_key(settings.token_key_file(), make=True)
    served = Served(settings=settings, port=1, read_only=True, log_level="error")
    document.cache_clear()
    with TestClient(application(served)) as client:
        monkeypatch.setattr("ledger.api.openapi.document.described", lambda *_: pytest.fail("it is made now"))
        for language in ("en", "zh"):
            assert client.get("/openapi.json", headers={"Accept-Language": language}).status_code == 200
