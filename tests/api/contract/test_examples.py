"""Every example of the table works as it stands: it is what the pages show, and what newcomers send first."""

import re
from typing import Any

import msgspec
import pytest

from ledger.api.openapi.answers import answered as answered_before
from ledger.api.routes import Route
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.table import READS, WRITES
from tests.api.conftest import Client

pytestmark = pytest.mark.databases("sqlite")


def path_of(route: Route) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(route.example[found[1]]), route.path)


COMMAND = "python -m tests.api.write_answers"


def shown(name: str) -> Any:
    """The answer that the document shows of an operation."""
    return answered_before(name)["example"]


def without_position(name: str) -> Any:
    return {field: value for field, value in shown(name).items() if field != "position"}


def shape(value: Any) -> Any:
    """An answer without its values: those of ids, instants and cursors are others each time."""
    match value:
        case dict():
            fields = {name: shape(one) for name, one in value.items()}
            return fields | ({"type": value["type"]} if "type" in value else {})
        case list():
            return [shape(one) for one in value]
        case _:
            return type(value)


def test_every_read_is_answered(admin: Client):
    for read in READS:
        query: Any = read.example.get("query", {})
        response = admin.get(path_of(read), **query)
        assert response.status_code == 200, (read.name, response.text)
        answered = response.json()
        del answered["position"]
        # What is answered is what the table says it is.
        msgspec.convert(answered, read.operation.answers)
        assert shape(answered) == shape(without_position(read.name)), f"`{COMMAND}` writes it anew"


@pytest.mark.parametrize("write", WRITES, ids=lambda write: write.name)
def test_every_write_is_recorded(admin: Client, write: Any):
    recorded = admin.record(path_of(write), write.example["body"])
    assert recorded["events"]
    assert shape(recorded) == shape(shown(write.name)), f"`{COMMAND}` writes it anew"
    assert recorded["position"] == recorded["events"][-1]["position"]


@pytest.mark.parametrize("write", WRITES_OF_SEVERAL, ids=lambda write: write.name)
def test_what_is_done_to_several_things_is_recorded(admin: Client, write: Any):
    recorded = admin.record(path_of(write), write.example["body"])
    assert [item["status"] for item in recorded["items"]] == [201]
    assert shape(recorded) == shape(shown(write.name)), f"`{COMMAND}` writes it anew"


def test_no_two_routes_share_a_name():
    names = [route.name for route in (*READS, *WRITES, *WRITES_OF_SEVERAL)]
    assert len(set(names)) == len(names)
