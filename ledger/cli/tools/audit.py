"""Proofs at the command line: signing the head, receipts, bundles, and verifying."""

import contextlib
import sys
from collections.abc import Generator, Sequence
from pathlib import Path

import msgspec
from click.exceptions import Exit

from ledger.audit import verifier
from ledger.audit.bundles import write_bundle
from ledger.audit.notes import VerifierKey
from ledger.audit.proving import NotCovered, prove
from ledger.audit.shapes import is_malformed
from ledger.audit.signing import doubts, sign_head, signing_key
from ledger.audit.verification import Beside, Found, verify
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger, open_for_reading, open_for_writing
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import REFUSED, BadValue
from ledger.cli.terminal.files import unusable
from ledger.cli.terminal.interrupting import tidy_at_the_end
from ledger.cli.terminal.lookup import settings
from ledger.cli.terminal.output import Column, counted
from ledger.cli.terminal.progress import bar
from ledger.cli.tools.checkpoints import kept_checkpoint, keys_for, published
from ledger.cli.tools.cosigning import Witnesses, ask_all, not_cosigned, tell_cosigned
from ledger.settings import Settings
from ledger.store.errors import NoKey, StoreError, StoreHeld, StoreUnavailable
from ledger.store.privacy import opener


def sign_head_of(data: Path | None, asked: Witnesses, *, as_json: bool) -> None:
    """Sign the head, have it cosigned, and print the checkpoint; leave with 1 if a witness did not cosign."""
    place = settings(data)
    with _alone(place) as ledger:
        key, origin = signing_key(ledger.log, place.checkpoint_key_file()), ledger.opened().origin
        note = sign_head(ledger.log, ledger.views.tree, origin, key)
        doubted = doubts(ledger.log, origin, key)
    for one in doubted:
        print(output.printable(one), file=sys.stderr)
    with open_for_reading(place) as ledger:
        answers = ask_all(ledger, note, asked)
    tell_cosigned(note, answers, as_json=as_json)


def show_key(data: Path | None, *, as_json: bool) -> None:
    """Print the public key as verifiers take it."""
    place = settings(data)
    with open_for_reading(place) as ledger:
        key = published(place, ledger)
    if as_json:
        output.document({"verifier_key": str(key)})
    else:
        output.line(str(key))


def show_receipt(data: Path | None, position: int, event: Path | None, *, as_json: bool) -> None:
    """Print a receipt, and write the event's text where that is asked for."""
    with open_for_reading(settings(data)) as ledger, ledger.reading(ledger.views.tree) as (connection, _):
        try:
            (proved,) = prove(connection, ledger.views.tree, [position])
        except NotCovered as error:
            raise BadValue(
                f"{error}; `timebank audit sign` signs all that there are",
                code="not-signed",
                where="POSITION",
            ) from None
    receipt = proved.receipt.text()
    if event is not None:
        _write(event, proved.data + "\n")
    if as_json:
        output.document({"position": position, "size": proved.size, "receipt": receipt, "event": proved.data})
    else:
        output.exact(receipt.removesuffix("\n"))


def write_bundle_of(data: Path | None, folder: Path, *, as_json: bool) -> None:
    """Write a bundle."""
    with tidy_at_the_end(), bar() as tell, open_for_reading(settings(data)) as ledger:
        try:
            with appearing(folder, private=False) as part:
                manifest = write_bundle(ledger.log, ledger.views.balances, part, tell)
        except OSError as error:
            raise unusable(error, folder) from None
    if as_json:
        output.document(msgspec.to_builtins(manifest))
    else:
        output.line(f"{counted(manifest.size, 'event')} of {manifest.origin}, root {manifest.root}")


def verify_ledger(
    data: Path | None, kept: Sequence[Path], witnesses: Sequence[VerifierKey], *, as_json: bool
) -> None:
    """Print what each examination found, and leave with 1 if one found a fault.

    Each checkpoint that was kept must be cosigned by each of the witnesses.
    """
    place, outside = settings(data), [kept_checkpoint(path) for path in kept]
    try:
        found = _examined(place, outside)
    except StoreUnavailable as error:
        if not is_malformed(error):
            raise
        found = [Found("database file", str(error))]
    if witnesses:
        found.append(Found("cosignatures", not_cosigned(outside, witnesses)))
    if as_json:
        output.document({"items": [_item(one) for one in found]})
    else:
        output.table(
            "",
            (Column("Examined"), Column("Found")),
            [(one.name, one.fault or one.remark or "all is well") for one in found],
            empty="Nothing was examined.",
        )
    if any(one.fault for one in found):
        raise Exit(REFUSED)


def _examined(place: Settings, outside: Sequence[str]) -> list[Found]:
    with bar() as tell, open_for_reading(place) as ledger:
        beside = Beside(ledger.directory.store, ledger.now())
        keys = _known_keys(place, ledger, outside)
        return [
            *verify(ledger.log, ledger.views.all(), keys=keys, outside=outside, beside=beside, progress=tell)
        ]


def _item(one: Found) -> dict[str, str | None]:
    """What a program reads of an examination; a remark stands there only where there is one."""
    told = {"name": one.name, "fault": one.fault or None}
    return {**told, "remark": one.remark} if one.remark else told


def _known_keys(place: Settings, ledger: Ledger, outside: Sequence[str]) -> list[VerifierKey]:
    """The ledger's key; none where its first fact, which names it, cannot be read: that is told with the others."""
    try:
        return keys_for(place, ledger, outside)
    except NoKey:
        raise
    except StoreError:
        return []


def show_verifier() -> None:
    """Print the verifier's own text."""
    output.exact(Path(verifier.__file__).read_text("utf-8").removesuffix("\n"))


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


def _write(path: Path, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", opener=opener) as file:
            file.write(text)
    except OSError as error:
        raise unusable(error, path, code="unusable-file") from None
