"""How the bank is asked without anybody waiting on the loop, and what is counted of its answers."""

import asyncio
from collections.abc import Sequence
from typing import Any

from ledger.api.enlisting import Asked, enlisted, settled
from ledger.api.problems import Problem
from ledger.api.state import Api
from ledger.application import Ask, Receipt
from ledger.domain.commands import Refusal
from ledger.store.sitting import Outcome


async def heard(api: Api, asked: Sequence[Asked], *, dry_run: bool) -> list[Outcome]:
    """What becomes of asks that share a commit; in a dry run, what would."""
    named = any(one.person is not None for one in asked)
    if named:
        asked = await asyncio.to_thread(enlisted, api.ledger, asked, dry_run=dry_run)
    asks = [one.ask for one in asked]
    outcomes = await asyncio.to_thread(_rehearsed, api, asks) if dry_run else await _submitted(api, asks)
    # Counts are for everybody to see: they tell no more than the caller is told.
    outcomes = [one.discretion.outcome(outcome) for one, outcome in zip(asked, outcomes, strict=True)]
    for ask, outcome in zip(asks, outcomes, strict=True):
        api.metrics.decided(type(ask.command).__name__, _said(outcome))
    if not named:
        return outcomes
    return await asyncio.to_thread(settled, api.ledger, asked, outcomes, dry_run=dry_run)


async def _submitted(api: Api, asks: list[Ask]) -> list[Outcome]:
    loop = asyncio.get_running_loop()
    done: asyncio.Future[list[Outcome]] = loop.create_future()
    ticket = api.ledger.bank.submit(asks)

    def tell() -> None:
        loop.call_soon_threadsafe(_settle, done, ticket)

    ticket.when_told(tell)
    return await done


def _settle(done: "asyncio.Future[list[Outcome]]", ticket: Any) -> None:
    if done.done():
        return
    try:
        done.set_result(ticket.result())
    except BaseException as error:
        done.set_exception(error)


def _rehearsed(api: Api, asks: Sequence[Ask]) -> list[Outcome]:
    """What the bank would answer; nothing is recorded."""
    with api.ledger.bank.rehearsal() as rehearse:
        return list(rehearse(asks))


def _said(outcome: Outcome) -> str:
    """What became of a command, as it is counted."""
    if isinstance(outcome, Refusal):
        return outcome.code
    if isinstance(outcome, Problem):
        return outcome.kind.code
    if isinstance(outcome, Receipt):
        return "replayed" if outcome.replayed else "recorded"
    return "failed"
