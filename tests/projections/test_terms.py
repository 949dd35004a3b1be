"""What codes are called, by kind."""

from ledger.domain.events import TermKind
from ledger.domain.terms import DefineTerm
from projections.terms import Term
from tests.projections.book import Book


def define(book: Book, kind: TermKind, code: str, zh: str, en: str) -> None:
    book.tell(DefineTerm(kind=kind, code=code, zh=zh, en=en))


def test_terms_are_told_by_kind_and_code_with_their_last_labels(book: Book):
    define(book, TermKind.ROLE, "usher", "引导员", "usher")
    define(book, TermKind.ROLE, "guide", "讲解员", "guide")
    define(book, TermKind.REASON, "mistake", "录入错误", "entered by mistake")
    define(book, TermKind.ROLE, "usher", "引座员", "usher")
    roles = [Term("role", "guide", "讲解员", "guide"), Term("role", "usher", "引座员", "usher")]
    with book.reading() as connection:
        assert book.views.terms.all(connection, "role") == roles
        reasons = [Term("reason", "mistake", "录入错误", "entered by mistake")]
        assert book.views.terms.all(connection) == reasons + roles
        assert book.views.terms.all(connection, "post") == []
