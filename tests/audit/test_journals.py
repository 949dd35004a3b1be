"""Journals that hledger and beancount balance as we do, and in which they find any minute that was changed."""

import random
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.audit.checkpoints import read_checkpoint
from ledger.audit.exports.beancount import Beancount
from ledger.audit.exports.hledger import Hledger
from ledger.audit.exports.journals import Journal
from ledger.audit.notes import read
from ledger.audit.signing import sign_head
from ledger.bootstrap import Ledger, open_for_reading
from ledger.domain.communities import RenameCommunity
from ledger.domain.credits import TransferCredits
from ledger.settings import read_settings
from tests.audit.conftest import ORIGIN, keep_busy
from tests.audit.tools import TOOLS, Held, bean_check, held_by_us, write
from tests.cli.conftest import small_year, told
from tests.projections.book import ANN, BOB, MILL, Book, lay_out, opened
from tests.stories_redemptions import publish

pytestmark = pytest.mark.slow

Fault = Callable[[Path], str]
HeldBy = Callable[[Path], Held]

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
with_each_tool = pytest.mark.parametrize(("journal", "fault", "held"), TOOLS.values())
AMOUNT = re.compile(r"-?\b[0-9]+(?= (?:分钟|服务分钟|MIN|SERVICE-MIN)$)", re.MULTILINE)
NAMES = ('荷塘 "东"\\村', "a, type:X ; b", "x  | y", "[2026-01-01]")
"""Public names that a journal could take for something else."""


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger to be looked at: what `serve_two_years` tells."""
    with opened(f"sqlite:///{tmp_path_factory.mktemp('years') / 'ledger.db'}") as book:
        lay_out(book)
        serve_two_years(book)
        yield book.ledger


def serve_two_years(book: Book) -> None:
    """Service on days of two years, some recorded after what came later, and across the midnight of a month's end."""
    keep_busy(book)
    for day in (date(2028, 1, 31), date(2026, 12, 31), date(2027, 2, 27)):
        book.serve(ANN, 20, 40, on=day)
    for week in range(0, 300, 7):
        book.serve(BOB, 5 + week, on=date(2027, 3, 1) + timedelta(days=week))


@pytest.fixture(scope="module", params=["small", pytest.param("full", marks=pytest.mark.full)])
def county(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The demo's county after its year: of few people and activities, or of the size of a real one."""
    if request.param == "small":
        folder = Path(small_year(tmp_path_factory)["data"])
    else:
        folder = tmp_path_factory.mktemp("year") / "county"
        told("demo", "--data", folder)
    with open_for_reading(read_settings(folder, {})) as ledger:
        yield ledger


@with_each_tool
def test_a_tool_balances_the_county_as_we_do(
    journal: Journal, fault: Fault, held: HeldBy, county: Ledger, tmp_path: Path
):
    file = write(county, journal, tmp_path / "journal")
    assert fault(file) == ""
    ours = held_by_us(county, journal)
    assert len(ours) >= 12
    assert held(file) == ours


@with_each_tool
def test_a_tool_balances_facts_that_were_recorded_late(
    journal: Journal, fault: Fault, held: HeldBy, book: Book, tmp_path: Path
):
    serve_two_years(book)
    file = write(book.ledger, journal, tmp_path / "journal")
    assert fault(file) == ""
    assert held(file) == held_by_us(book.ledger, journal)


@with_each_tool
def test_one_minute_changed_is_found(
    journal: Journal, fault: Fault, held: HeldBy, two_years: Ledger, tmp_path: Path
):
    text = write(two_years, journal, tmp_path / "journal").read_text("utf-8")
    amounts = list(AMOUNT.finditer(text))
    assert len(amounts) > 300
    doctored = tmp_path / "doctored"
    for amount in random.Random(19).sample(amounts, 12):
        more = str(int(amount[0]) + 1)
        doctored.write_text(text[: amount.start()] + more + text[amount.end() :], "utf-8")
        assert fault(doctored), amount


@with_each_tool
def test_a_transaction_that_was_changed_on_both_sides_is_found(
    journal: Journal, fault: Fault, held: HeldBy, two_years: Ledger, tmp_path: Path
):
    text = write(two_years, journal, tmp_path / "journal").read_text("utf-8")
    [first, second, *_] = AMOUNT.finditer(text)
    assert int(first[0]) == -int(second[0])
    doctored = tmp_path / "doctored"
    doctored.write_text(
        f"{text[: first.start()]}{int(first[0]) - 1}"
        f"{text[first.end() : second.start()]}{int(second[0]) + 1}{text[second.end() :]}",
        "utf-8",
    )
    assert fault(doctored)


@with_each_tool
def test_what_was_taken_out_is_found(
    journal: Journal, fault: Fault, held: HeldBy, two_years: Ledger, tmp_path: Path
):
    head, *transactions = write(two_years, journal, tmp_path / "journal").read_text("utf-8").split("\n\n")
    at = next(place for place, one in enumerate(transactions) if "credits-donated" in one)
    doctored = tmp_path / "doctored"
    doctored.write_text("\n\n".join([head, *transactions[:at], *transactions[at + 1 :]]), "utf-8")
    assert fault(doctored)


@on_sqlite
@with_each_tool
def test_names_are_comments_whatever_they_hold(
    journal: Journal, fault: Fault, held: HeldBy, busy: Book, tmp_path: Path
):
    before = held(write(busy.ledger, journal, tmp_path / "before"))
    for name in NAMES:
        busy.tell(RenameCommunity(community=MILL, name=name))
        assert fault(file := write(busy.ledger, journal, tmp_path / "after")) == ""
        assert held(file) == before


def test_bean_check_passes_and_fava_shows_it(two_years: Ledger, tmp_path: Path):
    # Here, as every worker reads every module in, and one of them shows a journal: half a second.
    from fava.application import create_app

    file = write(two_years, Beancount(), tmp_path / "journal.beancount")
    done = bean_check(file)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    fava = create_app([str(file)]).test_client()
    for page in ("income_statement", "balance_sheet", "journal"):
        assert fava.get(f"/{ORIGIN}/{page}/").status_code == 200
    assert (fava.get(f"/{ORIGIN}/api/errors").json or {})["data"] == []
    assert "Assets-资产" in str(fava.get(f"/{ORIGIN}/api/balance_sheet").json)


@on_sqlite
@pytest.mark.parametrize("journal", [Hledger(), Beancount()])
def test_the_head_tells_of_which_bytes_a_journal_is(
    journal: Journal, busy: Book, key: Ed25519PrivateKey, tmp_path: Path
):
    signed = read_checkpoint(read(sign_head(busy.ledger.log, busy.views.tree, ORIGIN, key)).text)
    [later] = busy.tell(TransferCredits(transfer="tra_two", giver=ANN, receiver=BOB, minutes=1)).events

    def told_root() -> str:
        text = write(busy.ledger, journal, tmp_path / "journal", signed.size).read_text("utf-8")
        found = re.search(
            rf"^; origin: {ORIGIN}\n; position: {signed.size}\n; root: (\S+)\n", text, re.MULTILINE
        )
        assert found
        assert later.event.id not in text
        return found[1]

    assert told_root() == b64encode(signed.root).decode()
    # The tree knows nothing of it.
    busy.execute(
        "DROP TRIGGER event_update",
        "UPDATE event SET data = replace(data, 'stf_office', 'stf_clerk') WHERE position = 9",
    )
    assert told_root() != b64encode(signed.root).decode()


@on_sqlite
@with_each_tool
def test_a_ledger_in_which_nothing_moved_has_a_journal(
    journal: Journal, fault: Fault, held: HeldBy, book: Book, tmp_path: Path
):
    book.tell(publish(price=1, stock=9))
    assert fault(write(book.ledger, journal, tmp_path / "journal")) == ""
