"""Signing the log's head, and having a checkpoint cosigned by witnesses."""

import contextlib
import sys
from collections.abc import Generator, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.audit.bundles import NothingSigned
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.cosignatures import cosigners
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.audit.signing import doubts, latest_note, sign_head, signing_key
from ledger.audit.witnesses import NotCosigned, ask_witness, is_witness
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import witness_keys
from ledger.settings import Settings
from ledger.store.errors import StoreHeld
from ledger.store.merkle import consistency_proof


class Asked(NamedTuple):
    """What came of asking a witness: lines of cosignatures, or why there are none."""

    url: str
    lines: str
    fault: str | None


def sign(place: Settings, urls: Sequence[str], keys: Sequence[Path]) -> Told:
    """Sign the head, have it cosigned, and tell the checkpoint; it fails if a witness did not cosign."""
    cosigners_keys = _keys(urls, keys)
    with _alone(place) as ledger:
        key, origin = signing_key(ledger.log, place.checkpoint_key_file()), ledger.opened().origin
        note = sign_head(ledger.log, ledger.views.tree, origin, key)
        doubted = doubts(ledger.log, origin, key)
    for one in doubted:
        print(output.printable(one), file=sys.stderr)
    with open_for_reading(place) as ledger:
        return _cosigned(ledger, note, urls, cosigners_keys)


def cosign_last(place: Settings, urls: Sequence[str], keys: Sequence[Path]) -> Told:
    """Have the last checkpoint cosigned, and tell it; it fails if a witness did not cosign."""
    cosigners_keys = _keys(urls, keys)
    with open_for_reading(place) as ledger:
        with ledger.log.store.snapshot() as connection:
            note = latest_note(connection)
        if note is None:
            raise NothingSigned("no checkpoint is signed yet; `timebank audit sign` signs one")
        return _cosigned(ledger, note, urls, cosigners_keys)


def _keys(urls: Sequence[str], files: Sequence[Path]) -> list[VerifierKey]:
    """The keys by which cosignatures are known, if any; refused with BadValue or UnusableFile."""
    for url in urls:
        if not is_witness(url):
            raise BadValue(
                f"{output.printable(url)} is no address of a witness, such as https://witness.example",
                code="no-witness",
                where="--witness",
            )
    return witness_keys(files)


def _cosigned(ledger: Ledger, note: str, urls: Sequence[str], keys: Sequence[VerifierKey]) -> Told:
    """A checkpoint with what witnesses put under it.

    What lies in the ledger stays as it was signed: who saw it is told where it is given away.
    """
    size = read_checkpoint(read(note).text).size
    answers = _ask_all(ledger, note, size, urls, keys)
    cosigned = note + "".join(one.lines for one in answers)

    def draw() -> None:
        output.exact(cosigned.removesuffix("\n"))
        for one in answers:
            if one.fault is not None:
                print(f"{one.url} did not cosign: {one.fault}", file=sys.stderr)

    told = [{"url": one.url, "fault": one.fault} for one in answers]
    return Told(
        {"size": size, "checkpoint": cosigned, "witnesses": told}, draw, any(one.fault for one in answers)
    )


def _ask_all(
    ledger: Ledger, note: str, size: int, urls: Sequence[str], keys: Sequence[VerifierKey]
) -> list[Asked]:
    """Ask each witness in turn; one that fails keeps nobody from asking the next."""
    found: list[Asked] = []
    with ledger.reading(ledger.views.tree) as (connection, _):
        nodes = ledger.views.tree.look(connection)
        for url in urls:
            try:
                lines = ask_witness(url, note, lambda old: consistency_proof(old, size, nodes.subtree), keys)
                found.append(Asked(url, lines, None))
            except NotCosigned as error:
                found.append(Asked(url, "", output.printable(str(error))))
    return found


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


@contextlib.contextmanager
def _alone(place: Settings) -> Generator[Ledger]:
    """The ledger, open for writing; where a server holds it, the reason says how that one signs."""
    try:
        with open_for_writing(place) as ledger:
            yield ledger
    except StoreHeld as held:
        raise StoreHeld(
            f"{held}; if it is served, POST /api/v1/audit/checkpoints signs, or `timebank serve --sign-every`"
        ) from None
