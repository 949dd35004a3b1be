"""What those who run the server ask it, and what a request leaves in the log."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import update

from ledger.application import Ask, Receipt
from ledger.bootstrap import Ledger
from projections.running import states
from tests.api.asking import Asking
from tests.api.clock import Clock
from tests.api.conftest import Client, problem
from tests.api.village import ANN, BOB
from tests.small_bank import give

INVENTED = 300


def test_a_server_says_that_it_is_alive_and_ready(client: Asking):
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json()["status"] == "ready"


def test_a_server_with_a_broken_view_is_not_ready_and_reads_of_it_say_so(
    client: Asking, admin: Client, ledger: Ledger
):
    with ledger.log.store.begin() as connection:
        connection.execute(
            update(states.TABLE).where(states.TABLE.c.name == "balances").values(broken_at=1, error="oh")
        )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not ready"
    assert response.json()["reasons"] == ["balances: broken"]
    unavailable = admin.get(f"/volunteers/{ANN}/statement")
    assert problem(unavailable) == (503, "store-unavailable")
    assert unavailable.headers["retry-after"] == "1"
    assert 'timebank_view_lag_events{view="balances"} NaN' in client.get("/metrics").text


def test_metrics_count_requests_commands_and_lag(client: Asking, admin: Client):
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1}, "k")
    admin.record("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1}, "k")
    admin.post("/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1_000_000})
    text = client.get("/metrics").text
    assert 'timebank_commands_total{command="TransferCredits",outcome="recorded"} 1.0' in text
    assert 'timebank_commands_total{command="TransferCredits",outcome="replayed"} 1.0' in text
    assert 'timebank_commands_total{command="TransferCredits",outcome="not-enough-credits"} 1.0' in text
    assert 'timebank_view_lag_events{view="balances"} 0.0' in text
    assert 'timebank_request_seconds_count{method="POST",route="transferCredits",status="201"} 2.0' in text
    assert ANN not in text


def test_a_request_s_id_comes_back_and_lies_in_the_log_if_it_can_tell_nothing(admin: Client, ledger: Ledger):
    def trace(given: str) -> tuple[str, str]:
        response = admin.post(
            "/transfers", {"giver": ANN, "receiver": BOB, "minutes": 1}, headers={"X-Request-Id": given}
        )
        [event] = response.json()["events"]
        return response.headers["x-request-id"], event["cause"]["trace"]

    mine = "0123456789abcdef-0123"
    assert trace(mine) == (mine, mine)
    told, stored = trace("13800001111 Zhang San")
    assert told == stored
    assert "13800001111" not in stored
    card = "110101199003071234"
    assert card not in trace(card)


def test_a_server_counts_how_many_commands_share_a_commit(ledger: Ledger):
    sizes: list[int] = []
    ledger.bank.tell_of_commits(lambda commands, _facts: sizes.append(commands))
    outcomes = ledger.bank.handle_many([Ask(give(ANN, BOB, 1), "stf_office") for _ in range(3)])
    assert all(isinstance(outcome, Receipt) for outcome in outcomes)
    assert sizes == [3]


def series(text: str) -> set[str]:
    return {line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")}


@pytest.mark.databases("sqlite")
def test_invented_methods_are_one_series(client: Asking, admin: Client, capsys: pytest.CaptureFixture[str]):
    client.request("X0", "/healthz")
    client.get("/metrics")
    before = len(series(client.get("/metrics").text))
    for number in range(1, INVENTED):
        client.request(f"X{number}", "/healthz")
    text = client.get("/metrics").text
    assert len(series(text)) == before
    assert 'method="other"' in text
    assert set(re.findall(r'method="(\w+)"', text)) <= {"GET", "HEAD", "POST", "OPTIONS", "other"}
    assert not re.search(r"\bX[0-9]", capsys.readouterr().out)


@pytest.mark.databases("sqlite")
def test_readyz_tells_of_a_clock_that_is_behind_of_an_old_sqlite_and_of_open_files(
    client: Asking, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    clock.forward(hours=-3)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    tmp_path.chmod(0o755)
    told = client.get("/readyz").json()
    assert told["status"] == "ready"
    warned = {one["code"]: one["detail"] for one in told["warnings"]}
    assert list(warned) == ["clock-behind", "sqlite-old", "open-folder"]
    assert "3 h behind the newest fact" in warned["clock-behind"]
    assert str(tmp_path) not in str(told)
