"""A caller who goes in the middle of what they send has made no mistake of ours, and is not written down."""

import socket
import time
from pathlib import Path

import httpx
import pytest

from ledger.bootstrap import open_for_writing
from ledger.settings import read_settings
from tests.contest.served import Server, serving
from tests.contest.test_kills import set_up

pytestmark = pytest.mark.slow

NAME, PHONE = "王秀兰", "13900001111"
CALLERS = 20
PATIENCE_SECONDS = 20


def hang_up(server: Server, token: str) -> None:
    head = (
        "POST /api/v1/volunteers HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {token}\r\nContent-Length: 4000\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(head.encode() + f'{{"person": {{"name": "{NAME}", "phone": "{PHONE}'.encode())


def bad_requests(server: Server) -> int:
    told = httpx.get(f"{server.address}/metrics").text
    return sum(
        int(float(line.rpartition(" ")[2]))
        for line in told.splitlines()
        if line.startswith("timebank_request_seconds_count") and 'method="POST"' in line
    )


def test_a_caller_who_hangs_up_while_sending_leaves_nothing_in_the_log_and_is_no_failure(tmp_path: Path):
    settings = read_settings(tmp_path / "ledger", {})
    set_up(settings)
    with open_for_writing(settings):
        pass
    with serving(settings.ledger, tmp_path) as server:
        token = server.token()
        for _ in range(CALLERS):
            hang_up(server, token)
        latest = time.monotonic() + PATIENCE_SECONDS
        while bad_requests(server) < CALLERS and time.monotonic() < latest:
            time.sleep(0.05)
        metrics = httpx.get(f"{server.address}/metrics").text
        told = server.log.read_text()
    for secret in (token, token.rpartition(".")[2], NAME, PHONE):
        assert secret not in told
        assert secret not in metrics
    assert "failed" not in told
    assert 'status="500"' not in metrics
