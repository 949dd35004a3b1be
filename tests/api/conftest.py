"""An API of each test's own, over a small time bank, and people who call it."""

import contextlib
import re
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from inspect import signature
from pathlib import Path
from typing import Any, cast

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx import Response

from ledger.api.batches import BATCH
from ledger.api.entrance import Entrance
from ledger.api.openapi.problems import codes_of
from ledger.api.persons import REPLACEMENT
from ledger.api.routes import PREFIX, Route
from ledger.api.server.app import create_app
from ledger.api.server.metrics import Metrics
from ledger.api.several import WRITES_OF_SEVERAL
from ledger.api.signing import SIGNING
from ledger.api.state import Api, open_api
from ledger.api.table import READS, WRITES
from ledger.api.tokens import Terms, Verifier, issue
from ledger.bootstrap import Ledger, open_for_writing
from ledger.operations.callers import Caller, Role
from ledger.settings import Settings
from tests.api.asking import Asking
from tests.api.clock import Clock
from tests.api.crowd import gather
from tests.api.served import Served, serving
from tests.api.standing import More, Villages, place_in
from tests.api.village import VALLEY, found
from tests.postgres import Found

TERMS = Terms(audience="timebank")
KEY = Ed25519PrivateKey.generate()
CHECKPOINT_KEY = "checkpoint-key.pem"


def token(role: Role, actor: str, community: str | None = None) -> str:
    return issue(KEY, TERMS, Caller(actor, role, community), timedelta(hours=1), time.time())


class Client:
    """Somebody with a token; paths are those beneath /api/v1."""

    def __init__(self, client: Asking, bearer: str | None) -> None:
        self._client = client
        self._headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> Response:
        more = {**self._headers, **(headers or {})}
        return declared(self._client.get(_whole(path), params=query, headers=more))

    def post(
        self,
        path: str,
        body: Any = None,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        **query: Any,
    ) -> Response:
        more = {**self._headers, **(headers or {}), **({} if key is None else {"Idempotency-Key": key})}
        said = {} if body is None else body
        return declared(self._client.post(_whole(path), json=said, headers=more, params=query))

    def raw(self, path: str, content: bytes) -> Response:
        """What is answered to a body as it stands."""
        more = {**self._headers, "Content-Type": "application/json"}
        return declared(self._client.post(_whole(path), content=content, headers=more))

    def read(self, path: str, **query: Any) -> Any:
        """What is answered, which must be a 200."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.text
        return response.json()

    def record(self, path: str, body: Any = None, key: str | None = None) -> Any:
        """What is answered to a write, which must be a 201."""
        response = self.post(path, body, key)
        assert response.status_code == 201, response.text
        return response.json()

    def refused(self, response: Response) -> tuple[int, str]:
        """Status and code of a problem."""
        return problem(response)


def problem(response: Response) -> tuple[int, str]:
    """Status and code of a response that is a problem document."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    document = response.json()
    assert document["type"] == f"/problems/{document['code']}"
    assert document["status"] == response.status_code
    assert document["request_id"] == response.headers["x-request-id"]
    assert document["title"]
    assert document["detail"]
    return response.status_code, document["code"]


def declared(response: Response) -> Response:
    """The response, whose code must be one that its operation says it can have."""
    if response.is_error:
        route = route_of(response.request.method, response.request.url.path)
        if route is not None:
            codes = codes_of(route).get(response.status_code, ())
            assert response.json()["code"] in codes, (route.name, response.text)
    return response


def route_of(method: str, path: str) -> Route | None:
    """The operation that answers there, if any; what is spelt out goes before what stands for an id."""
    found = [route for pattern, route in _patterns(reading=method == "GET") if pattern.fullmatch(path)]
    return min(found, key=lambda route: len(route.parameters), default=None)


@cache
def _patterns(*, reading: bool) -> list[tuple[re.Pattern[str], Route]]:
    """What the paths of operations look like: to make these anew for each answer takes longer than some answers."""
    routes = READS if reading else (*WRITES, *WRITES_OF_SEVERAL, BATCH, REPLACEMENT, SIGNING)
    return [(re.compile(re.sub(r"\{\w+\}", "[^/]+", PREFIX + route.path)), route) for route in routes]


def _whole(path: str) -> str:
    return f"/api/v1{path}" if path.startswith("/") and not path.startswith("//") else path


Call = Callable[..., Client]


@contextlib.contextmanager
def village(url: str, directory: str, key: Path | None = None) -> Generator[Ledger]:
    """A new village, whose checkpoints are signed with the key in a file, or with one that goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Settings(url, directory, checkpoint_key=str(key or Path(folder) / CHECKPOINT_KEY))
        with open_for_writing(place, create=True, now=Clock()) as ledger:
            found(ledger)
            yield ledger


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, of the kinds that the test's `databases` mark names, of each where there is none."""
    return request.getfixturevalue(f"{request.param}_url")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Most tests of a subject need one database only: to answer them is the same code on either."""
    if "database_url" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("databases")
        kinds = ("sqlite", "postgres") if mark is None else mark.args
        full = () if mark is None else mark.kwargs.get("full", ())
        large = [pytest.param(kind, marks=pytest.mark.full) for kind in full]
        metafunc.parametrize("database_url", [*kinds, *large], indirect=True)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A folder with a village's files, and its time: to copy it takes a tenth of the time that founding one takes."""
    folder = tmp_path_factory.mktemp("village")
    place = place_in(folder, folder / CHECKPOINT_KEY)
    with village(place.ledger, place.directory, folder / CHECKPOINT_KEY) as ledger:
        return folder, ledger.now()


@pytest.fixture(scope="session")
def villages(built: tuple[Path, datetime], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Villages]:
    folder, now = built
    villages = Villages(folder, folder / CHECKPOINT_KEY, now, lambda: tmp_path_factory.mktemp("standing"))
    yield villages
    villages.close()


@pytest.fixture(scope="session")
def village_at(built: tuple[Path, datetime]) -> Callable[[More | None], Found]:
    """Founds on PostgreSQL what is `built` in files, at the same time and with the same key, and more of it."""
    folder, now = built

    @cache
    def founding(more: More | None) -> Found:
        def found_at(url: str) -> None:
            with village(url, url, folder / CHECKPOINT_KEY) as ledger:
                if more is not None:
                    more(ledger)
                assert ledger.now() == now

        return found_at

    return founding


@pytest.fixture
def foundation(request: pytest.FixtureRequest) -> Found | None:
    """A village on PostgreSQL; files are copied by `ledger`."""
    given = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    wanted = given.get("database_url") == "postgres" and "ledger" in request.fixturenames
    return request.getfixturevalue("village_at")(request.getfixturevalue("more")) if wanted else None


@pytest.fixture
def more(request: pytest.FixtureRequest) -> More | None:
    """What else is in the village from the beginning, where a module's tests begin with more."""
    return gather if "crowd" in request.fixturenames else None


@pytest.fixture
def ledger(
    database_url: str, built: tuple[Path, datetime], more: More | None, request: pytest.FixtureRequest
) -> Iterator[Ledger]:
    """The ledger of a small village, on either database; a test that takes `tmp_path` has its files there."""
    if database_url.startswith("postgres"):
        folder, now = built
        place = Settings(database_url, database_url, checkpoint_key=str(folder / CHECKPOINT_KEY))
        with open_for_writing(place, now=Clock(now)) as ledger:
            yield ledger
        return
    villages: Villages = request.getfixturevalue("villages")
    own = "tmp_path" in signature(request.function).parameters
    with (
        villages.open_in(request.getfixturevalue("tmp_path"), more) if own else villages.lend(more) as ledger
    ):
        yield ledger


@pytest.fixture
def crowd(ledger: Ledger) -> Ledger:
    """The village with more of everything."""
    return ledger


@pytest.fixture
def clock(ledger: Ledger) -> Clock:
    """What tells the ledger the time."""
    assert isinstance(ledger.now, Clock)
    return ledger.now


@pytest.fixture
def client(ledger: Ledger) -> Iterator[Asking]:
    api = open_api(ledger, Verifier(KEY.public_key(), TERMS), Metrics())
    served = application()
    served.app.state.api = served.api = api
    with Asking(served) as client:
        yield client
    api.close()


@cache
def application() -> Entrance:
    """The application, without a ledger: to make a hundred handlers takes longer than most tests."""
    return create_app(cast(Api, None))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The village on a real server, in a process of its own."""
    with serving(tmp_path) as served:
        yield served


@pytest.fixture
def as_(client: Asking) -> Call:
    """`as_(Role.VOLUNTEER, "vol_ann")` calls as somebody; `as_()` as nobody."""

    def call(role: Role | None = None, actor: str = "stf_office", community: str | None = None) -> Client:
        if role is None:
            return Client(client, None)
        if role is Role.COORDINATOR and community is None:
            community = VALLEY
        return Client(client, token(role, actor, community))

    return call


@pytest.fixture
def admin(as_: Call) -> Client:
    return as_(Role.ADMIN)
