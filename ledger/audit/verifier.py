#!/usr/bin/env python3
"""Checks what a timebank-ledger gives out, without trusting it: this file, Python 3.11 and `cryptography` are enough.

    python timebank_verify.py receipt EVENT RECEIPT KEY
    python timebank_verify.py bundle FOLDER KEY

EVENT holds the stored text of one event, RECEIPT its proof (.tlog-proof), KEY the ledger's public key as it is
published (name+id+base64) or a file that holds it, and FOLDER what `timebank audit bundle` wrote. It says yes and
leaves with 0, or says what is wrong and leaves with 1. docs/verifier.md tells what it does, step by step.
"""

import hashlib
import json
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(sys.stderr.write("This needs Python 3.11 or later.\n") and 2)
try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit(sys.stderr.write("This needs the package cryptography: pip install cryptography\n") and 2)

LEAF = b"timebank-ledger/event/v1\n"
PROOF, BUNDLE = "c2sp.org/tlog-proof@v1", "timebank-ledger/bundle/v1"
ED25519 = 1


class No(Exception):
    """Why something is not proved."""


# --- the tree: RFC 6962, section 2.1 ---


def event_hash(origin: str, position: int, data: bytes) -> bytes:
    """The leaf of an event: the ledger's name, the event's position and its bytes, each after its length."""
    parts = (origin.encode(), str(position).encode(), data)
    leaf = LEAF + b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows leaf by leaf, and keeps only the roots of its complete parts, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.parts: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        self.parts.append(leaf)
        self.size += 1
        size = self.size  # As often as 2 divides it, two parts of one height have become one.
        while size % 2 == 0:
            right, left = self.parts.pop(), self.parts.pop()
            self.parts.append(node_hash(left, right))
            size //= 2

    def root(self) -> bytes:
        if not self.parts:
            return hashlib.sha256(b"").digest()
        root = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            root = node_hash(part, root)
        return root


def root_above(leaf: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to: RFC 9162, section 2.1.3.2."""
    if index >= size:
        raise No("the receipt names a place beyond the end of the log")
    node, last, root = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise No("the proof is too long")
        if node % 2 == 1 or node == last:
            root = node_hash(sibling, root)
            while node % 2 == 0 and node != 0:
                node, last = node // 2, last // 2
        else:
            root = node_hash(root, sibling)
        node, last = node // 2, last // 2
    if last != 0:
        raise No("the proof is too short")
    return root


# --- signatures: C2SP signed-note and tlog-checkpoint ---


class Key:
    """A ledger's public key, as it is published."""

    def __init__(self, text: str) -> None:
        try:
            self.name, identifier, encoded = text.strip().split("+", 2)
            told = b64decode(encoded, validate=True)
            self.public = Ed25519PublicKey.from_public_bytes(told[1:])
        except ValueError:
            raise No("the key is none: it is written name+id+base64") from None
        self.id = hashlib.sha256(self.name.encode() + b"\n" + told).digest()[:4]
        if told[0] != ED25519 or self.id.hex() != identifier:
            raise No("the key is none: its id is not that of its name and bytes")

    def checkpoint(self, note: str) -> tuple[int, bytes]:
        """Size and root of a checkpoint that this key signed."""
        text, found, under = note.rpartition("\n\n")
        text += "\n"
        if not found or not any(self._signed(text, line) for line in under.splitlines()):
            raise No("the checkpoint is not signed with this key")
        origin, size, root, *_ = [*text.split("\n"), "", ""]
        if origin != self.name:
            raise No("the checkpoint is another ledger's")
        return number_in(size), hash_in(root)

    def _signed(self, text: str, line: str) -> bool:
        dash, name, encoded, *_ = [*line.split(" "), "", ""]
        try:
            signature = b64decode(encoded, validate=True)
        except ValueError:
            return False
        if (dash, name, signature[:4]) != ("\u2014", self.name, self.id):
            return False
        try:
            self.public.verify(signature[4:], text.encode())
        except InvalidSignature:
            raise No("the checkpoint's signature is wrong") from None
        return True


def number_in(text: str) -> int:
    """The number that is written without a leading zero."""
    if not (text.isascii() and text.isdigit()) or str(int(text)) != text:
        raise No("what should be a number is none")
    return int(text)


def hash_in(text: str) -> bytes:
    """The hash that base64 spells."""
    found = b64decode(text, validate=True)
    if len(found) != hashlib.sha256().digest_size:
        raise No("what should be a hash is none")
    return found


def check_receipt(data: bytes, receipt: str, key: Key) -> str:
    """Whether the event stands in the log."""
    head, _, note = receipt.partition("\n\n")
    first, second, *rest = [*(line for line in head.split("\n") if not line.startswith("extra ")), ""]
    if first != PROOF or not second.startswith("index "):
        raise No("the receipt is none")
    index = number_in(second.removeprefix("index "))
    proof = [hash_in(line) for line in rest[:-1]]
    size, root = key.checkpoint(note)
    if root_above(event_hash(key.name, index + 1, data), index, size, proof) != root:
        raise No("this event does not stand there in the log that was signed")
    return f"yes: this is event {index + 1} of the ledger {key.name}, of {size} events"


def check_bundle(folder: Path, key: Key) -> str:
    """Whether log, checkpoints and balances belong together."""
    manifest = read_json((folder / "manifest.json").read_bytes(), "manifest.json")
    if manifest.get("format") != BUNDLE or manifest.get("origin") != key.name:
        raise No("the manifest is not that of a bundle of this ledger")
    signed: dict[int, bytes] = {}
    for note in read_json((folder / "checkpoints.json").read_bytes(), "checkpoints.json"):
        size, root = key.checkpoint(note)
        if signed.setdefault(size, root) != root:
            raise No(f"two checkpoints of size {size} contradict each other")
    tree, books = Tree(), Books()
    for position, data in enumerate(lines_of(folder / "events.jsonl"), start=1):
        tree.add(event_hash(key.name, position, data))
        if tree.size in signed and signed[tree.size] != tree.root():
            raise No(f"the first {tree.size} events are not those that were signed")
        books.take(read_event(data, position, key.name))
    if tree.size not in signed or max(signed) != tree.size:
        raise No(f"no checkpoint of {tree.size} events, all that there are, was signed")
    if (manifest.get("size"), manifest.get("root")) != (tree.size, b64encode(tree.root()).decode()):
        raise No("the manifest tells another size or root than the events have")
    books.compare(read_json((folder / "balances.json").read_bytes(), "balances.json"))
    return f"yes: {tree.size} events, {len(signed)} checkpoint(s) and all balances of {key.name} agree"


def lines_of(path: Path) -> Iterator[bytes]:
    """The events of a file, one a line."""
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                raise No("the last event is cut off")
            yield line[:-1]


def read_json(data: bytes, what: str) -> Any:
    """What JSON says; a number with a fraction, or an infinite one, stays text, with which nothing is counted."""
    try:
        return json.loads(data.decode(), parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise No(f"{what} cannot be read") from None


def read_event(data: bytes, position: int, origin: str) -> dict[str, Any]:
    """The fields of an event."""
    event: dict[str, Any] = read_json(data, f"event {position}")
    if position == 1 and (event.get("type"), event.get("origin")) != ("ledger-opened", origin):
        raise No("the first event does not open this ledger")
    return event


SERVICE = {"service-approved": 1, "service-attested": 1, "service-reversed": -1}
MOVES = {
    "credits-transferred": ("volunteer:{giver}", "volunteer:{receiver}"),
    "credits-donated": ("volunteer:{giver}", "pool:{community}"),
    "credits-granted": ("pool:{community}", "volunteer:{receiver}"),
    "redemption-placed": ("volunteer:{volunteer}", "held:{redemption}"),
    "redemption-fulfilled": ("held:{redemption}", "redeemed:{offer}"),
    "redemption-cancelled": ("held:{redemption}", "volunteer:{volunteer}"),
    "redemption-expired": ("held:{redemption}", "volunteer:{volunteer}"),
    "redemption-returned": ("redeemed:{offer}", "volunteer:{volunteer}"),
}


class Books:
    """Both books, from the facts that move minutes."""

    def __init__(self) -> None:
        self.service: Counter[str] = Counter()
        self.credits: Counter[str] = Counter()

    def take(self, event: dict[str, Any]) -> None:
        """Book what one event moves."""
        kind = event["type"]
        if kind in SERVICE:
            sign, volunteer = SERVICE[kind], event["service"]["volunteer"]
            for day in event["days"]:
                self.service[volunteer] += sign * day["minutes"]
                self.credits[f"volunteer:{volunteer}"] += sign * day["credits"]
                self.credits[f"issuance:{day['community']}"] -= sign * day["credits"]
        elif kind in MOVES:
            source, target = (account.format_map(event) for account in MOVES[kind])
            self.credits[source] -= event["minutes"]
            self.credits[target] += event["minutes"]

    def compare(self, told: dict[str, dict[str, int]]) -> None:
        for name, counted in (("service", self.service), ("credits", self.credits)):
            for owner in sorted({*counted, *told[name]}):
                says, is_so = told[name].get(owner, 0), counted[owner]
                # Python takes true for 1.
                if type(says) is not int or says != is_so:
                    raise No(f"{name} of {owner}: the bundle says {says} minutes, its events {is_so}")


def main(words: list[str]) -> int:
    """Check what the words name, and say what was found."""
    try:
        if (words[:1], len(words)) == (["receipt"], 4):
            data = Path(words[1]).read_bytes().removesuffix(b"\n")
            found = check_receipt(data, Path(words[2]).read_text("utf-8"), key_in(words[3]))
        elif (words[:1], len(words)) == (["bundle"], 3):
            found = check_bundle(Path(words[1]), key_in(words[2]))
        else:
            return say(str(__doc__), 2)
    except No as why:
        return say(f"NO: {why}", 1)
    except KeyboardInterrupt:
        return say("NO: interrupted before all was checked", 130)
    except Exception as fault:
        return say(f"NO: what was given cannot be read ({type(fault).__name__}: {fault})", 1)
    return say(found, 0)


def say(text: str, code: int) -> int:
    """Say it where somebody listens, and give the exit code: what nobody was told is no yes."""
    stream: Any = sys.stderr if code else sys.stdout
    try:
        stream.reconfigure(errors="backslashreplace")
        print(text, file=stream, flush=True)
    except (AttributeError, OSError):
        code, sys.stdout, sys.stderr = code or 1, None, None
    return code


def key_in(text: str) -> Key:
    """The key that is given, or that lies in the file that is named."""
    return Key(text if text.count("+") > 1 else Path(text).read_text("utf-8"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
