"""How the bank is asked without anybody waiting on the loop, and what is counted of its answers."""

import asyncio
from collections.abc import Sequence
from typing import Any

from ledger.api.state import Api
from ledger.application import Ask, Receipt
from ledger.domain.commands import Refusal
from ledger.operations.refused import Problem
from ledger.operations.registering import Submission, enlisted, settled
from ledger.operations.terms.told import label_codes, speaks_of_codes
from ledger.store.deciding import Outcome

MOST_TOGETHER = 32
"""How many asks of one caller go into a commit together."""


async def heard_in_turn(api: Api, asked: Submission, *, dry_run: bool) -> Outcome:
    """What becomes of one ask, or in a dry run would: at once, or in its caller's turn where that takes a thread."""
    if asked.person is None and not dry_run:
        [outcome] = await heard(api, [asked], dry_run=False)
    else:
        [outcome] = await api.threads.lasting(asked.ask.by, lambda: heard(api, [asked], dry_run=dry_run))
    return outcome


async def heard(api: Api, asked: Sequence[Submission], *, dry_run: bool) -> list[Outcome]:
    """What becomes of asks of one caller, in order; in a dry run, what would.

    A few of them share a commit, so that others need not wait for all. What a commit that failed held has failed.
    """
    named = any(one.person is not None for one in asked)
    if named:
        asked = await asyncio.to_thread(enlisted, api.ledger, asked, dry_run=dry_run)
    asks = [one.ask for one in asked]
    outcomes = await asyncio.to_thread(_rehearsed, api, asks) if dry_run else await _submitted(api, asks)
    if any(map(speaks_of_codes, outcomes)):
        await asyncio.to_thread(label_codes, api.ledger, outcomes)
    # Counts are for everybody to see: they tell no more than the caller is told.
    outcomes = [one.discretion.outcome(outcome) for one, outcome in zip(asked, outcomes, strict=True)]
    for ask, outcome in zip(asks, outcomes, strict=True):
        api.metrics.decided(type(ask.command).__name__, _said(outcome))
    if not named:
        return outcomes
    return await asyncio.to_thread(settled, api.ledger, asked, outcomes, dry_run=dry_run)


async def _submitted(api: Api, asks: list[Ask]) -> list[Outcome]:
    parts = [asks[start : start + MOST_TOGETHER] for start in range(0, len(asks), MOST_TOGETHER)]
    told = await asyncio.gather(*(_part(api, part) for part in parts), return_exceptions=True)
    outcomes: list[Outcome] = []
    for part, one in zip(parts, told, strict=True):
        if isinstance(one, BaseException) and not isinstance(one, Exception):
            raise one
        outcomes.extend([one] * len(part) if isinstance(one, Exception) else one)
    return outcomes


async def _part(api: Api, asks: list[Ask]) -> list[Outcome]:
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
