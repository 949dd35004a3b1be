"""What is wrong is pointed at, and what was sent is not said again."""

import json
from collections.abc import Iterator
from typing import Any

import jwt
import msgspec
import pytest
from httpx import Response

from ledger.api import answering
from ledger.api.table import READS, WRITES
from ledger.operations.callers import Role
from tests.api.asking import Asking
from tests.api.conftest import KEY, Call, Client, problem, token

pytestmark = pytest.mark.databases("sqlite")

SECRETS = ("王秀兰", "13900001111", "what-somebody wrote!")
MOST_OF_A_NAME = 100

Place = tuple[str | int, ...]


def refuse_echo(response: Response) -> None:
    if response.is_error:
        told = response.text + str(response.headers)
        assert not any(secret in told for secret in SECRETS), told


def ask(admin: Client, path: str, name: str, value: str) -> Response:
    query: dict[str, Any] = {name: value}
    return admin.get(path, **query)


def at_example(route: Any, path: str) -> str:
    for name, value in route.example.items():
        if isinstance(value, str):
            path = path.replace(f"{{{name}}}", value)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("secret", SECRETS)
def test_no_problem_says_a_parameter_again(admin: Client, secret: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(answering, "_LONGEST_WAIT_SECONDS", 0.0)
    tried = 0
    for read in READS:
        for field in msgspec.structs.fields(read.operation.query):
            refuse_echo(ask(admin, at_example(read, read.path), field.encode_name, secret))
            tried += 1
        for name in read.example:
            path = read.path.replace(f"{{{name}}}", secret)
            if path != read.path:
                refuse_echo(admin.get(at_example(read, path)))
                tried += 1
    assert tried > len(READS)


@pytest.mark.slow
@pytest.mark.parametrize("secret", [*SECRETS, list(SECRETS)])
def test_no_problem_says_a_body_s_value_again(admin: Client, secret: str | list[str]):
    refused = 0
    for write in WRITES:
        body = json.loads(json.dumps(write.example.get("body", {}), default=str))
        for place in places(body):
            response = admin.post(at_example(write, write.path), put(body, place, secret), dry_run="true")
            refuse_echo(response)
            refused += response.is_error
    assert refused > len(WRITES)


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Where there is something in a document."""
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, (*at, name))


def put(body: Any, at: Place, value: Any) -> Any:
    """The document with something else there."""
    if not at:
        return value
    changed = json.loads(json.dumps(body))
    inner = changed
    for name in at[:-1]:
        inner = inner[name]
    inner[at[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({}, "it lacks one of iss, aud, sub, iat, exp"),
        ({"exp": 1}, "it has expired"),
        ({"aud": "13900001111"}, "it is for another ledger"),
        ({"iss": "王秀兰"}, "somebody else issued it"),
        ({"nbf": 2**40}, "it is not good yet"),
    ],
)
def test_why_a_token_is_not_taken_is_said_in_words_of_ours(as_: Call, claims: dict[str, Any], why: str):
    whole = {"iss": "timebank-ledger", "aud": "timebank", "sub": "stf_x", "iat": 0, "exp": 2**40, **claims}
    token = jwt.encode(whole if claims else {}, KEY, algorithm="EdDSA")
    refused = as_().get("/ledger", headers={"Authorization": f"Bearer {token}"})
    assert problem(refused) == (401, "unauthenticated")
    assert refused.json()["detail"] == f"The token is not taken: {why}."
    refuse_echo(refused)


@pytest.mark.parametrize("token", ["13900001111", "a.b.c", "what.somebody.wrote"])
def test_what_is_no_token_is_not_said_again(as_: Call, token: str):
    refused = as_().get("/ledger", headers={"Authorization": f"Bearer {token}"})
    assert refused.json()["detail"] == "The token is not taken: it cannot be read."


def test_a_name_of_nothing_is_said_again_up_to_a_hundred_characters(client: Asking, admin: Client):
    name = "x" * 10_000
    in_body = admin.post("/transfers", {"giver": "me", "receiver": "me", "minutes": 1, name: 1})
    [wrong] = in_body.json()["errors"]
    assert wrong["pointer"] == f"/{name[:MOST_OF_A_NAME]}"
    in_query = ask(admin, "/volunteers", name, "1")
    assert in_query.json()["errors"][0]["parameter"] == name[:MOST_OF_A_NAME]
    twice = client.post(
        "/api/v1/batches",
        content=f'{{"items": [{{"to": "/transfers", "body": {{"{name}": 1, "{name}": 2}}}}]}}',
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token(Role.ADMIN, 'stf_office')}",
        },
    )
    [item] = twice.json()["items"]
    assert item["body"]["errors"][0]["pointer"] == f"/{name[:MOST_OF_A_NAME]}"
    assert max(len(in_body.text), len(in_query.text), len(twice.text)) < 1_000
