"""Proofs at the command line: receipts, bundles, and whatever examines a ledger."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from ledger.audit import verifier
from ledger.audit.bundles import write_bundle
from ledger.audit.notes import VerifierKey
from ledger.audit.proving import NotCovered, prove
from ledger.audit.recomputing import Against, How, recompute
from ledger.audit.shapes import is_malformed
from ledger.audit.verification import Beside, Found, verify
from ledger.audit.witnesses import not_cosigned
from ledger.backup.form import appearing
from ledger.bootstrap import Ledger, open_for_reading
from ledger.cli.acts.tables import Column, Table, of
from ledger.cli.terminal import output
from ledger.cli.terminal.failures import BadValue
from ledger.cli.terminal.files import usable
from ledger.cli.terminal.language import filled
from ledger.cli.terminal.progress import bar
from ledger.cli.terminal.stopping import tidy_at_the_end
from ledger.cli.terminal.tool import Told
from ledger.cli.tools.checkpoints import kept_checkpoint, keys_for, witness_keys
from ledger.cli.words import usage
from ledger.cli.words.wording import counted, events_of, examined, fault, printed
from ledger.opening import public_name_now, titled
from ledger.operations.proofs.checkpoints import published
from ledger.settings import Settings
from ledger.store.errors import NoKey, StoreError, StoreUnavailable
from ledger.store.privacy import opener

_EXAMINED = Table(
    (
        Column("examined", lambda item, _: examined(item["name"])),
        Column(
            "found", lambda item, _: fault(item["fault"] or item.get("remark", "")), otherwise="all_is_well"
        ),
    ),
    "nothing_examined",
)


def show_key(ledger: Ledger) -> Told:
    """Tell the public key as verifiers take it."""
    key = str(published(ledger))
    return Told({"verifier_key": key}, key)


def show_receipt(ledger: Ledger, position: int, event: Path | None) -> Told:
    """Tell a receipt, and write the event's text where that is asked for."""
    with ledger.reading(ledger.views.tree) as (connection, _):
        try:
            (proved,) = prove(connection, ledger.views.tree, [position])
        except NotCovered as error:
            sentence = filled(usage.NOT_SIGNED, size=error.size)
            raise BadValue(sentence, code="not-signed", where="POSITION") from None
    if event is not None:
        with usable(event, code="unusable-file"), open(event, "w", encoding="utf-8", opener=opener) as file:
            file.write(proved.data + "\n")
    receipt = proved.receipt.text()
    return Told(
        {"position": position, "size": proved.size, "receipt": receipt, "event": proved.data},
        partial(output.exact, receipt.removesuffix("\n")),
    )


def make_bundle(ledger: Ledger, folder: Path) -> Told:
    """Write a bundle."""
    with tidy_at_the_end(), bar() as tell, usable(folder), appearing(folder, private=False) as part:
        manifest = write_bundle(ledger.log, ledger.views.balances, part, tell)
    name = public_name_now(ledger)
    told = {"name": name, **msgspec.to_builtins(manifest)}
    return Told(told, events_of(titled(manifest.origin, name), manifest.size, manifest.root))


def verify_ledger(place: Settings, kept: Sequence[Path], keys: Sequence[Path]) -> Told:
    """Examine all there is; each checkpoint that was kept must be cosigned by each of the witnesses."""
    witnesses, outside = witness_keys(keys), [kept_checkpoint(path) for path in kept]
    try:
        with bar() as tell, open_for_reading(place) as ledger:
            keys_known = _known_keys(ledger, outside)
            beside = Beside(ledger.directory.store, ledger.now())
            examining = verify(
                ledger.log, ledger.views.all(), keys=keys_known, outside=outside, beside=beside, progress=tell
            )
            found = list(examining)
    except StoreUnavailable as error:
        if not is_malformed(error):
            raise
        found = [Found("database file", str(error))]
    if witnesses:
        found.append(Found("cosignatures", not_cosigned(outside, witnesses)))
    return _told({}, found)


def recompute_balances(ledger: Ledger, kept: Sequence[Path], processes: int) -> Told:
    """Examine what the log's bytes come to."""
    outside = [kept_checkpoint(path) for path in kept]
    against = Against(ledger.views.balances, ledger.views.tree, keys_for(ledger, outside), outside)
    with bar() as tell:
        done = recompute(ledger.log, ledger.opened().origin, against, How(processes), tell)
    (origin, size, bytes_of_root), signed = done.checkpoint, done.signed
    root = b64encode(bytes_of_root).decode()
    name = public_name_now(ledger)
    told = {"name": name, "origin": origin, "size": size, "root": root, "signed": signed}
    accounts = counted(done.accounts, "other account")
    return _told(
        {**told, "volunteers": done.volunteers, "accounts": done.accounts},
        done.found,
        events_of(titled(origin, name), size, root),
        printed("nothing_signed") if signed is None else printed("signed_up_to", position=signed),
        printed("both", one=counted(done.volunteers, "volunteer"), other=accounts),
    )


def _told(besides: Mapping[str, Any], found: Sequence[Found], *lines: str) -> Told:
    """What each examination found, after some lines, and beside more for a program."""
    # A remark stands there only where there is one.
    items = [
        {"name": one.name, "fault": one.fault or None, **({"remark": one.remark} if one.remark else {})}
        for one in found
    ]
    return Told(
        {**besides, "items": items},
        *lines,
        partial(_EXAMINED, of(items)),
        failed=any(one.fault for one in found),
    )


def _known_keys(ledger: Ledger, outside: Sequence[str]) -> list[VerifierKey]:
    """The ledger's key; none where its first fact, which names it, cannot be read: that is told with the others."""
    try:
        return keys_for(ledger, outside)
    except NoKey:
        raise
    except StoreError:
        return []


def show_verifier() -> None:
    """Print the verifier's own text."""
    output.exact(Path(verifier.__file__).read_text("utf-8").removesuffix("\n"))
