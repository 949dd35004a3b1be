"""What a caller and the holder of a ledger's lock say to each other.

First each says who it is, in a form that never changes; then the caller asks, and the holder answers, one by one.
"""

from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from ledger.people.persons import Volunteer
from ledger.store.errors import StoreError

PROTOCOL = 1
"""Goes up whenever what is said comes to be said otherwise within a release."""
MOST_BYTES = 64 * 1024 * 1024
"""How long what is said at a time may be."""
LONGEST_HELLO = 1_000


class OtherRelease(StoreError):
    """The holder is of another release: what one means, the other may take for something else."""


class Hello(Struct, frozen=True):
    """Who speaks. Each release reads that of each other."""

    protocol: int
    release: str


class Asked(Struct, frozen=True, array_like=True):
    """What the bank is asked: a command by the name of its kind, in JSON, and what goes with it."""

    kind: str
    command: bytes
    by: str
    once: str | None
    fingerprint: str | None
    batch: str | None
    trace: str | None


class Hear(Struct, frozen=True, tag=True):
    """Decide on commands."""

    asks: list[Asked]


class Settle(Struct, frozen=True, tag=True):
    """Change the directory, if what was read of some numbers and ids is still all that it says of them."""

    numbers: list[str]
    ids: list[str]
    found: list[Volunteer]
    dropped: list[str]
    put: list[Volunteer]


class Name(Struct, frozen=True, tag=True):
    """Give persons in charge their ids, by unit and name."""

    pairs: list[tuple[str, str]]


class Erase(Struct, frozen=True, tag=True):
    """Forget who a volunteer is; `listed_in` is the file in which the caller would list them."""

    volunteer: str
    listed_in: str | None


class Sign(Struct, frozen=True, tag=True):
    """Sign the head with the key in a file."""

    key: str | None


Request = Hear | Settle | Name | Erase | Sign


class Received(Struct, frozen=True, tag=True):
    """A command's receipt: where its facts lie, and their texts."""

    position: int
    facts: list[tuple[int, str]]
    replayed: bool


class RuledOut(Struct, frozen=True, tag=True):
    """A refusal by its code, and all that it holds."""

    code: str
    holds: dict[str, Any]


class Broken(Struct, frozen=True, tag=True):
    """A fault of the program in one command."""

    reason: str


class Heard(Struct, frozen=True, tag=True):
    """An outcome for each command."""

    outcomes: list[Received | RuledOut | Broken]


class Settled(Struct, frozen=True, tag=True):
    """Whether what was read still held, and the directory says now what it was told."""

    done: bool


class Named(Struct, frozen=True, tag=True):
    """The ids of persons in charge, as they were asked for."""

    persons: list[str]


class Erased(Struct, frozen=True, tag=True):
    """Whether anything was known of them."""

    known: bool


class Signed(Struct, frozen=True, tag=True):
    """The checkpoint, and what is in doubt beside it."""

    note: str
    doubts: list[str]


class Failed(Struct, frozen=True, tag=True):
    """What kept it from being done, by the name of its kind: StoreUnavailable, say; in both languages."""

    kind: str
    reason: str
    zh: str


class Closing(Struct, frozen=True, tag=True):
    """The holder takes nothing more: what was not answered before was not so much as read."""


Answer = Heard | Settled | Named | Erased | Signed | Failed | Closing

_packer = msgspec.msgpack.Encoder()
_requests = msgspec.msgpack.Decoder(Request)
_answers = msgspec.msgpack.Decoder(Answer)
_hellos = msgspec.json.Decoder(Hello)


@cache
def release() -> str:
    """The release that this process is of."""
    # Whom nobody comes to, and who comes to nobody, need not spend the time to find out.
    from importlib.metadata import version  # noqa: PLC0415

    return version("timebank-ledger")


def hello() -> bytes:
    """Who this process is."""
    return msgspec.json.encode(Hello(PROTOCOL, release()))


def read_hello(said: bytes) -> Hello:
    """Who the other one is; raises msgspec.DecodeError for what is no greeting."""
    return _hellos.decode(said)


def same_words(other: Hello) -> bool:
    """Whether both say the same with the same words."""
    return (other.protocol, other.release) == (PROTOCOL, release())


def pack(said: Request | Answer) -> bytes:
    """What is said, as bytes."""
    return _packer.encode(said)


def read_request(said: bytes) -> Request:
    """What is asked; raises msgspec.DecodeError."""
    return _requests.decode(said)


def read_answer(said: bytes) -> Answer:
    """What is answered; raises msgspec.DecodeError."""
    return _answers.decode(said)
