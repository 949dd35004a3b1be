"""Cosignatures (C2SP tlog-cosignature, version 1): what a witness that saw a log grow puts under its checkpoint."""

from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger.audit.notes import BadNote, Signature, VerifierKey, read, verifier_key

COSIGNATURE = 0x04
"""The type of a signature with a time, over a checkpoint."""
COSIGNATURE_BYTES = 72

_TIME_BYTES = 8


def cosigner_key(name: str, key: Ed25519PublicKey) -> VerifierKey:
    """The published form of a witness's public key; raises ValueError for a name that no note may bear."""
    return verifier_key(name, key)._replace(kind=COSIGNATURE)


def cosign(text: str, name: str, key: Ed25519PrivateKey, seconds: int) -> str:
    """The line under a checkpoint's text: at this time (POSIX, in seconds) it was the latest of its log."""
    signed = seconds.to_bytes(_TIME_BYTES, "big") + key.sign(_message(text, seconds))
    return Signature(name, cosigner_key(name, key.public_key()).id, signed).line()


def cosigners(note: str, keys: Sequence[VerifierKey]) -> dict[VerifierKey, int]:
    """Which of the witnesses cosigned a checkpoint, and when (POSIX, in seconds).

    Raises BadNote for a note that is none, or a cosignature of one of them that is wrong.
    """
    text, signatures = read(note)
    known = {(key.name, key.id): key for key in keys if key.kind == COSIGNATURE}
    found: dict[VerifierKey, int] = {}
    for one in signatures:
        key = known.get((one.name, one.key))
        if key is not None:
            found[key] = _time(text, one, key)
    return found


def _time(text: str, one: Signature, key: VerifierKey) -> int:
    seconds = int.from_bytes(one.signature[:_TIME_BYTES], "big")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(
            one.signature[_TIME_BYTES:], _message(text, seconds)
        )
    except InvalidSignature:
        raise BadNote("cosignature", name=one.name) from None
    return seconds


def _message(text: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()
