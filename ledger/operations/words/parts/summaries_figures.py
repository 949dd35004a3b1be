"""What the operations on the ledger as a whole and on its figures do."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "getLedger": (
        "Which ledger this is, what day it is there, and the rules in force.",
        "账本、账本时区的今天，以及施行中的管理办法。",
    ),
    "getMe": (
        "Who calls: as whom they act, in which role, and where.",
        "当前调用方：以谁的身份办理、角色及所属社区（村）。",
    ),
    "recordBatch": (
        "Up to 500 writes, decided in order; what one is refused harms no other.",
        "批量提交，最多 500 笔，依次办理；其中一笔被拒绝，不影响其他各笔。",
    ),
    "listLeaderboardPlaces": (
        "Who served most in a period: `volunteers`, `teams` or `communities`.",
        "期间内的服务时长排行榜：`volunteers` 志愿者、`teams` 服务队或 `communities` 社区（村）。",
    ),
    "getVolunteerPlace": (
        "A volunteer's place among those who served in a period, and the next on both sides.",
        "志愿者在期间内服务时长的名次，及其前后相邻的名次。",
    ),
    "getTeamPlace": (
        "A team's place among those served for in a period, and the next on both sides.",
        "服务队在期间内服务时长的名次，及其前后相邻的名次。",
    ),
    "getCommunityPlace": (
        "A community's place among those of its level in a period, and the next on both sides.",
        "社区（村）在期间内同层级中服务时长的名次，及其前后相邻的名次。",
    ),
    "listContributions": (
        "What a community, and each directly beneath it, contributed in a period.",
        "社区（村）及其各直属下级在期间内的贡献。",
    ),
    "listContributionsOfAll": (
        "What every community contributed in a period, the higher levels first.",
        "所有社区（村）在期间内的贡献，层级高的在前。",
    ),
    "getReport": (
        "The figures that an office reports of a community for a period.",
        "社区（村）在期间内的统计报表。",
    ),
    "getReportOfAll": (
        "The figures that an office reports of the whole ledger for a period.",
        "整个账本在期间内的统计报表。",
    ),
    "listClosings": ("The months that are closed, the earliest first.", "已结账的月份，较早的在前。"),
    "getMonthReport": (
        "What was served in a month, as it was closed or as it is known now.",
        "某月的月报：按结账时，或按目前所知。",
    ),
    "listCorrections": (
        "What was recorded for a month after it was closed, in the order of booking.",
        "某月结账后入账的更正，按入账顺序。",
    ),
    "closePeriod": (
        "Close a month: what is recorded for it from now on is a correction.",
        "按月结账：此后为该月入账的均为更正。",
    ),
}
