"""What help says at a counter of groups of commands, and of what an operation does where people are told otherwise."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

GROUPS: Mapping[str, Said] = {
    "ledger": ("The ledger as a whole.", "整个账本。"),
    "community": (
        "The tree of communities: counties, towns, villages.",
        "社区（村）的层级：区县、镇街、社区（村）。",
    ),
    "team": ("The tree of teams, and who belongs to them.", "服务队的层级，及其成员。"),
    "volunteer": ("Volunteers: registering, standing, qualifications.", "志愿者：注册、状态、资格。"),
    "record": ("Service records: minutes that volunteers served.", "服务记录：志愿者的服务时长。"),
    "offer": ("Offers: what credits buy.", "兑换项目：时间币可以兑换什么。"),
    "redemption": ("Redemptions: what becomes of credits that are held.", "兑换：占用的时间币如何处理。"),
    "period": (
        "Months that are closed: what was reported of each stays, and what comes later is told apart.",
        "按月结账：各月上报的数据保持不变，此后入账的另行列出。",
    ),
    "venue": (
        "Places with a clock-in point: galleries, bases, halls, e-stations.",
        "阵地：设有打卡点的场所，如展馆、基地、礼堂、电子站。",
    ),
    "activity": (
        "Occasions of service: published, held and reported, or called off.",
        "活动：发布、填报成效，或取消。",
    ),
    "shift": ("Stretches of an activity with places to fill.", "班次：活动中供志愿者报名的时段。"),
    "signup": ("Volunteers' places on shifts.", "志愿者在班次上的报名。"),
    "visit": ("Who was somewhere, and who still is.", "签到记录：何人何时在何处。"),
    "post": (
        "Posts that volunteers hold in communities: branch president, cadre, liaison.",
        "志愿者在社区（村）担任的岗位：分会长、骨干、联络员等。",
    ),
    "organisation": (
        "Outside bodies attached to communities: schools, hospitals, companies.",
        "挂靠在社区（村）的外部单位：学校、医院、企业等。",
    ),
    "designation": (
        "Titles that communities and teams bear: pilot community, demonstration team.",
        "社区（村）和服务队的称号：试点社区、示范队等。",
    ),
    "training": ("What volunteers have learnt.", "志愿者完成的培训。"),
    "term": (
        "Words for codes: kinds, roles, posts, reasons, … in Chinese and in English.",
        "术语：类别、角色、岗位、事由等代码的中英文名称。",
    ),
}
"""What is in each group, by its own word."""

SUMMARIES_HERE: Mapping[str, Said] = {
    "listTeamFigures": (
        "The tree of teams, with today's members and the minutes of a period, alone and with all beneath.",
        "各级服务队，今天的成员人数和期间内的服务时长，分自身和含下级两项。",
    ),
    "endAssignment": (
        "Let a volunteer belong no more to the team they are in.",
        "结束归队：志愿者不再属于现在的服务队。",
    ),
    "listTeamMembers": ("Who belongs to a team today.", "服务队今天的成员。"),
    "listServiceRecords": (
        "Service records by first day, and what became of each.",
        "服务记录，按首个服务日排列，及其当前状态。",
    ),
    "listContributions": ("What communities contributed in a period.", "各社区（村）在期间内的贡献。"),
    "getReport": ("The figures that an office reports for a period.", "期间内的统计报表。"),
    "getActivity": ("An activity with its shifts.", "一个活动，及其班次。"),
    "listPosts": ("Who holds which post.", "各岗位的任职者。"),
    "listAllAttachments": (
        "Which organisations are attached to which community.",
        "各社区（村）的挂靠单位。",
    ),
    "listDesignations": (
        "Who bears which title; with --within also the teams of those communities.",
        "各社区（村）和服务队的称号；使用 --within 时含其服务队的。",
    ),
    "getCheckpoint": (
        "The checkpoint of so many events, or the `latest`, as it is kept in a file.",
        "涵盖若干事件的检查点，或最近的一个（`latest`），与保存在文件中的相同。",
    ),
    "getProof": (
        "An event as it is stored, and the proof that it stands in the log.",
        "事件的存储原文，及其在总账中的证明。",
    ),
}
"""What an operation does, where that is told otherwise at a counter."""

_EACH: Said = (
    "Of several each is judged by itself: a refusal is told and stops no other.",
    "可填写多项，逐项办理：其中一项被拒绝，不影响其他各项。",
)
_STAYS: Said = ("What is not named stays as it is.", "未填写的内容保持不变。")
_OF_AN_ACTIVITY: Said = (
    "Of a published activity the record takes name, place, content, unit, programme, community and person in"
    " charge. For one that was never published, give at least --place, --content and --unit.",
    "已发布的活动，记录沿用其名称、地点、内容、组织单位、品牌项目、社区（村）和负责人。未发布过的活动，"
    "至少填写 --place、--content 和 --unit。",
)

MORE: Mapping[str, Said] = {
    "approveService": _EACH,
    "listContributions": (
        "People, visits and service are those of a community's own volunteers, wherever they served; hosted"
        " are the minutes served there, by whomever. Each counts all communities beneath it.",
        "人数、人次和服务时长按本社区（村）的志愿者计，不论在何处服务；当地服务时长按在当地的服务计，不论何人。"
        "各项均含其全部下级。",
    ),
    "getReport": (
        "Volunteers, posts, organisations and designations are those of the period's last day, or of today if"
        " that lies ahead; venues and teams those in use today.",
        "志愿者、岗位、单位和称号按期间最后一天计，该日尚未到来时按今天计；阵地和服务队按今天计。",
    ),
    "reviseVenue": _STAYS,
    "updateVenue": _EACH,
    "reviseActivity": _STAYS,
    "reportActivity": (
        "Said again, it takes the place of what was said before. A figure that is not named is 0, and the day"
        " the one that was planned.",
        "再次填报时，以新填报的为准。未填写的数量为 0；未填写日期时为计划日期。",
    ),
    "cancelActivity": (
        "With --with-shifts nothing is recorded unless all can be: a shift at which somebody has checked in stays.",
        "使用 --with-shifts 时，有一项不能取消的，全部不办理：已有人签到的班次不能取消。",
    ),
    "reportService": _OF_AN_ACTIVITY,
    "attestService": _OF_AN_ACTIVITY,
}
"""What is more to say of an operation."""
