"""One village with two doors: somebody asks its API, or types at its counter, in copies of the same files."""

import contextlib
import inspect
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest
from httpx import Response

from ledger.api.server.metrics import Metrics
from ledger.api.state import open_api
from ledger.api.tokens import Verifier
from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.operations.callers import Role
from ledger.settings import read_settings
from tests.api.asking import Asking
from tests.api.clock import Clock
from tests.api.conftest import KEY, TERMS, Client, application, token, village
from tests.api.village import OFFICE
from tests.cli.conftest import run

DOORS = ("http", "counter")


class Asked(NamedTuple):
    """What is done or asked, in the words of both doors: where and with which body or query, and what is typed."""

    path: str
    body: Mapping[str, Any]
    typed: Sequence[object]


class Told(NamedTuple):
    """What a door answers: a document, and its code where that is an error's."""

    document: dict[str, Any]
    code: str | None

    @property
    def details(self) -> dict[str, Any]:
        """What an error's sentence speaks of: over HTTP apart from it, at the counter beside it."""
        return self.document.get("details", self.document)

    @property
    def facts(self) -> list[dict[str, Any]]:
        """What was recorded, without what is each fact's own."""
        assert self.code is None, self.document
        own = {"id", "at", "cause", "position"}
        return [
            {name: value for name, value in event.items() if name not in own}
            for event in self.document["events"]
        ]

    @property
    def fact(self) -> dict[str, Any]:
        """The one fact that was recorded."""
        [fact] = self.facts
        return fact


class Door(Protocol):
    """Where something is done."""

    folder: Path

    def do(self, asked: Asked, key: str | None = None, *, dry: bool = False) -> Told:
        """What is answered to what is done."""
        ...

    def ask(self, asked: Asked) -> Told:
        """What is answered to a question."""
        ...


class Http:
    """The API, as an office's program asks it."""

    def __init__(self, folder: Path, client: Client) -> None:
        self.folder = folder
        self._client = client

    def do(self, asked: Asked, key: str | None = None, *, dry: bool = False) -> Told:
        query: dict[str, Any] = {"dry_run": "true"} if dry else {}
        return self._told(self._client.post(asked.path, asked.body, key, **query))

    def ask(self, asked: Asked) -> Told:
        return self._told(self._client.get(asked.path, **asked.body))

    def _told(self, response: Response) -> Told:
        return Told(response.json(), response.json()["code"] if response.is_error else None)

    def in_chinese(self, asked: Asked) -> dict[str, Any]:
        """What is answered to whoever reads Chinese."""
        return dict(self._client.post(asked.path, asked.body, headers={"Accept-Language": "zh-CN"}).json())

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """The answer to a question, or its problem."""
        return dict(self._client.get(path, **query).json())


class Counter:
    """The command line, as somebody in an office types it for a program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def do(self, asked: Asked, key: str | None = None, *, dry: bool = False) -> Told:
        return self._told(asked, *(() if key is None else ("--key", key)), *(("--dry-run",) if dry else ()))

    def ask(self, asked: Asked) -> Told:
        # People read the same, drawn.
        assert run(*asked.typed, "--data", self.folder).exit_code == 0
        return self._told(asked)

    def _told(self, asked: Asked, *more: str) -> Told:
        result = run(*asked.typed, *more, "--json", "--data", self.folder)
        if result.exit_code == 0:
            return Told(json.loads(result.stdout), None)
        error = json.loads(result.stderr)["error"]
        return Told(error, error["code"])


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A folder with the village's files, and its time."""
    folder = tmp_path_factory.mktemp("village")
    place = read_settings(folder, {})
    with village(place.ledger, place.directory) as ledger:
        return folder, ledger.now()


Open = Callable[[str], Door]


@pytest.fixture
def open_door(
    built: tuple[Path, datetime], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens a door, each to a village of its own."""
    with opening(built, tmp_path, monkeypatch) as opened:
        yield opened


@contextlib.contextmanager
def opening(built: tuple[Path, datetime], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """The same, each in a folder within one."""
    original, now = built
    clock = Clock(now)
    for opening in (open_for_reading, open_for_writing):
        monkeypatch.setitem(inspect.unwrap(opening).__kwdefaults__, "now", clock)
    with contextlib.ExitStack() as stack:

        def opened(kind: str) -> Door:
            own = Path(shutil.copytree(original, folder / kind))
            return Counter(own) if kind == "counter" else stack.enter_context(_serving(own))

        yield opened


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest, open_door: Open) -> Door:
    """Either door."""
    return open_door(request.param)


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[Http]:
    with open_for_writing(read_settings(folder, {})) as ledger:
        api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
        served = application()
        served.app.state.api = served.api = api
        with Asking(served) as client:
            yield Http(folder, Client(client, token(Role.ADMIN, OFFICE)))
        api.close()
