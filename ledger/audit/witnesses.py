"""Asking witnesses to cosign a checkpoint (C2SP tlog-witness, as the log that asks)."""

import http.client
import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.cosignatures import COSIGNATURE_BYTES, cosigners
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.domain.bilingual import Bilingual, of_the_system
from ledger.store.merkle import Subtree, consistency_proof

Proof = Callable[[int], Sequence[bytes]]
"""Gives the consistency proof from so many leaves, one at least, to the checkpoint."""

_SIZE = re.compile(r"(0|[1-9][0-9]{0,18})\n")
_TRIES = 3
_TIMEOUT_SECONDS = 15
_LONGEST_ANSWER = 16_000
_LONGEST_REASON = 200


class NotCosigned(Bilingual):
    """A witness that did not cosign; the message says why."""


def is_witness(url: str) -> bool:
    """Whether a witness could be asked there: an address of HTTP, with nothing after its path."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url
    beyond = parts.query or parts.fragment or parts.username is not None
    return plain and not beyond and parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


class Asked(NamedTuple):
    """What came of asking a witness: lines of cosignatures, or why there are none, in both languages."""

    url: str
    lines: str
    fault: tuple[str, str] | None


def ask_all(
    urls: Iterable[str], note: str, subtree: Subtree, keys: Sequence[VerifierKey] = ()
) -> list[Asked]:
    """Ask each witness in turn, as `ask_witness` does; one that fails keeps nobody from asking the next."""
    size = read_checkpoint(read(note).text).size
    found: list[Asked] = []
    for url in urls:
        try:
            lines = ask_witness(url, note, lambda old: consistency_proof(old, size, subtree), keys)
            found.append(Asked(url, lines, None))
        except NotCosigned as error:
            found.append(Asked(url, "", (str(error), error.zh)))
    return found


def ask_witness(url: str, note: str, proof: Proof, keys: Sequence[VerifierKey] = ()) -> str:
    """The lines of cosignatures that a witness gives for a checkpoint; raises NotCosigned.

    With `keys`, of which witnesses these are, only theirs are taken, and verified; without, whatever has the form of
    a cosignature by somebody other than the ledger.
    """
    size, old = read_checkpoint(read(note).text).size, 0
    for _ in range(_TRIES):
        lines = "".join(f"{b64encode(one).decode()}\n" for one in (proof(old) if old else ()))
        status, answer = _post(url, f"old {old}\n{lines}\n{note}".encode())
        if status == http.client.OK:
            return _taken(note, answer, keys)
        seen = _SIZE.fullmatch(answer) if status == http.client.CONFLICT else None
        if seen is None:
            reason = answer.strip()[:_LONGEST_REASON]
            raise NotCosigned(f"it answered {status}: {reason}", f"对方回复 {status}：{reason}")
        if int(seen[1]) == old:
            raise NotCosigned(
                f"it has seen another history of the first {old} events", f"前 {old} 个事件与其所见不同"
            )
        old = int(seen[1])
        if old > size:
            raise NotCosigned(
                f"it has seen {old} events of this ledger, and {size} are signed: some were taken away",
                f"其已见过本总账 {old} 个事件，而签署的只有 {size} 个：有事件被移除",
            )
    raise NotCosigned("it was asked by somebody else meanwhile; try again", "其间另有请求；请重试")


def _post(url: str, body: bytes) -> tuple[int, str]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/add-checkpoint", body)
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER).decode()
    except (OSError, http.client.HTTPException) as error:
        en, zh = of_the_system(error) if isinstance(error, OSError) else (str(error), str(error))
        raise NotCosigned(f"it cannot be asked: {en}", f"无法询问：{zh}") from None
    except UnicodeDecodeError:
        raise NotCosigned("it answered with what is no text", "回复的不是文本") from None
    finally:
        connection.close()


def _taken(note: str, answer: str, keys: Sequence[VerifierKey]) -> str:
    own = read(note)
    answered = f"{own.text}\n{answer}"
    try:
        lines, known = read(answered).signatures, {(key.name, key.id) for key in cosigners(answered, keys)}
    except BadNote as error:
        raise NotCosigned(
            f"it answered with what is no cosignature: {error}", f"回复的不是见证签名：{error.zh}"
        ) from None
    signers = {one.name for one in own.signatures}
    taken = [
        one
        for one in lines
        if (one.name, one.key) in known
        or (not keys and one.name not in signers and len(one.signature) == COSIGNATURE_BYTES)
    ]
    if not taken:
        raise NotCosigned(
            "it answered with no cosignature of a witness that is known", "回复中没有已知见证人的签名"
        )
    return "".join(one.line() for one in taken)


def not_cosigned(notes: Sequence[str], keys: Sequence[VerifierKey]) -> str:
    """Which checkpoint is not cosigned by which of the witnesses, or wrongly, in a sentence; empty if all are."""
    if not notes:
        return "there is no checkpoint to look at: `--checkpoint` names one that was kept"
    for note in notes:
        size = read_checkpoint(read(note).text).size
        try:
            found = cosigners(note, keys)
        except BadNote as error:
            return f"the checkpoint of {size} events: {error}"
        missing = [key.name for key in keys if key not in found]
        if missing:
            return f"the checkpoint of {size} events is not cosigned by {', '.join(missing)}"
    return ""
