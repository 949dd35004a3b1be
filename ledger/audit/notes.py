"""Signed notes (C2SP signed-note): a text and the signatures under it, Ed25519 alone."""

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.audit.words.notes import BAD_NOTES
from ledger.domain.bilingual import Bilingual

ED25519 = 0x01
"""The type of a plain signature over the text."""

_ID_BYTES = 4
_MOST_SIGNATURES = 32
_MOST_CHARACTERS = 64_000
_NAME = re.compile(r"[^\s+\x00-\x1f\x7f]{1,200}\Z")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_LINE = re.compile(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/]+={0,2})\Z")


class BadNote(Bilingual):
    """A note that is none, or that nobody who is trusted signed; the message says which."""

    def __init__(self, reason: str, **values: object) -> None:
        """`reason` is the name of one of `BAD_NOTES`, which speaks of the values."""
        english, chinese = BAD_NOTES[reason]
        super().__init__(english.format(**values), chinese.format(**values))


class Signature(NamedTuple):
    """One line under a text: who signed, the key's id of four bytes, and the signature."""

    name: str
    key: bytes
    signature: bytes

    def line(self) -> str:
        """The line as it stands under a note, with its end."""
        return f"\u2014 {self.name} {b64encode(self.key + self.signature).decode()}\n"


class Note(NamedTuple):
    """A text, with its last newline, and what stands under it."""

    text: str
    signatures: tuple[Signature, ...]


class VerifierKey(NamedTuple):
    """A public key with the name of whose it is: `name+id+base64`, as notes are verified with everywhere."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that a signature names its key by."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[
            :_ID_BYTES
        ]

    def __str__(self) -> str:
        """The key as it is published."""
        return f"{self.name}+{self.id.hex()}+{b64encode(bytes([self.kind]) + self.public).decode()}"


def verifier_key(name: str, key: Ed25519PublicKey) -> VerifierKey:
    """The published form of a public key; raises ValueError for a name that no note may bear."""
    if not _NAME.match(name):
        raise ValueError(
            "the name of a key has 1 to 200 characters, with no space, plus sign or control character"
        )
    return VerifierKey(name, ED25519, key.public_bytes_raw())


def read_verifier_key(text: str) -> VerifierKey:
    """The key that `name+id+base64` spells; raises BadNote."""
    name, _, rest = text.strip().partition("+")
    identifier, _, encoded = rest.partition("+")
    try:
        told = b64decode(encoded, validate=True)
        found = VerifierKey(name, told[0], told[1:])
        Ed25519PublicKey.from_public_bytes(found.public)
    except (IndexError, ValueError):
        raise BadNote("no-key") from None
    if not _NAME.match(name) or found.id.hex() != identifier:
        raise BadNote("other-id")
    return found


def sign(text: str, name: str, key: Ed25519PrivateKey) -> str:
    """The note with one signature; the text ends in a newline."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise ValueError("the text of a note is lines, each with its end")
    own = verifier_key(name, key.public_key())
    return f"{text}\n{Signature(name, own.id, key.sign(text.encode())).line()}"


def read(note: str) -> Note:
    """The parts of a note, not verified; raises BadNote."""
    text, found, under = note.rpartition("\n\n")
    if (
        not found
        or not text
        or len(note) > _MOST_CHARACTERS
        or _CONTROL.search(note)
        or not under.endswith("\n")
    ):
        raise BadNote("no-note")
    lines = under[:-1].split("\n")
    if len(lines) > _MOST_SIGNATURES:
        raise BadNote("many")
    return Note(text + "\n", tuple(map(_signature, lines)))


def verified(note: str, keys: Sequence[VerifierKey]) -> str:
    """The text of a note that one of the keys at least signed, and none of them wrongly; raises BadNote."""
    text, signatures = read(note)
    known = {(key.name, key.id): key for key in keys if key.kind == ED25519}
    sound = 0
    for one in signatures:
        key = known.get((one.name, one.key))
        if key is not None:
            try:
                Ed25519PublicKey.from_public_bytes(key.public).verify(one.signature, text.encode())
            except InvalidSignature:
                raise BadNote("signature", name=one.name) from None
            sound += 1
    if not sound:
        raise BadNote("nobody")
    return text


def _signature(line: str) -> Signature:
    found = _LINE.match(line)
    try:
        told = b64decode(found[2], validate=True) if found else b""
    except ValueError:
        told = b""
    if found is None or len(told) <= _ID_BYTES:
        raise BadNote("no-signature")
    return Signature(found[1], told[:_ID_BYTES], told[_ID_BYTES:])
