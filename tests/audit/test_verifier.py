"""The verifier that is not us: a program of its own, which finds whatever was doctored."""

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit import verifier
from ledger.audit.bundles import NothingSigned, write_bundle
from ledger.audit.notes import VerifierKey
from ledger.audit.receipts import EventReceipt
from ledger.audit.signing import sign_head
from ledger.store.log import between
from ledger.store.merkle import inclusion_proof
from tests.audit.conftest import ORIGIN, Given
from tests.projections.book import ANN, Book

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MOST_LINES = 300
PROGRAM = Path(verifier.__file__)


def verified(folder: Path, *words: object) -> tuple[int, str]:
    """Exit code and words of the program, which lies alone in a folder and sees nothing of ours."""
    alone = folder / "alone"
    alone.mkdir(exist_ok=True)
    program = shutil.copy(PROGRAM, alone / "timebank_verify.py")
    done = subprocess.run(
        [sys.executable, "-I", program, *map(str, words)],
        capture_output=True,
        text=True,
        cwd=alone,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_it_is_one_short_file_that_needs_nothing_of_ours():
    source = PROGRAM.read_text("utf-8")
    assert len(source.splitlines()) < MOST_LINES
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    outside = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    assert outside == {"cryptography"}


def test_a_bundle_of_the_ledger_is_what_it_says(bundle: Path, public: VerifierKey, tmp_path: Path):
    (tmp_path / "key").write_text(f"{public}\n")
    code, said = verified(tmp_path, "bundle", bundle, tmp_path / "key")
    assert (code, said[:4]) == (0, "yes:")
    assert "2 checkpoint(s)" in said


@on_sqlite
def test_without_a_checkpoint_there_is_no_bundle(busy: Book, tmp_path: Path):
    with pytest.raises(NothingSigned):
        write_bundle(busy.ledger.log, busy.views.balances, tmp_path / "bundle")
    with pytest.raises(FileExistsError):
        write_bundle(busy.ledger.log, busy.views.balances, tmp_path)


def lines(change: Callable[[list[str]], Any]) -> Callable[[Path], None]:
    def doctor(bundle: Path) -> None:
        file = bundle / "events.jsonl"
        some = file.read_text("utf-8").splitlines(keepends=True)
        change(some)
        file.write_text("".join(some), "utf-8")

    return doctor


def content(name: str, change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def doctor(bundle: Path) -> None:
        told = json.loads((bundle / name).read_text("utf-8"))
        change(told)
        (bundle / name).write_text(json.dumps(told), "utf-8")

    return doctor


def swap(some: list[str]) -> None:
    some[3], some[4] = some[4], some[3]


def forge(notes: list[str]) -> None:
    notes[0] = notes[0][:-9] + "AAAAAAA=\n"


def break_off(bundle: Path) -> None:
    (bundle / "checkpoints.json").write_text("[")


DOCTORED: dict[str, Callable[[Path], None]] = {
    "an event altered": lines(lambda some: some.__setitem__(9, some[9].replace("stf_office", "stf_clerk"))),
    "a space added": lines(lambda some: some.__setitem__(9, some[9].replace(":", ": ", 1))),
    "an event deleted": lines(lambda some: some.pop(5)),
    "the last event deleted": lines(lambda some: some.pop()),
    "an event inserted": lines(lambda some: some.insert(5, some[5])),
    "an event added": lines(lambda some: some.append(some[-1])),
    "two events swapped": lines(swap),
    "the last line cut": lines(lambda some: some.__setitem__(-1, some[-1][:-1])),
    "no events": lines(lambda some: some.clear()),
    "a line that is no event": lines(lambda some: some.__setitem__(0, "[]\n")),
    "a balance more": content("balances.json", lambda told: told["service"].update({ANN: 331})),
    "a balance less": content("balances.json", lambda told: told["credits"].popitem()),
    "a stranger's balance": content(
        "balances.json", lambda told: told["credits"].update({"volunteer:vol_x": 1})
    ),
    "the manifest's size": content("manifest.json", lambda told: told.update(size=told["size"] - 1)),
    "the manifest's root": content("manifest.json", lambda told: told.update(root="AAAA")),
    "the manifest's origin": content("manifest.json", lambda told: told.update(origin="other")),
    "the last checkpoint left out": content("checkpoints.json", lambda told: told.pop()),
    "no checkpoints": content("checkpoints.json", lambda told: told.clear()),
    "a checkpoint's size": content(
        "checkpoints.json",
        lambda told: told.__setitem__(0, told[0].replace("\n2", "\n1", 1).replace("\n3", "\n1", 1)),
    ),
    "a checkpoint's signature": content(
        "checkpoints.json", lambda told: told.__setitem__(0, told[0][:-9] + "AAAAAAA=\n")
    ),
    "a file that is gone": lambda bundle: (bundle / "balances.json").unlink(),
    "a file that is no JSON": break_off,
}


@pytest.mark.parametrize("what", DOCTORED)
def test_a_doctored_bundle_is_refused(what: str, given: Given, capsys: pytest.CaptureFixture[str]):
    bundle, public = given
    before = {file.name: file.read_bytes() for file in bundle.iterdir()}
    DOCTORED[what](bundle)
    assert before != {file.name: file.read_bytes() for file in bundle.iterdir()}
    assert verifier.main(["bundle", str(bundle), str(public)]) == 1
    assert capsys.readouterr().err.startswith("NO: ")


def test_a_bundle_signed_by_somebody_else_is_refused(given: Given, tmp_path: Path):
    stranger = VerifierKey(ORIGIN, 1, Ed25519PrivateKey.generate().public_key().public_bytes_raw())
    code, said = verified(tmp_path, "bundle", given.folder, stranger)
    assert (code, said) == (1, "NO: the checkpoint is not signed with this key\n")


@pytest.mark.slow
@on_sqlite
def test_a_receipt_is_verified_and_a_doctored_one_refused(
    busy: Book, key: Ed25519PrivateKey, public: VerifierKey, tmp_path: Path
):
    note = sign_head(busy.ledger.log, busy.views.tree, ORIGIN, key)
    with busy.ledger.reading(busy.views.tree) as (connection, size):
        [row] = between(connection, 9, 10)
        proof = inclusion_proof(9, size, busy.views.tree.look(connection).subtree)
    text = EventReceipt(9, tuple(proof), note).text()
    event, file = tmp_path / "event.json", tmp_path / "event.tlog-proof"
    event.write_text(row.data + "\n", "utf-8")
    for doctored, code in (
        (text, 0),
        (text.replace("@v1\n", "@v1\nextra YQ==\n"), 0),
        (text.replace("index 9", "index 8"), 1),
        (text.replace("index 9", f"index {size}"), 1),
        (text.replace("index 9", "index 09"), 1),
        (text.replace("index 9", "index -9"), 1),
        (text.replace("@v1", "@v2"), 1),
        (text.replace("\n\n", "\nAAAA\n\n", 1), 1),
        (text.replace(f"\n{size}\n", f"\n{size + 1}\n"), 1),
        ("", 1),
    ):
        file.write_text(doctored, "utf-8")
        assert verified(tmp_path, "receipt", event, file, public)[0] == code, doctored
    file.write_text(text, "utf-8")
    event.write_text(row.data.replace("stf_office", "stf_clerk0"), "utf-8")
    assert verified(tmp_path, "receipt", event, file, public)[0] == 1
    assert verified(tmp_path, "receipt", event)[0] == 2
    assert verified(tmp_path, "receipt", event, tmp_path / "none", public)[0] == 1
