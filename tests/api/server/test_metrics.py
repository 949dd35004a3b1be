"""What is counted, by what, and where that is told."""

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from ledger.api.server.metrics import CONTENT_TYPE, Metrics
from ledger.api.server.scraping import telling_figures
from ledger.api.server.shared import Shared
from ledger.hosting.processes import numeric
from tests.api.asking import Asking
from tests.api.conftest import application, problem
from tests.cli.conftest import run
from tests.contest.served import serving
from tests.contest.test_kills import set_up

PATIENCE_SECONDS = 20


def test_invented_statuses_are_one_series():
    metrics = Metrics()
    for status in (200, 404, 999, 1_000, -1):
        metrics.answered("route", "GET", status, 0.1)
    assert set(re.findall(rb'status="(\w+)"', metrics.text())) == {b"200", b"404", b"other"}


@pytest.mark.databases("sqlite")
def test_others_are_answered_while_somebody_scrapes(client: Asking):
    """A scrape that takes its time, on a thread: /healthz is answered before the scrape is."""
    state, begun, go = application().app.state, threading.Event(), threading.Event()

    def slow() -> bytes:
        begun.set()
        assert go.wait(PATIENCE_SECONDS)
        return b"done"

    state.api = state.api._replace(figures=Shared(slow))
    found: list[str] = []
    scrape = threading.Thread(target=lambda: found.append(client.get("/metrics").text))
    scrape.start()
    assert begun.wait(PATIENCE_SECONDS)
    assert client.get("/healthz").status_code == 200
    assert found == []
    go.set()
    scrape.join()
    assert found == ["done"]


def test_what_many_ask_for_at_once_is_made_twice_at_most():
    made: list[int] = []
    begun, go = threading.Event(), threading.Event()

    def make() -> int:
        made.append(1)
        begun.set()
        assert go.wait(PATIENCE_SECONDS)
        return len(made)

    async def ask() -> list[int]:
        shared = Shared(make)
        first = asyncio.create_task(shared.get())
        await asyncio.to_thread(begun.wait, PATIENCE_SECONDS)
        # They came after the first was begun, whose result may be older than they are.
        others = [asyncio.create_task(shared.get()) for _ in range(50)]
        await asyncio.sleep(0)
        go.set()
        told = await asyncio.gather(first, *others)
        shared.close()
        return told

    assert asyncio.run(ask()) == [1, *[2] * 50]


@contextlib.contextmanager
def figures(host: str = "127.0.0.1") -> Iterator[tuple[str, int]]:
    port = free_port(host)
    with telling_figures(host, port, lambda: b"figures"):
        yield host, port


def free_port(host: str = "127.0.0.1") -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, 0), family=family) as found:
        return int(found.getsockname()[1])


def test_figures_are_told_at_an_address_of_their_own():
    with figures() as (host, port):
        url = f"http://{host}:{port}"
        told = httpx.get(f"{url}/metrics?name[]=x")
        assert (told.status_code, told.text) == (200, "figures")
        assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
        head = httpx.head(f"{url}/metrics")
        assert (head.text, head.headers["content-length"]) == ("", "7")
        assert httpx.get(f"{url}/api/v1/ledger").status_code == 404
        assert httpx.post(f"{url}/metrics").status_code == 405
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{url}/metrics")


@pytest.mark.slow
def test_figures_are_told_to_others_while_some_send_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ledger.api.server.scraping._LONGEST_SECONDS", 1.0)
    with figures() as (host, port), contextlib.ExitStack() as stack:
        idle = [stack.enter_context(socket.create_connection((host, port))) for _ in range(20)]
        idle[0].sendall(b"GET /metrics HTTP/1.1\r\n" + b"x: y\r\n" * 10)
        idle[1].sendall(b"\x00" * 100_000)
        assert httpx.get(f"http://{host}:{port}/metrics").text == "figures"
        for one in idle[:1] + idle[2:]:
            one.settimeout(PATIENCE_SECONDS)
            assert one.recv(100) == b"", "it is given up"


def test_an_address_of_ipv6_is_told_at():
    try:
        free_port("::1")
    except OSError:
        pytest.skip("there is no IPv6 here")
    with figures("::1") as (host, port):
        assert httpx.get(f"http://[{host}]:{port}/metrics").text == "figures"


@pytest.mark.parametrize(
    "wrong", ["9100", ":9100", "host", "host:0", "host:65536", "::1:9100", "h h:1", "h:１"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, wrong: str):
    refused = run("serve", "--data", tmp_path, "--metrics-listen", wrong)
    assert refused.exit_code == 2
    assert "HOST:PORT" in refused.stderr


def test_an_address_that_is_taken_is_refused(tmp_path: Path):
    assert run("init", "--data", tmp_path).exit_code == 0
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run(
            "serve", "--data", tmp_path, "--port", free_port(), "--metrics-listen", f"127.0.0.1:{port}"
        )
    assert refused.exit_code == 2
    assert f"nothing can listen at 127.0.0.1 port {port}" in refused.stderr


@pytest.mark.parametrize(
    ("host", "figures"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "localhost"),
        ("0.0.0.0", "127.0.0.1"),
        ("127.0.0.1", "0.0.0.0"),
        ("::", "127.0.0.1"),
    ],
)
def test_figures_took_callers_away_at_another_name_of_the_servers_own_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, figures: str
):
    monkeypatch.setattr(
        "ledger.cli.tools.serving.serve_place", lambda *_: pytest.fail("it would have been served")
    )
    if figures == "localhost":
        host = numeric(figures)
    try:
        same = free_port(host)
    except OSError:
        pytest.skip("there is no IPv6 here")
    assert run("init", "--data", tmp_path).exit_code == 0
    said = ("--host", host, "--port", same, "--metrics-listen", f"{figures}:{same}")
    refused = run("serve", "--data", tmp_path, *said)
    assert refused.exit_code == 2
    assert f"nothing can listen at {figures} port {same}" in refused.stderr


@pytest.mark.databases("sqlite")
def test_the_kind_of_the_figures_told_its_character_set_twice(client: Asking):
    assert client.get("/metrics").headers["content-type"] == CONTENT_TYPE


@pytest.mark.slow
def test_a_server_did_not_begin_at_a_host_with_a_name(tmp_path: Path):
    from ledger.settings import read_settings

    settings, port = read_settings(tmp_path / "ledger", {}), free_port(numeric("localhost"))
    set_up(settings)
    named = ("--host", "localhost", "--metrics-listen", f"localhost:{port}")
    with serving(settings.ledger, tmp_path, *named) as server:
        # Figures are told at the address that was said, and nowhere else.
        hidden = httpx.get(f"{server.address}/metrics")
        assert problem(hidden) == (404, "not-found")
        told = httpx.get(f"http://localhost:{port}/metrics").text
        assert 'timebank_view_lag_events{view="balances"} 0.0' in told
        assert 'route="metrics",status="404"' in told


@pytest.mark.slow
def test_any_of_several_processes_tells_the_figures_of_all(postgres_url: str, tmp_path: Path):
    from ledger.settings import Settings

    set_up(Settings(postgres_url, postgres_url))
    folders = set(Path(tmp_path).glob("timebank-metrics-*"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path))
        with serving(postgres_url, tmp_path, "--workers", "2") as server:
            asked = 60
            for _ in range(asked):
                assert httpx.get(f"{server.address}/healthz").status_code == 200
            [folder] = set(Path(tmp_path).glob("timebank-metrics-*")) - folders
            assert folder.stat().st_mode & 0o777 == 0o700
            processes = {path.stem.rpartition("_")[2] for path in folder.glob("histogram_*.db")}
            assert len(processes) == 2
            for _ in range(10):
                told = httpx.get(f"{server.address}/metrics").text
                assert counted(told, "healthz") == asked
                assert told.count('timebank_view_lag_events{view="balances"}') == 1
            server.stop()
        assert not folder.exists()


def counted(text: str, route: str) -> int:
    pattern = rf'timebank_request_seconds_count{{method="GET",route="{route}",status="200"}} (\d+)'
    [found] = re.findall(pattern, text)
    return int(found)
