"""A value in a query has one spelling: others are refused in the words that say what is wanted."""

from typing import Any
from urllib.parse import quote

import pytest
from msgspec.structs import fields

from ledger.api.queries import query_of
from ledger.api.table import READS
from ledger.operations.refused import Problem
from tests.api.conftest import Client, problem
from tests.api.village import ANN

# What is refused is refused before any database is asked.
pytestmark = pytest.mark.databases("sqlite")

STATEMENT = f"/volunteers/{ANN}/statement"
NO_NUMBERS = [
    "1e2",
    "1E2",
    "5.0",
    "+5",
    " 5",
    "5 ",
    "05",
    "-0",
    "0x10",
    "1_000",
    "５",
    "٥",
    "true",
    "",
    "null",
]
NO_BOOLEANS = ["1", "0", "True", "TRUE", "on", "yes", " true", "", "null"]
NO_MOMENTS = ["007", "+5", "5.0", "1e2", "５", "-1", "2026-W36-6", "2026-09-05T09:00:00", "1_000"]


def refused(response: Any, parameter: str) -> str:
    assert problem(response) == (422, "invalid-request"), response.url
    [error] = response.json()["errors"]
    assert error["parameter"] == parameter
    return str(error["detail"])


def parameters(kind: type) -> list[tuple[str, str, type]]:
    """Path, name and query of each parameter that is of a kind, in any operation."""
    return [
        (read.path, field.encode_name, read.operation.query)
        for read in READS
        for field in fields(read.operation.query)
        if kind in getattr(field.type, "__args__", ()) or field.type is kind or is_annotated(field.type, kind)
    ]


def is_annotated(of: Any, kind: type) -> bool:
    return getattr(of, "__origin__", None) is kind


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_limit_of_1e2_was_100(admin: Client, text: str):
    detail = refused(admin.get(STATEMENT, limit=text), "limit")
    assert detail == "a whole number is wanted here, and not text"
    in_chinese = admin.get(STATEMENT, headers={"Accept-Language": "zh"}, limit=text)
    assert refused(in_chinese, "limit") == "应为整数，而不是文本"


@pytest.mark.parametrize("text", ["9" * 30, "-" + "9" * 30, "1" * 5_000])
def test_a_number_beyond_64_bits_is_told_by_its_bound(admin: Client, text: str):
    assert refused(admin.get(STATEMENT, limit=text), "limit") in {
        "at most 200 is taken",
        "at least 1 is wanted",
    }


@pytest.mark.parametrize("text", NO_BOOLEANS)
def test_yes_and_no_are_true_and_false_alone(admin: Client, text: str):
    assert (
        refused(admin.get("/venues", closed=text), "closed") == "true or false is wanted here, and not text"
    )


def test_every_parameter_of_every_operation_takes_one_spelling():
    for kind, texts in ((int, NO_NUMBERS), (bool, NO_BOOLEANS)):
        found = parameters(kind)
        assert found
        for path, name, query in found:
            for text in texts:
                with pytest.raises(Problem) as told:
                    query_of(query, f"{name}={quote(text)}".encode())
                faults = [one for one in told.value.errors if one.parameter == name]
                assert faults, (path, name, text)
                assert "null" not in faults[0].en or text == "null", (path, name, faults[0].en)


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_a_moment_is_a_position_a_day_or_an_instant_in_one_spelling(admin: Client, text: str):
    path = f"/volunteers/{ANN}/balance"
    assert refused(admin.get(path, known_at=text), "known_at").startswith("it is no position")


@pytest.mark.parametrize("text", ["2027-W40-6", "2027-282", "2027-10-09T09:00:00", "1700000000"])
def test_shifts_from_a_day_or_an_instant_in_one_spelling(admin: Client, text: str):
    since: dict[str, Any] = {"from": text}
    assert refused(admin.get("/shifts", **since), "from").startswith("it is no day")


@pytest.mark.databases("sqlite", "postgres")
def test_what_is_spelt_rightly_is_taken(admin: Client):
    assert len(admin.read(STATEMENT, limit="1", min_position="0")["items"]) == 1
    assert admin.read("/venues", closed="false") == admin.read("/venues", closed="false", limit=200)
    for text in ("1", "2026-09-05", "2026-09-05T09:00:00+08:00", "2026-09-05T01:00:00.5Z"):
        assert "it is no" not in admin.get(f"/volunteers/{ANN}/balance", known_at=text).text
    for text in ("2027-10-09", "2027-10-09T09:00:00Z"):
        since: dict[str, Any] = {"from": text}
        admin.read("/shifts", **since)


@pytest.mark.parametrize("number", ["10.0", "1e1", "1E1", '"10"', "true", "+10", "010"])
def test_a_whole_number_in_a_body_is_written_as_one(admin: Client, number: str):
    response = admin._client.post(
        "/api/v1/transfers",
        content=f'{{"giver": "{ANN}", "receiver": "vol_bob", "minutes": {number}}}',
        headers={**admin._headers, "Content-Type": "application/json", "Idempotency-Key": "one"},
    )
    assert response.status_code in {400, 422}
