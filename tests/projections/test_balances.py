"""Both books as they stand now."""

from datetime import timedelta

import pytest

from ledger.domain.accounts import held_account, issuance_account, pool_account, redeemed_account
from ledger.domain.credits import DonateCredits, GrantCredits, TransferCredits
from ledger.domain.policies import AdoptPolicy
from ledger.domain.policy import Policy, Rate
from projections.balances import Balance
from tests.projections.book import ANN, BOB, CID, FORD, HILL, MILL, TODAY, Book, lay_out, opened
from tests.stories_redemptions import ORDER, RICE, fulfil, publish, redeem, return_


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite alone: `test_checking` holds the rows of PostgreSQL against those of SQLite."""
    return sqlite_url


def balance(book: Book, volunteer: str) -> Balance | None:
    with book.reading() as connection:
        return book.views.balances.get(connection, volunteer)


def account(book: Book, name: str) -> int:
    with book.reading() as connection:
        return book.views.balances.account(connection, name)


def total(book: Book) -> int:
    with book.reading() as connection:
        return book.views.balances.credit_total(connection)


def give(giver: str, receiver: str, minutes: int) -> TransferCredits:
    return TransferCredits(transfer="tra_one", giver=giver, receiver=receiver, minutes=minutes)


def test_who_registers_begins_at_zero_and_a_stranger_has_no_balance(book: Book):
    book.register(ANN)
    assert balance(book, ANN) == (0, 0)
    assert balance(book, "vol_nobody") is None
    assert total(book) == account(book, "pool:com_nowhere") == 0


def test_service_adds_to_both_books_and_spending_takes_from_one(book: Book):
    book.register(ANN, BOB)
    book.serve(ANN, 60)
    book.tell(give(ANN, BOB, 45))
    assert (balance(book, ANN), balance(book, BOB)) == ((60, 15), (0, 45))


def test_the_credit_book_is_always_even(book: Book):
    book.register(ANN, BOB)
    book.register(CID, at=HILL)
    book.serve(ANN, 60, 30, on=TODAY - timedelta(days=1))
    book.serve(CID, 10)
    book.tell(DonateCredits(donation="don_one", giver=ANN, community=FORD, minutes=50))
    book.tell(GrantCredits(grant="gra_one", community=FORD, receiver=BOB, minutes=15))
    assert account(book, issuance_account(MILL)) == -90
    assert account(book, issuance_account(HILL)) == -10
    assert account(book, pool_account(FORD)) == 35
    assert [balance(book, one) for one in (ANN, BOB, CID)] == [(90, 40), (0, 15), (10, 10)]
    assert total(book) == 0


def test_what_is_redeemed_goes_by_way_of_the_hold_to_the_offer(book: Book):
    book.register(ANN)
    book.serve(ANN, 60)
    book.tell(publish(), redeem(ANN, 2))
    assert (balance(book, ANN), account(book, held_account(ORDER))) == ((60, 0), 60)
    book.tell(fulfil())
    assert (account(book, held_account(ORDER)), account(book, redeemed_account(RICE))) == (0, 60)
    book.tell(return_())
    assert (balance(book, ANN), account(book, redeemed_account(RICE))) == ((60, 60), 0)
    assert total(book) == 0


def test_what_is_spent_and_then_taken_back_leaves_less_than_nothing(book: Book):
    book.register(ANN, BOB)
    record = book.serve(ANN, 60)
    book.tell(give(ANN, BOB, 45))
    book.take_back(record)
    assert (balance(book, ANN), balance(book, BOB)) == ((0, -45), (0, 45))
    assert account(book, issuance_account(MILL)) == total(book) == 0


def test_credits_are_those_of_the_policy_of_the_day_of_service(book: Book):
    half = Policy(name="half", version=1, rate=Rate(served=2, credits=1), floor=0, stars=())
    book.tell(AdoptPolicy(policy=half, effective=TODAY))
    book.register(ANN)
    record = book.serve(ANN, 61, on=TODAY)
    assert balance(book, ANN) == (61, 30)
    twice = Policy(name="twice", version=1, rate=Rate(served=1, credits=2), floor=0, stars=())
    book.tell(AdoptPolicy(policy=twice, effective=TODAY))
    book.take_back(record)
    assert balance(book, ANN) == (0, 0)


def test_the_registered_are_told_from_strangers(book: Book):
    book.register(ANN, BOB)
    with book.reading() as connection:
        assert book.views.balances.registered(connection, [ANN, BOB, CID]) == {ANN, BOB}
        assert book.views.balances.registered(connection, []) == set()


@pytest.mark.slow
def test_a_roster_may_name_more_people_than_a_statement_takes_variables(postgres_url: str, sqlite_url: str):
    for url in (postgres_url, sqlite_url):
        with opened(url) as book:
            lay_out(book)
            book.register(ANN)
            many = [ANN, *(f"vol_{number}" for number in range(70_000))]
            with book.reading() as connection:
                assert book.views.balances.registered(connection, many) == {ANN}
