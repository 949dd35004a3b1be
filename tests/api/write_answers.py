"""`python -m tests.api.write_answers` writes anew what is answered to the examples, which the OpenAPI document shows.

Each is asked of a new village: an example may use up what another one needs. An answer that is there and has the shape
of what is answered now stays, as ids and signatures are others each time; without the file all are written.
"""

import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import structlog

from ledger.api.openapi.answers import PATH
from ledger.api.server.metrics import Metrics
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.state import open_api
from ledger.api.table import READS, WRITES
from ledger.api.tokens import Verifier
from ledger.operations.callers import Role
from tests.api.asking import Asking
from tests.api.conftest import KEY, TERMS, Client, application, token, village
from tests.api.contract.test_examples import path_of, shape


def answers() -> dict[str, Any]:
    """What is answered to the example of each read and write, by the name of the operation."""
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Any] = {}
        for route in (*READS, *WRITES, *WRITES_OF_SEVERAL):
            place = Path(folder) / route.name
            place.mkdir()
            files = f"sqlite:///{place / 'ledger.sqlite'}", f"sqlite:///{place / 'people.sqlite'}"
            with village(*files) as ledger:
                api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
                served = application()
                served.app.state.api = served.api = api
                with Asking(served) as client:
                    found[route.name] = _answer(Client(client, token(Role.ADMIN, "stf_office")), route)
                api.close()
        return found


def _answer(admin: Client, route: Any) -> Any:
    path = path_of(route)
    if route in READS:
        return admin.read(path, **route.example.get("query", {}))
    return admin.record(path, route.example["body"])


def write() -> None:
    """Write what is missing, or of another shape than what is answered now; leave out what nobody asks any more."""
    before: dict[str, Any] = json.loads(PATH.read_text("utf-8")) if PATH.exists() else {}
    told = {
        name: before[name] if name in before and shape(before[name]) == shape(one) else one
        for name, one in answers().items()
    }
    PATH.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    write()
