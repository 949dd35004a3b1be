"""A server is told to stop while it is written to: what it answered is recorded, and it goes within ten seconds."""

import asyncio
import random
import signal
from pathlib import Path

import httpx
import pytest

from ledger.application import request_tag
from ledger.bootstrap import open_for_reading, open_for_writing
from ledger.settings import Settings
from ledger.store import log as logs
from tests.contest.served import Server
from tests.small_bank import A_DAY, ANN, BOB, STAFF, attest, begin

CONNECTIONS = 64


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    people = (
        database_url if database_url.startswith("postgres") else f"sqlite:///{tmp_path / 'directory.sqlite'}"
    )
    settings = Settings(database_url, people)
    with open_for_writing(settings, create=True) as ledger:
        begin(ledger.bank, ANN, BOB)
        ledger.bank.handle(attest(ANN, 1_000, A_DAY), by=STAFF)
    return settings


async def write_until_it_stops(server: Server, run: int) -> set[str]:
    """The keys of all requests that were acknowledged."""
    acknowledged: set[str] = set()
    headers = {"Authorization": f"Bearer {server.token()}"}

    async def caller(number: int) -> None:
        async with httpx.AsyncClient(base_url=f"{server.address}/api/v1", headers=headers) as client:
            for turn in range(100_000):
                key = f"{run}-{number}-{turn}"
                giver, receiver = (ANN, BOB) if turn % 2 == 0 else (BOB, ANN)
                try:
                    response = await client.post(
                        "/transfers",
                        json={"giver": giver, "receiver": receiver, "minutes": 1},
                        headers={"Idempotency-Key": key},
                    )
                except httpx.HTTPError:
                    return
                if response.status_code == 201:
                    acknowledged.add(key)
                elif response.status_code != 409:
                    return

    async def stopper() -> float:
        await asyncio.sleep(random.Random(run).uniform(0.3, 0.8))
        return await asyncio.to_thread(server.stop, signal.SIGTERM)

    *_, seconds = await asyncio.gather(*(caller(number) for number in range(CONNECTIONS)), stopper())
    assert seconds is not None
    assert seconds < 10
    return acknowledged


def stop_again_and_again(settings: Settings, folder: Path, times: int) -> int:
    acknowledged: set[str] = set()
    for run in range(times):
        server = Server(settings.ledger, folder)
        try:
            acknowledged |= asyncio.run(write_until_it_stops(server, run))
        finally:
            server.kill()
    with open_for_reading(settings) as ledger, ledger.log.store.snapshot() as connection:
        wanted = [request_tag(STAFF, key) for key in sorted(acknowledged)]
        found = {tag for tag, _, _ in logs.tagged(connection, wanted)}
    assert set(wanted) - found == set()
    return len(acknowledged)


@pytest.mark.slow
def test_a_server_that_is_stopped_keeps_what_it_acknowledged(settings: Settings, tmp_path: Path):
    assert stop_again_and_again(settings, tmp_path, times=1) > 0


@pytest.mark.full
def test_a_server_that_is_stopped_twenty_times_keeps_what_it_acknowledged(
    settings: Settings, tmp_path: Path, figures: list[str]
):
    acknowledged = stop_again_and_again(settings, tmp_path, times=20)
    figures.append(f"20 stops under load: {acknowledged} acknowledged and none lost")
    assert acknowledged > 100
