"""Whoever changes a ledger's file, by SQL or by bytes, is found out: nothing that is stored changes unseen."""

import random
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import VerifierKey, verifier_key
from ledger.audit.signing import sign_head
from ledger.audit.verification import Beside, Found, verify
from ledger.bootstrap import open_for_reading
from ledger.settings import Settings
from ledger.store.errors import StoreError
from tests.audit.conftest import ORIGIN, keep_busy
from tests.audit.tampering import CHANGES, content
from tests.projections.book import BOB, lay_out, opened

pytestmark = pytest.mark.slow
ALL, SOME = 200, 21


class Kept(NamedTuple):
    """A ledger's file that nobody has open, the key of its checkpoints, and the last, which was kept elsewhere."""

    file: Path
    public: VerifierKey
    note: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    file, key = tmp_path_factory.mktemp("kept") / "ledger.db", Ed25519PrivateKey.generate()
    with opened(f"sqlite:///{file}") as book:
        lay_out(book)
        sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
        keep_busy(book)
        sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
        book.serve(BOB, 45)
        note = sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
        book.serve(BOB, 1)
    return Kept(file, verifier_key(ORIGIN, key.public_key()), note)


def faults(kept: Kept, file: Path) -> list[str]:
    """What is told of a file; nothing if all is well."""
    try:
        with open_for_reading(Settings(f"sqlite:///{file}", f"sqlite:///{kept.file}.directory")) as ledger:
            beside = Beside(ledger.directory.store)
            found: list[Found] = [
                *verify(
                    ledger.log, ledger.views.all(), keys=[kept.public], outside=[kept.note], beside=beside
                )
            ]
    except StoreError as error:
        return [str(error)]
    return [f"{one.name}: {one.fault}" for one in found if one.fault]


def changed(kept: Kept, folder: Path, numbers: range) -> dict[str, int]:
    """Make changes, each of a fresh copy: how many of each kind changed what is stored, every one of them told."""
    before, count = content(kept.file), dict.fromkeys(CHANGES, 0)
    for number in numbers:
        kind = [*CHANGES][number % len(CHANGES)]
        copy = folder / f"copy{number}.db"
        shutil.copy(kept.file, copy)
        said = CHANGES[kind](random.Random(f"{kind} {number}"), copy)
        if content(copy) != before:
            assert faults(kept, copy), (number, kind, said)
            count[kind] += 1
        for left in folder.glob(f"copy{number}.*"):
            left.unlink()
    return count


def test_a_ledger_s_file_that_nobody_touched_is_well(kept: Kept):
    assert faults(kept, kept.file) == []


def test_changes_of_a_ledger_s_file_are_told(kept: Kept, tmp_path: Path):
    assert all(changed(kept, tmp_path, range(SOME)).values())


@pytest.mark.full
def test_two_hundred_changes_of_a_ledger_s_file_are_told(kept: Kept, tmp_path: Path):
    count = changed(kept, tmp_path, range(ALL))
    # The others wrote where nothing is stored, or what was there.
    assert sum(count.values()) > ALL // 2
