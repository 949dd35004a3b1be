"""A bundle's log taken in anew: the same to the byte, or nothing at all."""

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from ledger.audit.bundle_reading import LONGEST_LINE, BadBundle, Bundle, Problem
from ledger.audit.bundles import EVENTS, MANIFEST, write_bundle
from ledger.audit.importing import NotEmpty, import_bundle, refuse_in_use
from ledger.audit.notes import verifier_key
from ledger.audit.signing import sign_head
from ledger.store.log import between, head
from ledger.store.schema import CHECKPOINT, EVENT_TAG
from projections.running.checking import check
from tests.audit.conftest import ORIGIN, Given
from tests.audit.test_verifier import DOCTORED, lines
from tests.postgres import Cluster
from tests.projections.book import BOB, Book, opened


@pytest.fixture
def other_url(database_url: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of the kind that the book's is not."""
    if not database_url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'other.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    with cluster.database() as url:
        yield url


@contextmanager
def taken_into(url: str, bundle: Path) -> Iterator[Book]:
    with opened(url) as book:
        import_bundle(book.ledger.log, book.views.all(), Bundle(bundle))
        yield book


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    with opened(f"sqlite:///{tmp_path / 'empty.db'}") as book:
        yield book


@pytest.mark.slow
def test_a_log_is_the_same_to_the_byte_on_the_other_database(
    busy: Book, bundle: Path, other_url: str, key: Ed25519PrivateKey, tmp_path: Path
):
    with taken_into(other_url, bundle) as book:
        size = Bundle(bundle).manifest.size
        with busy.reading() as ours, book.reading() as theirs:
            assert head(theirs) == size
            assert between(theirs, 0, size) == between(ours, 0, size)
            assert book.views.tree.look(theirs).root(size) == busy.views.tree.look(ours).root(size)
        assert all(one.agrees for one in check(book.ledger.log, book.views.all()))
        write_bundle(book.ledger.log, book.views.balances, tmp_path / "again")
        assert contents(tmp_path / "again") == contents(bundle)
        # It goes on from there, under the checkpoints that came along.
        book.serve(BOB, 1)
        sign_head(book.ledger.log, book.views.tree, ORIGIN, key)
        with pytest.raises(NotEmpty, match=f"of {size + 1} events"):
            import_bundle(book.ledger.log, book.views.all(), Bundle(bundle))


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def assert_nothing_in(book: Book) -> None:
    with book.ledger.log.store.snapshot() as connection:
        for table in (EVENT_TAG, CHECKPOINT, book.views.tree.nodes):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 0
        assert head(connection) == 0
    refuse_in_use(book.ledger.log)


WHOLE = {what: doctor for what, doctor in DOCTORED.items() if "balance" not in what and "gone" not in what}
"""What was done to events, manifest or checkpoints; balances are folded anew and not looked at."""


@pytest.mark.parametrize("what", WHOLE)
def test_a_doctored_bundle_is_not_taken(what: str, given: Given, empty: Book):
    bundle, public = given
    WHOLE[what](bundle)
    with pytest.raises(BadBundle):
        Bundle(bundle, public).examine()
    if "signature" not in what:
        # Nor by who never examined it, nor without a key.
        with pytest.raises(BadBundle):
            import_bundle(empty.ledger.log, empty.views.all(), Bundle(bundle))
    assert_nothing_in(empty)


LAST = 0
"""Stands for the number of the last line."""


def changed(number: int, change: Callable[[str], str]) -> Callable[[Path], None]:
    return lines(lambda some: some.__setitem__(number - 1, change(some[number - 1])))


def recorded_at(at: str) -> Callable[[str], str]:
    return lambda line: json.dumps({**json.loads(line), "at": at}) + "\n"


def two_lines(bundle: Path) -> None:
    for number in (8, 2):
        changed(number, lambda line: "x\n")(bundle)


MALFORMED: dict[str, tuple[Callable[[Path], None], list[tuple[int, str]]]] = {
    "a NUL": (changed(3, lambda line: line.replace("s", "\0", 1)), [(3, "it holds a NUL")]),
    "no JSON": (changed(4, lambda line: line.replace(":", "::", 1)), [(4, "JSON is malformed")]),
    "no event": (changed(5, lambda line: "{}\n"), [(5, "missing required field `type`")]),
    "an unknown type": (changed(5, lambda line: '{"type":"sun-rose"}\n'), [(5, "Invalid value 'sun-rose'")]),
    "deep": (changed(5, lambda line: line.replace("{", '{"cause":' + "[" * 100_000, 1)), [(5, "recursion")]),
    "an empty line": (changed(6, lambda line: "\n"), [(6, "truncated")]),
    "a field too much": (changed(7, lambda line: line.replace("{", '{"more":1,', 1)), [(7, "unknown field")]),
    "too large a number": (
        changed(20, lambda line: line.replace("{", '{"minutes":99999999999999999999,', 1)),
        [(20, "unknown field `minutes`")],
    ),
    "a control character": (
        changed(2, lambda line: line.replace("stf_office", "stf_\\u0000")),
        [(2, "$.by")],
    ),
    "two lines": (two_lines, [(2, "JSON"), (8, "JSON")]),
    "cut off": (changed(LAST, lambda line: line[:-1]), [(LAST, "no newline")]),
    "time turned back": (
        changed(9, recorded_at("2001-01-01T00:00:00Z")),
        [(9, "before the event above it")],
    ),
    "no time zone": (changed(9, recorded_at("2028-06-01T04:00:00")), [(9, "has no time zone")]),
    "opened twice": (lines(lambda some: some.insert(1, some[0])), [(2, "the first event, and no other")]),
    "not opened": (lines(lambda some: some.pop(0)), [(1, "the first event, and no other")]),
    "too long": (changed(4, lambda line: "x" * LONGEST_LINE + line), [(4, "longer than 1,048,576 bytes")]),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_each_malformed_line_is_told_with_its_number(what: str, given: Given):
    doctor, expected = MALFORMED[what]
    bundle = given.folder
    doctor(bundle)
    last = Bundle(bundle).manifest.size
    with pytest.raises(BadBundle, match="cannot be taken") as told:
        Bundle(bundle).examine()
    assert len(told.value.problems) == len(expected)
    for (line, reason), (number, wanted) in zip(told.value.problems, expected, strict=True):
        assert line == (number or last)
        assert wanted in reason[0]


def test_a_line_that_is_no_utf_8_is_told(given: Given):
    bundle = given.folder
    some = (bundle / EVENTS).read_bytes().splitlines(keepends=True)
    some[2] = b'{"\xff' + some[2][3:]
    (bundle / EVENTS).write_bytes(b"".join(some))
    with pytest.raises(BadBundle) as told:
        Bundle(bundle).examine()
    assert told.value.problems == (Problem(3, ("it is not UTF-8 (byte 3)", "不是 UTF-8（第 3 字节）")),)


def test_any_byte_that_is_changed_keeps_all_of_it_out(given: Given):
    bundle = given.folder
    whole = (bundle / EVENTS).read_bytes()
    chance = random.Random(5)
    for place in chance.sample(range(len(whole)), 40):
        other = bytes([whole[place] ^ 1 << chance.randrange(8)])
        (bundle / EVENTS).write_bytes(whole[:place] + other + whole[place + 1 :])
        with pytest.raises(BadBundle):
            Bundle(bundle).examine()


def test_what_changes_after_it_was_examined_is_rolled_back(given: Given, empty: Book):
    bundle = given.folder
    found = Bundle(bundle)
    found.examine()
    changed(found.manifest.size, lambda line: line.replace("stf_office", "stf_clerk"))(bundle)
    with pytest.raises(BadBundle, match="not those that were signed"):
        import_bundle(empty.ledger.log, empty.views.all(), found)
    assert_nothing_in(empty)


def test_signatures_are_verified_where_a_key_is_given(given: Given):
    bundle, public = given
    Bundle(bundle, public).examine()
    stranger = verifier_key(ORIGIN, Ed25519PrivateKey.generate().public_key())
    with pytest.raises(BadBundle, match="cannot be trusted"):
        Bundle(bundle, stranger)


def test_a_manifest_as_deep_as_none_is_told(given: Given):
    (given.folder / MANIFEST).write_text('{"more":' + "[" * 100_000)
    with pytest.raises(BadBundle, match=MANIFEST):
        Bundle(given.folder)


@pytest.mark.parametrize(
    "manifest", [{}, {"format": "other/v1", "origin": ORIGIN, "size": 1, "root": ""}, {"size": 2**70}, []]
)
def test_a_manifest_that_is_none_is_told(manifest: object, given: Given):
    bundle = given.folder
    (bundle / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(BadBundle, match=MANIFEST):
        Bundle(bundle)


def test_a_bundle_of_no_events_is_none(given: Given):
    bundle = given.folder
    told = json.loads((bundle / MANIFEST).read_text())
    (bundle / MANIFEST).write_text(json.dumps({**told, "size": 0}))
    for notes in ([], [f"{ORIGIN}\n0\n{told['root']}\n\n\u2014 x AAAAAAAA\n"]):
        (bundle / "checkpoints.json").write_text(json.dumps(notes))
        with pytest.raises(BadBundle):
            Bundle(bundle)
