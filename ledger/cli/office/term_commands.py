"""The commands for what codes are called."""

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Column, Item, Table
from ledger.cli.terminal.language import here
from ledger.operations.words.terms import TERM_KINDS_ZH


def _kind(item: Item, _: object) -> str:
    """A kind as it is called, with what is typed for it."""
    kind = item["kind"]
    return here(kind, f"{TERM_KINDS_ZH[kind]} {kind}")


term = group(
    "term",
    made("defineTerm", "define KIND CODE ZH EN"),
    asked(
        "listTerms",
        "list [--kind]",
        Table((Column("kind", _kind), "term_code=code, chinese=zh, english=en"), empty="there_are_none"),
    ),
)
