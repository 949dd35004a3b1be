"""Explanations: which facts each minute of a volunteer comes from."""

from datetime import date

import pytest

from ledger.audit.explained import ExplainedLine
from ledger.audit.explanations import Explanation
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import Policy, Rate
from ledger.domain.service import ApproveService
from projections.balances import Balance
from projections.figures.both_books import balance_at
from projections.figures.clocks import NOW, Clocks
from tests.projections.book import ANN, BOB, CLERK, MILL, OFFICE, TODAY, Book
from tests.small_bank import report
from tests.stories_redemptions import cancel, fulfil, publish, redeem, return_

MAY_31 = date(2028, 5, 31)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: the machine holds explanations against the views on both databases."""
    return sqlite_url


def explained(book: Book, volunteer: str, language: str = "en", **asked: object) -> list[ExplainedLine]:
    with book.reading() as connection:
        return Explanation(connection, volunteer, **asked).some(0, 100, language)  # type: ignore[arg-type]


def facts(line: ExplainedLine) -> list[tuple[str, str]]:
    return [(fact.event, fact.by) for fact in line.facts]


def test_an_approved_record_is_traced_to_its_report_and_its_policy(book: Book):
    book.register(ANN)
    book.tell(report(ANN, 90, "rec_001", MAY_31), by=CLERK)
    book.tell(ApproveService(record="rec_001"))
    (line,) = explained(book, ANN)
    assert facts(line) == [("service-reported", CLERK), ("service-approved", OFFICE)]
    assert (line.thing, line.about, line.day) == ("rec_001", "act_gala", MAY_31)
    assert line.policy is not None
    assert (line.policy.name, line.policy.version, line.policy.adopted) == ("standard", 1, 2)
    assert line.why == (
        "stf_clerk reported 1 h 30 min at 重阳节慰问 and stf_office approved it: the policy standard, version 1, gives"
        " 1 h 30 min of credits for it (1 min for 1 min served)."
    )
    (line,) = explained(book, ANN, "zh")
    assert line.why == (
        "stf_clerk 上报“重阳节慰问”1小时30分，stf_office 审核通过；"
        "按管理办法 standard 第 1 版（每服务1分钟计1分钟）计时间币1小时30分。"
    )


def test_a_reversal_and_what_it_takes_back_name_each_other(book: Book):
    book.register(ANN)
    record = book.serve(ANN, 60)
    book.take_back(record)
    counted, undone = explained(book, ANN)
    assert counted.taken_back_by == undone.position
    assert undone.takes_back == counted.position
    assert undone.reason == "mistake"
    assert undone.why == "stf_office took back 1 h at Walk (mistake), and with it 1 h of credits."
    assert facts(counted) == facts(undone)


def test_a_redemption_is_traced_from_its_hold_to_its_return(book: Book):
    book.register(ANN)
    book.serve(ANN, 300)
    book.tell(publish(), redeem(ANN, order="red_one"), cancel("red_one"))
    book.tell(redeem(ANN, order="red_two"), fulfil("red_two"), return_("red_two"))
    _, held, released, bought, returned = explained(book, ANN)
    assert (held.taken_back_by, released.takes_back) == (released.position, held.position)
    assert (bought.taken_back_by, returned.takes_back) == (returned.position, bought.position)
    assert [event for event, _ in facts(bought)] == [
        "redemption-placed",
        "redemption-fulfilled",
        "redemption-returned",
    ]
    assert [one.thing for one in (released, returned)] == ["red_one", "red_two"]


def test_gifts_name_the_other_side_in_both_languages(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.tell(
        TransferCredits(transfer="tra_001", giver=ANN, receiver=BOB, minutes=10),
        DonateCredits(donation="don_001", giver=ANN, community=MILL, minutes=20),
        GrantCredits(grant="gra_001", community=MILL, receiver=BOB, minutes=5),
    )
    _, given, donated = explained(book, ANN)
    received, granted = explained(book, BOB)
    assert [one.about for one in (given, received, donated, granted)] == [
        f"volunteer:{BOB}",
        f"volunteer:{ANN}",
        f"pool:{MILL}",
        f"pool:{MILL}",
    ]
    assert given.why == "10 min were given to vol_bob, recorded by stf_office."
    assert received.why == "10 min came from vol_ann, recorded by stf_office."
    assert [line.why for line in explained(book, BOB, "zh")] == [
        "收到 vol_ann 转赠的10分钟，由 stf_office 登记。",
        "com_mill 公益池发放5分钟，由 stf_office 登记。",
    ]


def test_credits_are_explained_by_the_policy_of_their_day_as_it_was_known_then(book: Book):
    book.register(ANN)
    double = Policy(name="double", version=2, rate=Rate(served=1, credits=2), floor=0, stars=())
    book.tell(AdoptPolicy(policy=double, effective=TODAY))
    book.serve(ANN, 30, 30)
    halved = Policy(name="double", version=2, rate=Rate(served=2, credits=1), floor=0, stars=())
    book.tell(AdoptPolicy(policy=halved, effective=TODAY))
    before, after = explained(book, ANN)
    assert before.policy is not None
    assert after.policy is not None
    assert (before.policy.name, before.credit_minutes) == ("standard", 30)
    assert (after.policy.name, after.policy.credits, after.credit_minutes) == ("double", 2, 60)


def test_lines_are_told_by_both_clocks(book: Book):
    book.register(ANN)
    record = book.serve(ANN, 60, on=MAY_31)
    position = book.position()
    book.serve(ANN, 30, on=TODAY)
    book.serve(ANN, 15, on=MAY_31)
    book.take_back(record)
    with book.reading() as connection:
        for clocks, held in (
            (NOW, Balance(45, 45)),
            (Clocks(known_at=position), Balance(60, 60)),
            (Clocks(as_of=MAY_31), Balance(15, 15)),
            (Clocks(MAY_31, position - 1), Balance(0, 0)),
        ):
            assert Explanation(connection, ANN, clocks).balance == held
            assert balance_at(connection, book.views, ANN, clocks) == held
        may = Explanation(connection, ANN, Clocks(as_of=MAY_31))
        assert [(one.line, one.service_balance) for one in may.some(0, 10, "en")] == [
            (1, 60),
            (3, 75),
            (4, 15),
        ]
        assert [one.line for one in may.some(1, 10, "en")] == [3, 4]
        (then,) = Explanation(connection, ANN, Clocks(known_at=position)).some(0, 10, "en")
        assert (then.taken_back_by, len(then.facts)) == (None, 1)
        assert Explanation(connection, BOB).some(0, 10, "en") == []


def test_a_balance_that_was_changed_behind_the_ledger_is_told(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    book.execute("UPDATE balance SET credit_minutes = 61")
    with book.reading() as connection:
        assert Explanation(connection, ANN).balance != book.views.balances.get(connection, ANN)


def test_an_explanation_names_the_reason_by_what_it_is_called(book: Book):
    book.register(ANN)
    book.take_back(book.serve(ANN, 60))
    reasons = {"mistake": ("entered by mistake", "录入错误")}
    with book.reading() as connection:
        for language, said in (("en", "(entered by mistake)"), ("zh", "（录入错误）")):
            _, undone = Explanation(connection, ANN, reasons=reasons).some(0, 10, language)
            assert said in undone.why
            assert undone.reason == "mistake"
