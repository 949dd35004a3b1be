"""The columns of files that are read here, apart from what pytest is needed for: a reader's memory is measured."""

from ledger.exchange.tables import Column, Columns

HOURS = Columns(
    (
        Column("volunteer", "志愿者编号"),
        Column("minutes", "服务时长（小时）", also=("服务时长", "时长")),
        Column("note", "备注", needed=False),
    )
)
TEAMS = Columns((Column("team", "服务队名称"), Column("parent", "上级服务队")), lone_cell="root")
