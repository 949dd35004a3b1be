"""The proxy that docs/api.md puts before the server: its text is what runs here, but for the ports."""

import contextlib
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest

from ledger.api.crowd import MOST_AT_ONCE
from tests.contest.served import ROOT, STARTING_SECONDS, Server, free_port, serving, small_ledger
from tests.small_bank import ANN, BOB

pytestmark = pytest.mark.slow

BALANCE = f"/api/v1/volunteers/{ANN}/balance"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/sbin:/bin")
AROUND = """
daemon off;
master_process off;
pid nginx.pid;
error_log error.log warn;
events {{}}
http {{
    access_log off;
    client_body_temp_path bodies;
    proxy_temp_path proxied;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
{ours}
}}
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("proxied")
    with serving(small_ledger(folder).ledger, folder) as one:
        yield one


@pytest.fixture(scope="module")
def proxy(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of an nginx before the server."""
    if NGINX is None:
        pytest.skip("no nginx here")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    (folder / "nginx.conf").write_text(AROUND.format(ours=documented(port, server.port)), "utf-8")
    nginx = subprocess.Popen([NGINX, "-p", str(folder), "-c", "nginx.conf", "-e", "error.log"])
    try:
        latest = time.monotonic() + STARTING_SECONDS
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            assert nginx.poll() is None, (folder / "error.log").read_text()
            assert time.monotonic() < latest
            time.sleep(0.02)
        yield port
    finally:
        nginx.terminate()
        nginx.wait(STARTING_SECONDS)


def documented(port: int, upstream: int) -> str:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    found = re.findall(r"^```nginx\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(found) == 1
    replaced = found[0].replace("listen 80;", f"listen 127.0.0.1:{port};")
    replaced = replaced.replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};")
    assert (f":{port};" in replaced, f":{upstream};" in replaced) == (True, True)
    return replaced


@pytest.fixture
def client(server: Server, proxy: int) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {server.token()}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{proxy}", headers=headers, trust_env=False) as one:
        yield one


def test_the_documented_proxy_hands_on_what_is_asked_and_answered(client: httpx.Client):
    answer = client.get(BALANCE)
    assert (answer.status_code, answer.json()["service_minutes"]) == (200, 1_000)
    assert answer.headers["server"] == "nginx"
    assert client.get(BALANCE, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    body = {"giver": ANN, "receiver": BOB, "minutes": 1}
    for replayed in (None, "true"):
        made = client.post("/api/v1/transfers", json=body, headers={"Idempotency-Key": "once"})
        assert (made.status_code, made.headers.get("idempotency-replayed")) == (201, replayed)
    told = client.get("/api/v1/volunteers/vol_nobody/balance", headers={"Accept-Language": "zh"})
    assert (told.status_code, told.headers["content-type"]) == (404, "application/problem+json")


def test_the_documented_proxy_gives_each_request_one_id(client: httpx.Client):
    own = "0123456789abcdef0123456789abcdef"
    assert client.get(BALANCE, headers={"X-Request-Id": own}).headers["x-request-id"] == own
    assert re.fullmatch("[0-9a-f]{32}", client.get(BALANCE).headers["x-request-id"])


def test_the_documented_proxy_keeps_metrics_to_itself(client: httpx.Client, server: Server):
    assert client.get("/metrics").status_code == 404
    assert client.get("/healthz").status_code == 200


def test_a_body_that_is_too_large_is_told_in_the_servers_words(client: httpx.Client):
    answer = client.post("/api/v1/transfers", content=b" " * 1_500_000)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")


def test_half_bodies_take_no_places_behind_the_documented_proxy(
    client: httpx.Client, server: Server, proxy: int
):
    half = (
        "POST /api/v1/transfers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {server.token()}\r\nContent-Length: 99\r\n\r\n{{"
    ).encode()
    with contextlib.ExitStack() as held:
        for _ in range(MOST_AT_ONCE):
            one = held.enter_context(socket.create_connection(("127.0.0.1", proxy)))
            one.sendall(half)
        for _ in range(3):
            assert client.get(BALANCE).status_code == 200


def test_more_connections_of_one_address_than_it_may_have_are_refused(proxy: int, client: httpx.Client):
    with contextlib.ExitStack() as held:
        for _ in range(120):
            one = held.enter_context(socket.create_connection(("127.0.0.1", proxy)))
            one.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n")
        latest = time.monotonic() + STARTING_SECONDS
        while client.get("/healthz").status_code != 429:
            assert time.monotonic() < latest
    while client.get("/healthz").status_code == 429:
        assert time.monotonic() < latest
