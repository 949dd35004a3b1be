"""What the fields of leaderboards, contributions and reports mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

FIELDS: Mapping[str, Said] = {
    "above": (
        "The two next with more minutes, in the board's order; of those who have equally many, by id.",
        "排在前面、时长更多的两名，按榜上次序；时长相同的按编号排列。",
    ),
    "activities": ("How many activities were held.", "举办活动的场数。"),
    "below": (
        "The two next with fewer minutes, in the board's order; of those who have equally many, by id.",
        "排在后面、时长更少的两名，按榜上次序；时长相同的按编号排列。",
    ),
    "by_form": ("How many, by the form in which the activity was held.", "各活动形式的场数。"),
    "by_month": ("Minutes, by the month of service (`2026-09`).", "各服务月份（`2026-09`）的分钟数。"),
    "by_programme": (
        "Minutes, by the programme that the service belonged to; the empty name for none.",
        "各品牌项目的分钟数；不属于任何项目的，名称为空。",
    ),
    "designations_by_name": ("How many titles are borne, by name.", "各称号的数量。"),
    "equals": ("How many others share the place.", "并列同一名次的还有多少。"),
    "hosted_minutes": (
        "Minutes that were served in activities hosted there, by anybody.",
        "在当地举办的活动中的服务分钟数，不论服务者属于何处。",
    ),
    "organisations_by_kind": ("How many organisations are attached, by kind.", "各类别挂靠单位的数量。"),
    "own": (
        "The place of the volunteer who calls, wherever it is; null for one without any, and for other callers.",
        "发起查询的志愿者的名次，不限所在页；没有名次或不是志愿者时为 null。",
    ),
    "people": ("How many volunteers served.", "参与服务的志愿者人数。"),
    "period": ("The period, as it was asked for.", "所查询的期间。"),
    "posts_by_kind": ("How many posts are held, by code.", "各岗位的在任人数，按代码。"),
    "rank": (
        "The place on the board; equals share one, and the next counts them all (1, 2, 2, 4).",
        "榜上的名次；时长相同的并列，其后的名次顺延（1、2、2、4）。",
    ),
    "service_minutes_with_subteams": (
        "The same, with those of all teams beneath it.",
        "服务时长，含所有下级服务队，以分钟计。",
    ),
    "teams_by_brand": ("How many teams there are, by brand.", "各品牌的服务队数量。"),
    "teams_by_field": ("How many teams there are, by field.", "各领域的服务队数量。"),
    "venues_by_kind": ("How many venues are in use, by kind.", "各类别正在使用的阵地数量。"),
    "venues_updated": ("How often a venue showed something new.", "阵地展示更新的次数。"),
    "visits": (
        "How many records count, each once: one across midnight on its first day.",
        "人次：计入的服务记录数，每条计一次；跨零点的计在首日。",
    ),
    "volunteers": (
        "How many volunteers are registered and have not withdrawn.",
        "已注册且未退出的志愿者人数。",
    ),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("BoardPlace", "id"): (
        "The id: to a volunteer, of volunteers their own alone; null for the others.",
        "编号；志愿者在志愿者榜上只能看到自己的，其他人的为 null。",
    ),
    ("BoardPlace", "minutes"): ("Service minutes of the period.", "本期间的服务时长，以分钟计。"),
    ("BoardPlace", "name"): (
        "The public name; a volunteer's is told to volunteers alone, masked (王*兰), and null where none is known.",
        "公开名称；志愿者的姓名只显示给志愿者，且为脱敏姓名（王*兰），不详时为 null。",
    ),
    ("Closing", "month"): ("The month that was closed (`2026-09`).", "已结账的月份（`2026-09`）。"),
    ("Closing", "position"): (
        "The position at which it was: what comes later is a correction.",
        "结账时的序号；此后入账的为更正。",
    ),
    ("CommunityContribution", "held"): ("What was held there.", "在当地举办的活动。"),
    ("CommunityContribution", "people"): (
        "How many of the community's own volunteers served.",
        "参与服务的本社区（村）志愿者人数。",
    ),
    ("CommunityContribution", "service_minutes"): (
        "Minutes that the community's own volunteers served, wherever.",
        "本社区（村）志愿者的服务时长，不论在何处服务，以分钟计。",
    ),
    ("Correction", "records"): (
        "1 for a record that came, -1 for one that was taken back; 0 on its further days.",
        "新增的记录为 1，撤销的为 -1；同一记录的其余各日为 0。",
    ),
    ("Correction", "service_minutes"): (
        "Minutes that came, or below zero were taken back.",
        "增加（或为负数，即撤销）的服务时长，以分钟计。",
    ),
    ("Held", "by_month"): (
        "How many activities, by the month in which they were held (`2026-09`).",
        "各月份（`2026-09`）举办活动的场数。",
    ),
    ("Held", "by_programme"): (
        "How many activities, by programme; the empty name for none.",
        "各品牌项目的活动场数；不属于任何项目的，名称为空。",
    ),
    ("MonthReport", "communities"): (
        "The communities that were open or have some, the higher levels first.",
        "当时未关闭或有数据的社区（村），层级高的在前。",
    ),
    ("MonthReport", "format"): ("Which form of a report this is.", "报表的格式。"),
    ("MonthReport", "known_at"): ("The position that the log had come to.", "当时总账已到的序号。"),
    ("MonthReport", "month"): ("The month, by day of service (`2026-09`).", "月份，按服务日（`2026-09`）。"),
    ("MonthReport", "origin"): ("The ledger's name among ledgers.", "账本标识。"),
    ("MonthReport", "teams"): (
        "The teams that something was served for, by id.",
        "有服务时长的服务队，按编号排列。",
    ),
    ("PlaceOnBoard", "members"): ("How many are on the board.", "榜上的总数。"),
    ("PlaceOnBoard", "own"): (
        "The place of the one who is asked about; null without minutes on this board.",
        "被查询者的名次；在榜上没有时长时为 null。",
    ),
    ("Report", "community"): (
        "The id of the community; null for the whole ledger.",
        "社区（村）的编号；为整个账本时为 null。",
    ),
    ("Report", "day"): ("The day on which what is in force was counted.", "统计现有数量的日期。"),
    ("Report", "service_minutes"): (
        "Minutes that the communities' own volunteers served in the period.",
        "各社区（村）志愿者本期间的服务时长，以分钟计。",
    ),
}
