"""Pages of other origins: a browser lets those ask that the server names, and no others."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from ledger.api.server.origins import is_origin
from ledger.api.server.served import application as application_of
from ledger.api.server.serving import Served
from ledger.operations.callers import Role
from ledger.settings import Settings
from ledger.store.keys import private_key
from tests.api.asking import Asking
from tests.api.conftest import Client, application, token
from tests.api.village import ANN
from tests.cli.conftest import run

pytestmark = pytest.mark.databases("sqlite")

PORTAL = "https://portal.example"
BALANCE = f"/api/v1/volunteers/{ANN}/balance"


@pytest.fixture
def open_to_a_portal(client: Asking) -> Iterator[Asking]:
    entrance = application()
    entrance.origins = frozenset({PORTAL})
    yield client
    entrance.origins = frozenset()


def names(header: str) -> set[str]:
    return set(header.split(", "))


def test_a_named_origin_sees_what_it_asked_for(open_to_a_portal: Asking):
    me = {"Authorization": f"Bearer {token(Role.VOLUNTEER, ANN)}", "Origin": PORTAL}
    response = open_to_a_portal.get(BALANCE, headers=me)
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == PORTAL
    assert names(response.headers["access-control-expose-headers"]) == {
        "ETag",
        "Ledger-Position",
        "Idempotency-Replayed",
        "Location",
        "Retry-After",
        "X-Request-Id",
    }
    assert "Origin" in response.headers["vary"]
    assert "access-control-allow-methods" not in response.headers


def test_problems_are_seen_too(open_to_a_portal: Asking):
    response = open_to_a_portal.get(BALANCE, headers={"Origin": PORTAL})
    assert response.status_code == 401
    assert response.headers["access-control-allow-origin"] == PORTAL


@pytest.mark.parametrize("path", [BALANCE, "/api/v1/transfers"])
def test_a_preflight_is_told_what_may_be_sent(open_to_a_portal: Asking, path: str):
    asked = {"Origin": PORTAL, "Access-Control-Request-Method": "POST"}
    response = open_to_a_portal.options(path, headers=asked)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == PORTAL
    assert {"GET", "POST"} <= names(response.headers["access-control-allow-methods"])
    assert names(response.headers["access-control-allow-headers"]) == {
        "Authorization",
        "Content-Type",
        "Idempotency-Key",
        "If-None-Match",
        "X-Request-Id",
    }


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://portal.example", "null", ""])
def test_no_other_origin_is_let_in(open_to_a_portal: Asking, origin: str):
    asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    for response in (
        open_to_a_portal.options("/api/v1/transfers", headers=asked),
        open_to_a_portal.get(BALANCE, headers={"Origin": origin}),
    ):
        assert not [name for name in response.headers if name.startswith("access-control")]
        assert response.headers["vary"].endswith("Origin")


def test_a_server_that_names_none_says_nothing_of_origins(client: Asking, admin: Client):
    response = client.get(BALANCE, headers={"Origin": PORTAL})
    assert not [name for name in response.headers if name.startswith("access-control")]
    assert "Origin" not in response.headers["vary"]


@pytest.mark.parametrize("origin", ["https://portal.example", "http://localhost:3000", "https://[::1]:8443"])
def test_an_origin_is_scheme_host_and_port(origin: str):
    assert is_origin(origin)


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "portal.example",
        "https://",
        "https://portal.example/",
        "https://Portal.example",
        "https://portal.example:https",
        "ftp://portal.example",
        "https://me@portal.example",
        "https://portal.example?x=1",
        "https://志愿.example",
        "",
    ],
)
def test_nothing_else_is_an_origin(text: str):
    assert not is_origin(text)


def test_the_command_names_the_origins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    served: list[Served] = []
    monkeypatch.setattr("ledger.cli.tools.serving._prepare", lambda served: None)
    monkeypatch.setattr("ledger.cli.tools.serving.serve_place", served.append)
    command = ("serve", "--port", _free_port(), "--data", tmp_path)
    assert run(*command).exit_code == 0
    assert run(*command, "--allow-origin", PORTAL, "--allow-origin", "http://localhost:3000").exit_code == 0
    assert [how.origins for how in served] == [(), (PORTAL, "http://localhost:3000")]
    refused = run(*command, "--allow-origin", f"{PORTAL}/")
    assert refused.exit_code == 2
    assert "--allow-origin" in refused.stderr


def test_a_server_is_given_the_origins(built: tuple[Path, Any], tmp_path: Path):
    shutil.copytree(built[0], tmp_path, dirs_exist_ok=True)
    private_key(tmp_path / "key.pem", make=True)
    place = Settings(
        f"sqlite:///{tmp_path / 'ledger.sqlite'}",
        f"sqlite:///{tmp_path / 'people.sqlite'}",
        str(tmp_path / "key.pem"),
    )
    served = Served(settings=place, origins=(PORTAL,), read_only=True)
    with TestClient(application_of(served)) as portal:
        response = portal.get("/healthz", headers={"Origin": PORTAL})
    assert response.headers["access-control-allow-origin"] == PORTAL


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
