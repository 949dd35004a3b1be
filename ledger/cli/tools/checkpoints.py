"""Checkpoints: the log's head is signed, and cosigned by witnesses; and those that a command is given."""

import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ledger.audit import kept
from ledger.audit.bundles import NothingSigned
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.cosignatures import COSIGNATURE
from ledger.audit.notes import ED25519, BadNote, VerifierKey, read, read_verifier_key
from ledger.audit.signing import latest_note
from ledger.audit.witnesses import ask_all, is_witness
from ledger.beside.opening import open_for_work, sign_head_of
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue, UnusableFile
from ledger.cli.terminal.files import reason_of
from ledger.cli.terminal.language import filled, here
from ledger.cli.terminal.output import printable
from ledger.cli.terminal.tool import Told
from ledger.cli.words import usage
from ledger.cli.words.wording import fault, printed
from ledger.operations.proofs.checkpoints import published, signed_checkpoint
from ledger.settings import Settings
from ledger.store.errors import StoreHeld

_LONGEST_LIST = 1_000_000


def sign(place: Settings, witness: Sequence[str], keys: Sequence[Path]) -> Told:
    """Sign the head, have it cosigned, and tell the checkpoint; it fails if a witness did not cosign."""
    cosigners_keys = _keys(witness, keys)
    try:
        with open_for_work(place) as ledger:
            note = sign_head_of(ledger, lambda doubt: print(printable(fault(doubt)), file=sys.stderr))
    except StoreHeld as held:
        raise StoreHeld(
            f"{held}; if it is served, POST /api/v1/audit/checkpoints signs, or `timebank serve --sign-every`",
            f"{held.zh}；账本正在提供服务时，由 POST /api/v1/audit/checkpoints 或 `timebank serve --sign-every` 签署",
        ) from None
    with open_for_reading(place) as ledger:
        return _cosigned(ledger, note, witness, cosigners_keys)


def cosign_last(ledger: Ledger, witness: Sequence[str], keys: Sequence[Path]) -> Told:
    """Have the last checkpoint cosigned, and tell it; it fails if a witness did not cosign."""
    cosigners_keys = _keys(witness, keys)
    with ledger.log.store.snapshot() as connection:
        note = latest_note(connection)
    if note is None:
        raise NothingSigned(
            "no checkpoint is signed yet; `timebank audit sign` signs one",
            "尚未签署检查点；请用 `timebank audit sign` 签署",
        )
    return _cosigned(ledger, note, witness, cosigners_keys)


def _keys(urls: Sequence[str], files: Sequence[Path]) -> list[VerifierKey]:
    """The keys by which cosignatures are known, if any; refused with BadValue or UnusableFile."""
    for url in urls:
        if not is_witness(url):
            sentence = filled(usage.NO_WITNESS, typed=printable(url))
            raise BadValue(sentence, code="no-witness", where="--witness")
    return witness_keys(files)


def _cosigned(ledger: Ledger, note: str, urls: Sequence[str], keys: Sequence[VerifierKey]) -> Told:
    """A checkpoint with what witnesses put under it.

    What lies in the ledger stays as it was signed: who saw it is told where it is given away.
    """
    with ledger.reading(ledger.views.tree) as (connection, _):
        subtree = ledger.views.tree.look(connection).subtree
        asked = ask_all(urls, note, subtree, keys)
    answers = [(one.url, one.fault and printable(here(*one.fault))) for one in asked]
    cosigned = note + "".join(one.lines for one in asked)

    def draw() -> None:
        output.exact(cosigned.removesuffix("\n"))
        for url, why in answers:
            if why is not None:
                print(printed("not_cosigned", url=url, fault=why), file=sys.stderr)

    told = [{"url": url, "fault": why} for url, why in answers]
    return Told(
        {**msgspec.to_builtins(signed_checkpoint(cosigned)), "witnesses": told},
        draw,
        failed=any(one.fault for one in asked),
    )


def kept_checkpoint(path: Path) -> str:
    """The checkpoint in a file; refused with UnusableFile."""
    try:
        note = path.read_text("utf-8")
        read_checkpoint(read(note).text)
    except (OSError, UnicodeDecodeError, BadNote) as error:
        sentence = filled(usage.NO_CHECKPOINT, path=printable(str(path)), why=reason_of(error))
        raise UnusableFile(sentence, code="no-checkpoint") from None
    return note


def keys_for(ledger: Ledger, outside: Sequence[str]) -> list[VerifierKey]:
    """The key for the ledger's checkpoints and those `outside`, none where there are none; raises NoKey."""
    with ledger.log.store.snapshot() as connection:
        needed = bool(outside) or kept.is_signed(connection)
    return [published(ledger)] if needed else []


def witness_keys(files: Sequence[Path]) -> list[VerifierKey]:
    """The public keys of witnesses in some files; refused with UnusableFile."""
    return [key for path in files for key in verifier_keys(path, COSIGNATURE)]


def verifier_keys(path: Path, kind: int) -> list[VerifierKey]:
    """The verifier keys in a file, one a line, all of one kind; refused with UnusableFile."""
    named, code = printable(str(path)), "no-verifier-key"
    try:
        with path.open("rb") as file:
            lines = file.read(_LONGEST_LIST).decode().splitlines()
        keys = [read_verifier_key(line) for line in lines if line.strip()]
    except (OSError, UnicodeDecodeError, BadNote) as error:
        sentence = filled(usage.UNREADABLE_KEYS, path=named, why=reason_of(error))
        raise UnusableFile(sentence, code=code) from None
    if not keys:
        # Whoever names a file wants somebody's signature: none at all would be taken for all of them.
        raise UnusableFile(filled(usage.NO_KEYS, path=named), code=code)
    if any(key.kind != kind for key in keys):
        other = usage.NO_KEY_OF_A_LEDGER if kind == ED25519 else usage.NO_KEY_OF_A_WITNESS
        raise UnusableFile(filled(other, path=named), code=code)
    return keys
