"""The commands for what codes are called."""

from ledger.cli.acts.made import asked, group, made
from ledger.cli.acts.tables import Table

term = group(
    "term",
    (
        "Words for codes: kinds, roles, posts, reasons, … in Chinese and in English.",
        "术语：类别、角色、岗位、事由等代码的中英文名称。",
    ),
    made("defineTerm", "define KIND CODE ZH EN"),
    asked(
        "listTerms",
        "list [--kind]",
        Table(("Kind", "Code", "Chinese=zh", "English=en"), empty="There are no terms."),
    ),
)
