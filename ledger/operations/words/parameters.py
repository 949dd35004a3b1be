"""What the parameters of reads mean, by their names: said once, and otherwise where a read means something else."""

from collections.abc import Mapping

from ledger.operations.words.said import EN, Said, in_language
from ledger.operations.words.things import THINGS

PARAMETERS: Mapping[str, Said] = {
    "activity": ("Only those of this activity, by its id or name.", "只列出该活动的，按编号或名称。"),
    "annulled": ("Those too that were annulled.", "同时列出已作废的。"),
    "as_of": ("Only days of service up to this one.", "只计截至这一天的服务日。"),
    "closed": ("Those too that are closed.", "同时列出已停止兑换或已停用的。"),
    "community": (
        "Only what belongs to this community (its id or name) or one beneath it.",
        "只列出属于该社区（村）及其下级的，按编号或名称。",
    ),
    "corrected": (
        "The month as it is known now, with all corrections.",
        "按目前所知显示该月，含全部更正。",
    ),
    "cursor": (
        "The `next_cursor` of the page before; without it the first items come.",
        "上一页的 `next_cursor`；未填写时从第一页开始。",
    ),
    "days": ("How many days, from the first one on.", "从起始日期起的天数。"),
    "ended": ("Those too that have ended.", "同时列出已结束的。"),
    "free": ("Only those with a place free in some role.", "只列出仍有空余名额的。"),
    "from": (
        "The first day, in the ledger's time zone; today unless said.",
        "起始日期，按账本时区；未填写时为今天。",
    ),
    "kind": ("Only those of this kind: a code.", "只列出该类别的：代码。"),
    "known_at": (
        "Only what the log had recorded by then: a position (`1234`), an instant with an offset"
        " (`2026-07-01T00:00:00Z`), or the end of a day (`2026-06-30`) in the ledger's time zone.",
        "只计当时已入账的：序号（`1234`）、带时区的时刻（`2026-07-01T00:00:00Z`），"
        "或账本时区某日（`2026-06-30`）结束时。",
    ),
    "level": ("The level of the communities on a board of communities.", "社区（村）排行榜的层级。"),
    "limit": ("How many items at most.", "最多返回的项数。"),
    "min_position": (
        "Wait, for up to five seconds, until the answer shows the log up to this position; then 503.",
        "等到数据更新至该序号再答复，最多等五秒，之后答复 503。",
    ),
    "offer": ("Only those of this offer, by its id or name.", "只列出该兑换项目的，按编号或名称。"),
    "on": ("Only what holds on this day.", "只列出这一天有效的。"),
    "order": (
        "From the `oldest` line on, or from the `newest` back.",
        "从最早的一笔起（`oldest`），或从最近的一笔往前（`newest`）。",
    ),
    "parent": (
        "Only those directly beneath this community, by its id or name.",
        "只列出该社区（村）直属下级的，按编号或名称。",
    ),
    "period": (
        "The time, by day of service: a month (`2026-09`), a quarter (`2026-Q3`), a year (`2026`) or `all`.",
        "期间，按服务日：月（`2026-09` 或 2026年9月）、季度（`2026-Q3`）、年（`2026`）或全部（`all`）。",
    ),
    "post": ("Only this post: a code.", "只列出该岗位的：代码。"),
    "size": (
        "By the checkpoint of so many events; by the last one unless said.",
        "以涵盖这么多事件的检查点为准；未填写时用最近一个。",
    ),
    "state": ("Only those in this state.", "只列出该状态的。"),
    "team": ("Only those of this team, by its id or name.", "只列出该服务队的，按编号或名称。"),
    "to": (
        "How many events the newer tree has; all there are unless said.",
        "较新的哈希树所含的事件数；未填写时为全部。",
    ),
    "until": (
        "The first day that is not wanted any more; without it there is no end.",
        "结束日期，不含当天；未填写时不限。",
    ),
    "volunteer": (
        "Only those of this volunteer, by their id or number.",
        "只列出该志愿者的，按系统编号或志愿者编号。",
    ),
    "within": (
        "Only this community (its id or name) and those beneath it, their teams, or what was served for them.",
        "只限该社区（村）及其下级、其服务队，或为其提供的服务，按编号或名称。",
    ),
}

PARAMETERS_OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("getConsistency", "from"): ("How many events the older tree has.", "较早的哈希树所含的事件数。"),
    ("listOffers", "community"): (
        "Only those of this community (its id or name) or one beneath it, and of no community.",
        "只列出属于该社区（村）及其下级的，按编号或名称，以及不属于任何社区（村）的。",
    ),
    ("listTerms", "kind"): ("Only words of this kind.", "只列出这一类术语。"),
    ("listOffers", "on"): ("Only what can be had on this day.", "只列出这一天可以兑换的。"),
    ("listShifts", "from"): (
        "A day in the ledger's time zone, or an instant that they end after; today unless said.",
        "账本时区的日期，或时刻：只列出在此之后结束的；未填写时为今天。",
    ),
    ("listTraining", "community"): (
        "Only that of volunteers at home today in this community (its id or name) or beneath it.",
        "只列出今天属于该社区（村）及其下级的志愿者的培训，按编号或名称。",
    ),
    ("listTraining", "on"): ("Only what was valid on this day.", "只列出这一天有效的。"),
}


def meaning_of_parameter(operation: str, name: str, language: str = EN) -> str:
    """What a parameter of a read means."""
    return in_language(said_of_parameter(operation, name), language)


def said_of_parameter(operation: str, name: str) -> Said:
    """The same in both languages."""
    return PARAMETERS_OTHERWISE.get((operation, name)) or PARAMETERS[name]


IN_A_PATH: Mapping[str, Said] = {
    "volunteer": (
        "The volunteer: our id, `me` for whoever calls, or `number:` and the volunteer number.",
        "志愿者：系统编号，`me` 指调用方本人，或 `number:` 加志愿者编号。",
    ),
    "by": ("Of whom the board is.", "排行榜的对象。"),
    "skill": ("The skill: a code.", "技能：代码。"),
    "tenure": ("The id of the time in a post.", "任职记录的编号。"),
    "position": ("The position of the event in the log, from 1.", "事件在总账中的序号，自 1 起。"),
    "size": (
        "How many events the checkpoint covers, or `latest`.",
        "检查点所涵盖的事件数，或 `latest`。",
    ),
    "record": (
        "The service record: our id, or its source, a colon, and the id that it has there.",
        "服务记录：系统编号，或其来源、半角冒号及其在该来源的编号。",
    ),
}


def said_in_path(name: str) -> Said:
    """What a name in a path stands for: the id of such a thing, where nothing else is said."""
    thing = name.replace("_", " ")
    return IN_A_PATH.get(name, (f"The id of the {thing}.", f"{THINGS.get(name, ('', thing))[1]}的编号。"))
