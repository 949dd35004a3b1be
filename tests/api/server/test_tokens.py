"""Tokens that whoever holds the key wrote by mistake: they are refused like any that is none, and break nothing."""

import json
import time
from typing import Any

import jwt
import pytest

from tests.api.asking import Asking
from tests.api.conftest import KEY, problem
from tests.api.village import ANN

pytestmark = pytest.mark.databases("sqlite")
NOW = int(time.time())
GOOD: dict[str, Any] = {
    "iss": "timebank-ledger",
    "aud": "timebank",
    "sub": "stf_office",
    "iat": NOW,
    "exp": NOW + 3600,
    "role": "admin",
}
ODD: dict[str, dict[str, Any]] = {
    "exp as text": {"exp": str(NOW + 3600)},
    "iat as text": {"iat": str(NOW)},
    "both as text": {"iat": str(NOW), "exp": str(NOW + 3600)},
    "exp beyond all time": {"exp": float("inf")},
    "exp no number": {"exp": float("nan")},
    "iat no number": {"iat": float("nan")},
    "iat before all time": {"iat": float("-inf")},
    "exp true": {"exp": True},
    "exp a list": {"exp": [NOW + 3600]},
    "exp an object": {"exp": {}},
    "exp null": {"exp": None},
    "exp of 1,000 digits": {"exp": 10**1000},
    "exp before iat": {"iat": NOW, "exp": NOW - 1},
    "nbf as a word": {"nbf": "soon"},
    "nbf a list": {"nbf": []},
    "sub a number": {"sub": 7},
    "sub a list": {"sub": ["stf_office"]},
    "sub of half a surrogate pair": {"sub": "stf_\ud800"},
    "aud a list": {"aud": ["timebank"]},
    "aud an object": {"aud": {"timebank": 1}},
    "iss a list": {"iss": ["timebank-ledger"]},
    "role a number": {"role": 1},
    "role an object": {"role": {}},
    "community a number": {"role": "coordinator", "community": 1},
    "jti a number": {"jti": 7},
    "nothing": dict.fromkeys(GOOD),
}


def asked(client: Asking, token: str) -> Any:
    return client.get(
        f"/api/v1/volunteers/{ANN}/balance",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
    )


def test_a_good_token_is_taken(client: Asking):
    for good in (GOOD, {**GOOD, "iat": NOW - 0.5, "exp": NOW + 3600.5}):
        assert asked(client, jwt.encode(good, KEY, algorithm="EdDSA")).status_code == 200


@pytest.mark.parametrize("odd", ODD)
def test_a_token_with_exp_as_text_was_a_failure_of_ours(client: Asking, odd: str):
    def written(claims: dict[str, Any]) -> str:
        # PyJWT itself refuses to write some of these.
        return jwt.PyJWS().encode(json_of(claims), KEY, algorithm="EdDSA", headers={"typ": "JWT"})

    assert problem(asked(client, written({**GOOD, **ODD[odd]}))) == (401, "unauthenticated"), odd


@pytest.mark.parametrize(
    "payload", [b"[" * 1500 + b"]" * 1500, b"7", b'"x"', b"null", b"\xff", b'{"exp": 1' + b"1" * 3000 + b"}"]
)
def test_a_token_of_anything_is_none(client: Asking, payload: bytes):
    token = jwt.PyJWS().encode(payload, KEY, algorithm="EdDSA")
    assert problem(asked(client, token)) == (401, "unauthenticated")


def test_why_a_token_is_not_taken_tells_nothing_that_it_holds(client: Asking):
    # A suite may have run for longer than a token of its beginning lasts.
    now = int(time.time())
    for claims, why in (
        ({"exp": now - 60, "iat": now - 120}, "it has expired"),
        ({"aud": "somebody-else"}, "it is for another ledger"),
        ({"iss": "somebody-else"}, "somebody else issued it"),
        ({"iat": now + 600, "exp": now + 900}, "it is not good yet"),
        ({"exp": now + 10**9}, "it lasts longer than is allowed, or not at all"),
    ):
        response = asked(client, jwt.encode({**GOOD, **claims}, KEY, algorithm="EdDSA"))
        assert response.json()["detail"] == f"The token is not taken: {why}."


def test_why_a_token_is_not_taken_was_told_in_english_alone(client: Asking):
    now = int(time.time())
    expired = jwt.encode({**GOOD, "exp": now - 60, "iat": now - 120}, KEY, algorithm="EdDSA")
    headers = {"Authorization": f"Bearer {expired}", "Accept-Language": "zh-CN"}
    told = client.get(f"/api/v1/volunteers/{ANN}/balance", headers=headers).json()
    assert told["detail"] == "访问令牌未被接受：已过期。"


def json_of(claims: dict[str, Any]) -> bytes:
    return json.dumps(claims).encode()
