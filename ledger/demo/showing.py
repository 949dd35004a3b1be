"""What the demos show: what is said before, which answers are looked at, and what somebody may type next."""

import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.demo import names
from ledger.operations.words.said import Said

COUNTY = Path(__file__).parent / "county"
FILES = {
    "communities": "communities.xlsx",
    "teams": "teams.xlsx",
    "roster": "roster.xlsx",
    "hours": "hours.csv",
}


class Tour(NamedTuple):
    """A demo: its introduction, its parts with the answers that each shows, and commands by what they show.

    People read it in English or in Chinese. In a command, words in capitals stand for what the tour is about.
    """

    introduction: Said
    parts: Mapping[Said, Sequence[str]]
    examples: Mapping[Said, str]

    def commands(self, folder: Path, names: Mapping[str, str]) -> dict[Said, str]:
        """Commands that work as they are typed, by what they show of a ledger in a folder and what is in `names`."""
        program = _program()
        return {
            meaning: shlex.join(
                [*program, *(names.get(one, one) for one in words.split()), "--data", str(folder)]
            )
            for meaning, words in self.examples.items()
        }


def _program() -> list[str]:
    """How this program was called, so that the shell finds it again."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return [sys.executable, "-m", "ledger.cli"]
    on_path = shutil.which(called.name)
    if on_path is not None and called.exists() and Path(on_path).samefile(called):
        return [called.name]
    return [sys.argv[0]]


_STATEMENT: Said = ("every line of the first one's two books", "第一名两本账的全部明细")
_TOWNS: Said = ("the towns, for a program", "各镇街，供程序读取")
_ONE_TOWN: Said = ("one town and its villages", "一个镇街及其社区（村）")
_CHECK: Said = ("are all views what the log says?", "各视图是否与总账一致？")


OF_FILES = Tour(
    (
        "青禾县 is a small made-up county: 3 towns, 12 villages, 9 teams, 60 volunteers.\n"
        "Its office keeps their hours in spreadsheets, as offices do: title rows,\n"
        "full-width digits, dates in four styles, and some rows that are wrong.",
        "青禾县是虚构的小县：3 个镇街、12 个社区（村）、9 支服务队、60 名志愿者。\n"
        "服务时长记在电子表格里，与平常报送的一样：有标题行、全角数字、四种写法的日期，\n"
        "也有一些填写有误的行。",
    ),
    {
        (
            "2. The figures come out: a balance, a board, and what a town contributed",
            "2. 得出各项数据：余额、排行榜和一个镇街的贡献",
        ): ("balance", "leaderboard", "contributions")
    },
    {
        _STATEMENT: "statement VOLUNTEER",
        ("the teams of a year", "一年的服务队排行"): "leaderboard --by teams --period 2025",
        _TOWNS: "leaderboard --by communities --level town --period all --json",
        _ONE_TOWN: "contributions TOWN --period 2025-Q3",
        (
            "a file that was taken in already changes nothing",
            "已导入过的文件再次导入，不会有任何变化",
        ): "import teams TEAMS",
        _CHECK: "projections check",
    },
)


_PARTS_OF_A_YEAR: Mapping[Said, Sequence[str]] = {
    (
        "1. Who served most, and what a town contributed in spring",
        "1. 服务时长排行，以及一个镇街第二季度的贡献",
    ): ("leaderboard", "contributions"),
    (
        "2. The balance of one of them, and some lines of the statement",
        "2. 其中一人的余额，以及部分明细",
    ): ("balance", "statement"),
}
_EXAMPLES_OF_A_YEAR: Mapping[Said, str] = {
    ("every line of these two books", "这两本账的全部明细"): "statement VOLUNTEER",
    (
        "the teams of the whole time",
        "全部期间的服务队排行",
    ): "leaderboard --by teams --period all --limit 10",
    _TOWNS: "leaderboard --by communities --level town --period all --json",
    _ONE_TOWN: "contributions TOWN --period 2026-Q2",
    ("who holds a post there", "当地各岗位的任职者"): "post list --within TOWN",
    ("which communities and teams bear a title", "各社区（村）和服务队的称号"): "designation list",
    (
        "an hour for a friend, tried out first",
        "转赠朋友一小时，先预览",
    ): "transfer VOLUNTEER FRIEND 60 --dry-run",
    _CHECK: "projections check",
}


def of_a_year(volunteers: int, activities: int) -> Tour:
    """The demo of a year that is told to a ledger."""
    towns = len(names.TOWNS)
    return Tour(
        (
            f"{names.COUNTY} is a made-up county: {towns} towns, 204 villages, 110 teams,"
            f" {volunteers:,} volunteers.\n"
            f"Its year, from September 2025, is told to a ledger command by command: {activities:,} activities,"
            " their shifts,\nsign-ups and waitlists, who keeps the venues, approvals and reversals, gifts and"
            " redemptions,\nand who is trained, takes a post or changes teams. When it is over, activities of"
            " months to come have\nplaces, and some records await a decision.",
            f"{names.COUNTY}是虚构的县：{towns} 个镇街、204 个社区（村）、110 支服务队、{volunteers:,} 名志愿者。\n"
            f"自 2025年9月起的一年，逐项办理入账：{activities:,} 场活动及其班次、\n"
            "报名和候补，阵地值守，审核和撤销，转赠和兑换，以及培训、任职和变更服务队。\n"
            "一年结束时，今后几个月的活动仍有名额，部分服务记录待审核。",
        ),
        _PARTS_OF_A_YEAR,
        _EXAMPLES_OF_A_YEAR,
    )
