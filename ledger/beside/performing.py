"""What whoever holds the lock does for whoever asks: the same for another process as for its own."""

import time
from dataclasses import replace
from pathlib import Path

from ledger.beside.messages import (
    Answer,
    Erase,
    Erased,
    Hear,
    Heard,
    Name,
    Named,
    Request,
    Settle,
    Settled,
    Sign,
    Signed,
)
from ledger.beside.outcomes import ask_of, told
from ledger.bootstrap import Ledger
from ledger.operations.proofs.signing import signed_head
from ledger.people.directory import Settling
from ledger.store.deciding import Outcome

MOST_TOGETHER = 32
"""How many rows of an import share a commit: whoever else writes waits for no more of them."""
_LONGEST_REST_SECONDS = 0.05


def perform(ledger: Ledger, request: Request) -> Answer:
    """Do what is asked; raises StoreError."""
    match request:
        case Hear():
            return _heard(ledger, request)
        case Settle():
            return _settled(ledger, request)
        case Name():
            persons = ledger.directory.persons(request.pairs, add=True)
            return Named([persons[pair] for pair in request.pairs])
        case Erase():
            # Whichever list is looked at after a disk was lost, it names them.
            theirs = () if request.listed_in is None else (Path(request.listed_in),)
            return Erased(ledger.directory.erase(request.volunteer, also_listed_in=theirs))
        case Sign():
            return _signed(ledger, request)


def _heard(ledger: Ledger, request: Hear) -> Heard:
    if not any(one.batch for one in request.asks):
        # What one command line means is one commit.
        return told(ledger.bank.submit([ask_of(one) for one in request.asks]).result())
    outcomes: list[Outcome] = []
    for start in range(0, len(request.asks), MOST_TOGETHER):
        begun = time.monotonic()
        piece = [ask_of(one) for one in request.asks[start : start + MOST_TOGETHER]]
        outcomes += ledger.bank.submit(piece).result()
        # Whoever reads has the interpreter to themselves for as long as the rows had it.
        time.sleep(min(time.monotonic() - begun, _LONGEST_REST_SECONDS))
    return told(outcomes)


def _settled(ledger: Ledger, request: Settle) -> Settled:
    def settle(settling: Settling) -> bool:
        there = {*settling.by_number(request.numbers).all(), *settling.by_id(request.ids).values()}
        if there != set(request.found):
            return False
        for volunteer in request.dropped:
            settling.drop(volunteer)
        settling.put(request.put)
        return True

    return Settled(ledger.directory.settle(settle))


def _signed(ledger: Ledger, request: Sign) -> Signed:
    doubts: list[str] = []
    # With the caller's key, as if the caller had held the ledger.
    theirs = replace(ledger, settings=replace(ledger.settings, checkpoint_key=request.key))
    return Signed(signed_head(theirs, doubts.append), doubts)
