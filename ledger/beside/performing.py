"""What whoever holds the lock does for whoever asks: the same for another process as for its own."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ledger.application import Ask
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
    outcomes: list[Outcome] = []
    for piece in _pieces([ask_of(one) for one in request.asks]):
        outcomes += ledger.bank.submit(piece).result()
    return told(outcomes)


def _pieces(asks: Sequence[Ask]) -> Iterator[Sequence[Ask]]:
    """The rows of an import a few at a time, one after the other; what one command line means, in one commit."""
    if not any(ask.batch for ask in asks):
        yield asks
        return
    for start in range(0, len(asks), MOST_TOGETHER):
        yield asks[start : start + MOST_TOGETHER]


def _settled(ledger: Ledger, request: Settle) -> Settled:
    def settle(settling: Settling) -> bool:
        there = {*settling.by_number(request.numbers).values(), *settling.by_id(request.ids).values()}
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
