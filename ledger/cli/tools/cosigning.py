"""Having a checkpoint cosigned by witnesses, as it is signed."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from click.exceptions import Exit

from ledger.audit.bundles import NothingSigned
from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.cosignatures import COSIGNATURE, cosigners
from ledger.audit.notes import BadNote, VerifierKey, read
from ledger.audit.signing import latest_note
from ledger.audit.witnesses import NotCosigned, ask_witness, is_witness
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.lookup import settings
from ledger.cli.tools.verifier_keys import verifier_keys
from ledger.store.merkle import consistency_proof


class Witnesses(NamedTuple):
    """Whom to ask, by URL, and the keys by which their cosignatures are known; any are taken where there is none."""

    urls: Sequence[str]
    keys: Sequence[VerifierKey]


class Asked(NamedTuple):
    """What came of asking a witness: lines of cosignatures, or why there are none."""

    url: str
    lines: str
    fault: str | None


def witnesses(urls: Sequence[str], files: Sequence[Path]) -> Witnesses:
    """The witnesses that a command line names; refused with BadValue or UnusableFile."""
    for url in urls:
        if not is_witness(url):
            raise BadValue(
                f"{output.printable(url)} is no address of a witness, such as https://witness.example",
                code="no-witness",
                where="--witness",
            )
    return Witnesses(urls, witness_keys(files))


def cosign_last(data: Path | None, asked: Witnesses, *, as_json: bool) -> None:
    """Have the last checkpoint cosigned, and print it; leave with 1 if a witness did not cosign."""
    with open_for_reading(settings(data)) as ledger:
        with ledger.log.store.snapshot() as connection:
            note = latest_note(connection)
        if note is None:
            raise NothingSigned("no checkpoint is signed yet; `timebank audit sign` signs one")
        answers = ask_all(ledger, note, asked)
    tell_cosigned(note, answers, as_json=as_json)


def tell_cosigned(note: str, answers: Sequence[Asked], *, as_json: bool) -> None:
    """Print a checkpoint with what witnesses put under it; leave with 1 if one did not cosign.

    What lies in the ledger stays as it was signed: who saw it is told where it is given away.
    """
    cosigned = note + "".join(one.lines for one in answers)
    if as_json:
        told = [{"url": one.url, "fault": one.fault} for one in answers]
        size = read_checkpoint(read(note).text).size
        output.document({"size": size, "checkpoint": cosigned, "witnesses": told})
    else:
        output.exact(cosigned.removesuffix("\n"))
        for one in answers:
            if one.fault is not None:
                print(f"{one.url} did not cosign: {one.fault}", file=sys.stderr)
    if any(one.fault for one in answers):
        raise Exit(REFUSED)


def witness_keys(files: Sequence[Path]) -> list[VerifierKey]:
    """The public keys of witnesses in some files; refused with UnusableFile."""
    return [key for path in files for key in verifier_keys(path, COSIGNATURE)]


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


def ask_all(ledger: Ledger, note: str, asked: Witnesses) -> list[Asked]:
    """Ask each witness in turn; one that fails keeps nobody from asking the next."""
    size = read_checkpoint(read(note).text).size
    found: list[Asked] = []
    with ledger.reading(ledger.views.tree) as (connection, _):
        nodes = ledger.views.tree.look(connection)
        for url in asked.urls:
            try:
                lines = ask_witness(
                    url, note, lambda old: consistency_proof(old, size, nodes.subtree), asked.keys
                )
            except NotCosigned as error:
                found.append(Asked(url, "", output.printable(str(error))))
            else:
                found.append(Asked(url, lines, None))
    return found
