"""Whatever somebody changed in a backup is found before anything of it is a ledger, and told with its place."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.notes import verifier_key
from ledger.audit.signing import sign_head
from ledger.backup.form import BadBackup, Heads
from ledger.backup.writing import Source, write_backup
from ledger.settings import Settings
from tests.backup.conftest import ORIGIN, embedded, restored, settle
from tests.projections.book import BOB, lay_out, opened

Doctor = Callable[[Path], object]


class Whole(NamedTuple):
    """A backup that nobody touched, and a checkpoint of later."""

    folder: Path
    later: str


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder, key = tmp_path_factory.mktemp("whole"), Ed25519PrivateKey.generate()
    with opened(f"sqlite:///{folder / 'ledger.db'}") as book:
        lay_out(book)
        settle(book)
        ledger = book.ledger
        sign_head(ledger.log, book.views.tree, ORIGIN, key)
        book.serve(BOB, 45)
        source = Source(ledger.log, ledger.directory, ORIGIN, str(verifier_key(ORIGIN, key.public_key())))
        write_backup(source, folder / "backup")
        book.serve(BOB, 3)
        return Whole(folder / "backup", sign_head(ledger.log, book.views.tree, ORIGIN, key))


@pytest.fixture
def backup(whole: Whole, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole.folder, tmp_path / "backup"))


@pytest.fixture
def there(tmp_path: Path) -> Settings:
    return embedded(tmp_path / "there")


def of_lines(name: str, change: Callable[[list[bytes]], Any]) -> Doctor:
    """Change the lines of a file, and let the manifest tell the digest of the new ones."""

    def doctor(backup: Path) -> None:
        lines = (backup / name).read_bytes().splitlines(keepends=True)
        change(lines)
        (backup / name).write_bytes(b"".join(lines))
        digest = sha256(b"".join(lines)).hexdigest()
        of_manifest(lambda told: told["digests"].update({name: digest}))(backup)

    return doctor


def of_manifest(change: Callable[[dict[str, Any]], object]) -> Doctor:
    def doctor(backup: Path) -> None:
        told = json.loads((backup / "manifest.json").read_text("utf-8"))
        change(told)
        (backup / "manifest.json").write_text(json.dumps(told), "utf-8")

    return doctor


def silently(name: str, old: bytes, new: bytes) -> Doctor:
    def doctor(backup: Path) -> None:
        text = (backup / name).read_bytes()
        assert old in text
        (backup / name).write_bytes(text.replace(old, new, 1))

    return doctor


def at(number: int, line: bytes) -> Callable[[list[bytes]], None]:
    return lambda lines: lines.__setitem__(number - 1, line)


def replace(number: int, old: bytes, new: bytes) -> Callable[[list[bytes]], None]:
    """In a line by its number; 0 is the last."""

    def change(lines: list[bytes]) -> None:
        lines[number - 1] = lines[number - 1].replace(old, new, 1)

    return change


def swap(lines: list[bytes]) -> None:
    lines[8], lines[9] = lines[9], lines[8]


DOCTORED: dict[str, tuple[Doctor, str]] = {
    "an event altered": (
        of_lines("events.jsonl", replace(9, b"office", b"clerk1")),
        "signed",
    ),
    "the newest event altered": (
        of_lines("events.jsonl", replace(0, b"office", b"clerk1")),
        "root is another",
    ),
    "an event deleted": (of_lines("events.jsonl", lambda some: some.pop(9)), "signed"),
    "the last event deleted": (
        of_lines("events.jsonl", lambda some: some.pop()),
        "events, and the manifest tells",
    ),
    "an event added": (of_lines("events.jsonl", lambda some: some.append(some[-1])), "more events than"),
    "two events swapped": (of_lines("events.jsonl", swap), "signed"),
    # It was restored, as a ledger to which nothing had ever happened.
    "nothing at all": (of_manifest(lambda told: told.update(position=0)), "position"),
    # The database told of these, and named neither the file nor the line.
    "a number of two": (
        of_lines("volunteers.jsonl", lambda some: some.append(some[-1].replace(b"vol_", b"vol_0", 1))),
        "an entry above has the same number",
    ),
    "a person in charge twice": (
        of_lines("persons.jsonl", lambda some: some.append(some[-1])),
        "line 2: an entry above has the same person",
    ),
    "a line that is no JSON": (of_lines("events.jsonl", at(9, b"{\n")), "line 9: this is no event"),
    "a line that is no event": (of_lines("events.jsonl", at(9, b"[]\n")), "line 9: this is no event"),
    "a line that is no text": (of_lines("events.jsonl", at(9, b"\xff\n")), "line 9: this is not UTF-8"),
    "another beginning": (of_lines("events.jsonl", lambda some: some.pop(0)), "line 1: this does not open"),
    "no events": (of_lines("events.jsonl", lambda some: some.clear()), "0 events"),
    "an event altered in silence": (silently("events.jsonl", b"stf_office", b"stf_clerk1"), "signed"),
    "the last line cut": (lambda backup: cut(backup / "events.jsonl"), "cut off"),
    "a name altered in silence": (silently("volunteers.jsonl", "张三".encode(), "张四".encode()), "digest"),
    "an entry without a name": (
        of_lines("volunteers.jsonl", at(1, b'{"volunteer":"vol_x"}\n')),
        "line 1: this is no entry",
    ),
    "an entry that is none": (of_lines("persons.jsonl", at(1, b"7\n")), "persons.jsonl, line 1"),
    "a NUL in a name": (
        of_lines("persons.jsonl", at(1, rb'{"person":"per_x","unit":"\u0000","name":"x"}' + b"\n")),
        "line 1: this is no entry",
    ),
    "an erasure that is none": (
        of_lines("erasures.txt", lambda some: some.append(b"vol_x\n")),
        "line 1: this is no erasure",
    ),
    "an erasure added in silence": (
        lambda backup: (backup / "erasures.txt").write_text("vol_ann 2028-06-01T00:00:00Z\n"),
        "erasures.txt: this is not what was written",
    ),
    "a checkpoint that is none": (
        of_lines("checkpoints.jsonl", at(1, b'"x"\n')),
        "line 1: this is no signed note",
    ),
    "a checkpoint that is no text": (
        of_lines("checkpoints.jsonl", at(1, b"7\n")),
        "checkpoints.jsonl, line 1",
    ),
    "a checkpoint told twice": (
        of_lines("checkpoints.jsonl", lambda some: some.append(some[0])),
        "do not follow each other",
    ),
    "a checkpoint of another size": (
        of_lines("checkpoints.jsonl", replace(1, rb"timebank\n", rb"timebank\n9")),
        "signature of timebank is wrong",
    ),
    "the checkpoints left out": (silently("checkpoints.jsonl", b'"timebank', b'"timebunk'), "line 1"),
    "the manifest's root": (of_manifest(lambda told: told.update(root="AAAA")), "root is another"),
    "the manifest's origin": (of_manifest(lambda told: told.update(origin="other")), "other"),
    "the manifest's position": (
        of_manifest(lambda told: told.update(position=told["position"] - 1)),
        "more events",
    ),
    "the manifest's checkpoint": (
        of_manifest(lambda told: told.update(checkpoint=told["position"])),
        "the checkpoint is not the last",
    ),
    "the manifest's people": (of_manifest(lambda told: told.update(volunteers=1)), "number of people"),
    "the manifest's format": (
        of_manifest(lambda told: told.update(format="timebank-ledger/backup/v2")),
        "format",
    ),
    "a digest left out": (
        of_manifest(lambda told: told["digests"].pop("persons.jsonl")),
        "no digest of persons.jsonl",
    ),
    "a field too many": (of_manifest(lambda told: told.update(novelty=1)), "novelty"),
    "a manifest that is no JSON": (
        lambda backup: (backup / "manifest.json").write_text("{"),
        "manifest.json",
    ),
    "no manifest": (lambda backup: (backup / "manifest.json").unlink(), "is no backup"),
    "no events' file": (lambda backup: (backup / "events.jsonl").unlink(), "events.jsonl: No such file"),
    "no list of erasures": (lambda backup: (backup / "erasures.txt").unlink(), "erasures"),
    "no backup": (shutil.rmtree, "is no backup"),
}


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


@pytest.mark.parametrize("what", DOCTORED)
def test_a_doctored_backup_is_refused(what: str, backup: Path, there: Settings):
    doctor, reason = DOCTORED[what]
    doctor(backup)
    with pytest.raises(BadBackup, match=reason):
        restored(backup, there)


def test_a_checkpoint_of_later_tells_that_a_backup_is_older(whole: Whole, there: Settings):
    with pytest.raises(BadBackup, match=r"events were signed, and there are \d+: those after"):
        restored(whole.folder, there, kept=[whole.later])


def test_a_backup_made_anew_is_told_by_a_checkpoint_kept_elsewhere(backup: Path, tmp_path: Path):
    [kept] = map(json.loads, (backup / "checkpoints.jsonl").read_text("utf-8").splitlines())
    of_lines("checkpoints.jsonl", lambda some: some.clear())(backup)
    of_lines("events.jsonl", replace(9, b"office", b"clerk1"))(backup)
    heads = Heads(ORIGIN, ())
    for text in (backup / "events.jsonl").read_text("utf-8").splitlines():
        heads.add(text)
    of_manifest(lambda told: told.update(root=heads.root, checkpoint=0))(backup)
    with pytest.raises(BadBackup, match="not those that were signed"):
        restored(backup, embedded(tmp_path / "with"), kept=[kept])
    # Nothing in the backup itself tells it.
    restored(backup, embedded(tmp_path / "without"))
