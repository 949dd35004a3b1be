"""The connection to PostgreSQL is cut once COMMIT was sent: whoever asks again with the same key gets one effect."""

from collections import Counter
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from ledger.application import request_tag
from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings
from ledger.store import log as logs
from tests.contest.cutting import CuttingProxy
from tests.contest.served import Server, serving
from tests.small_bank import A_DAY, ANN, BOB, STAFF, attest, begin

_TRIES = 5


def give_until_told(client: httpx.Client, key: str) -> list[int]:
    """The status of every try of one request."""
    told: list[int] = []
    while len(told) < _TRIES:
        response = client.post(
            "/transfers",
            json={"giver": ANN, "receiver": BOB, "minutes": 1},
            headers={"Idempotency-Key": key},
        )
        told.append(response.status_code)
        if response.status_code == 201:
            return told
        assert response.json()["code"] == "store-unavailable"
        assert response.headers["retry-after"] == "1"
    raise AssertionError(told)


def cut_commits(url: str, folder: Path, times: int) -> Counter[int]:
    """How many tries the requests took."""
    there = make_url(url)
    proxy = CuttingProxy(folder, Path(str(there.query["host"])), seed=times)
    with open_for_writing(Settings(url, url), create=True) as ledger:
        begin(ledger.bank, ANN, BOB)
        ledger.bank.handle(attest(ANN, 1_000, A_DAY), by=STAFF)
    through = there.update_query_dict({"host": str(folder)}).render_as_string(hide_password=False)
    with serving(through, folder) as server:
        tries = _give_through(server, proxy, times)
    proxy.close()
    with open_for_reading(Settings(url, url)) as ledger, ledger.log.store.snapshot() as connection:
        tags = [request_tag(STAFF, f"cut-{number}") for number in range(times)]
        effects = Counter(tag for tag, _, _ in logs.tagged(connection, tags))
        balance = ledger.views.balances.get(connection, BOB)
    assert effects == dict.fromkeys(tags, 1)
    assert balance is not None
    assert balance.credit_minutes == times
    assert proxy.cuts == times
    return tries


def _give_through(server: Server, proxy: CuttingProxy, times: int) -> Counter[int]:
    tries: Counter[int] = Counter()
    headers = {"Authorization": f"Bearer {server.token()}"}
    with httpx.Client(base_url=f"{server.address}/api/v1", headers=headers, timeout=30) as client:
        for number in range(times):
            proxy.cut()
            tries[len(give_until_told(client, f"cut-{number}"))] += 1
    return tries


@pytest.mark.slow
def test_a_commit_that_was_cut_has_one_effect(postgres_url: str, tmp_path: Path):
    assert cut_commits(postgres_url, tmp_path, times=6)[1] < 6


@pytest.mark.full
def test_two_hundred_commits_that_were_cut_have_one_effect_each(
    postgres_url: str, tmp_path: Path, figures: list[str]
):
    tries = cut_commits(postgres_url, tmp_path, times=200)
    figures.append(f"200 commits cut: one effect each, after so many tries: {dict(sorted(tries.items()))}")
