"""Bundles: every event, checkpoint and balance in plain files, for whoever checks them with a program of their own."""

from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.notes import read
from ledger.audit.signing import notes
from ledger.domain.accounts import VOLUNTEER
from ledger.domain.postings import postings, service_lines
from ledger.store.codec import decode
from ledger.store.errors import AlreadyThere, StoreError
from ledger.store.log import Log, batches, head
from projections.balances import Balances
from projections.running.rebuilding import Progress, no_progress

FORMAT = "timebank-ledger/bundle/v1"
EVENTS, CHECKPOINTS, BALANCES, MANIFEST = "events.jsonl", "checkpoints.json", "balances.json", "manifest.json"

_BATCH = 5_000


class NothingSigned(StoreError):
    """There is no checkpoint yet that a bundle could end with."""


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a bundle holds: the first `size` events of the ledger `origin`, and the root of their tree, in base64."""

    format: str
    origin: str
    size: int
    root: str


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes at the bundle's end: of service by volunteer, and of credits by account; nobody with nothing."""

    service: dict[str, int]
    credits: dict[str, int]


def write_bundle(log: Log, balances: Balances, folder: Path, progress: Progress = no_progress) -> Manifest:
    """Write the log up to the last checkpoint into an empty or new folder; raises NothingSigned.

    Memory grows with the volunteers, not with the log.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise AlreadyThere(f"{folder} is not empty", f"{folder} 不是空文件夹")
    with log.store.snapshot() as connection:
        signed = notes(connection)
        if not signed:
            raise NothingSigned(
                "no checkpoint is signed yet; `timebank audit sign` signs one",
                "尚未签署检查点；请用 `timebank audit sign` 签署",
            )
        last = read_checkpoint(read(signed[-1]).text)
        with (folder / EVENTS).open("w", encoding="utf-8", newline="\n") as file:
            for rows in batches(connection, 0, last.size, size=_BATCH):
                file.writelines(f"{row.data}\n" for row in rows)
                progress("bundle", rows[-1].position, last.size)
        _write(folder / CHECKPOINTS, signed)
        _write(folder / BALANCES, _figures(connection, balances, last.size))
    manifest = Manifest(format=FORMAT, origin=last.origin, size=last.size, root=b64encode(last.root).decode())
    _write(folder / MANIFEST, manifest)
    return manifest


def _figures(connection: Connection, balances: Balances, size: int) -> Figures:
    """The view's figures at a size: what was recorded since is taken off again."""
    volunteers, accounts = balances.volunteers.c, balances.accounts.c
    service: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for volunteer, service_minutes, credit_minutes in connection.execute(
        select(volunteers.volunteer, volunteers.service_minutes, volunteers.credit_minutes)
    ):
        service[volunteer], credit[VOLUNTEER + volunteer] = service_minutes, credit_minutes
    for account, minutes in connection.execute(select(accounts.account, accounts.minutes)):
        credit[account] = minutes
    for rows in batches(connection, size, head(connection), size=_BATCH):
        for row in rows:
            event = decode(row.data)
            for line in service_lines(event):
                service[line.volunteer] -= line.minutes
            for posting in postings(event):
                credit[posting.account] -= posting.minutes
    return Figures(service=_some(service), credits=_some(credit))


def _some(minutes: Counter[str]) -> dict[str, int]:
    return {owner: minutes[owner] for owner in sorted(minutes) if minutes[owner]}


def _write(path: Path, content: Manifest | Figures | Sequence[str]) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n")
