"""What the API's documentation says besides: groups of operations, answers, headers, and what facts have in common."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

TITLE: Said = ("timebank-ledger", "志愿服务时间银行账本")

PAGE: Mapping[str, Said] = {
    "lang": ("en", "zh-Hans"),
    "title": ("timebank-ledger · API", "志愿服务时间银行账本 · API"),
    "other": ("zh", "en"),
    "other_lang": ("zh-Hans", "en"),
    "other_name": ("中文", "English"),
    "problems_at": ("/problems?lang=en", "/problems?lang=zh"),
    "document": ("/openapi.json?lang=en", "/openapi.json?lang=zh"),
    "problems": ("Problems", "错误代码"),
    "no_script": (
        "This page needs JavaScript; the document itself is",
        "本页需要 JavaScript；文档本身见",
    ),
}
"""What the page that shows it says around it."""

GROUPS: Mapping[str, tuple[str, Said]] = {
    "activities": (
        "活动",
        ("What is planned at a place, and what came of it.", "活动的发布、举办情况和取消。"),
    ),
    "assignments": ("归队记录", ("Who is in which team, and since when.", "志愿者加入和退出服务队。")),
    "attachments": (
        "挂靠",
        ("Organisations that belong to a community for a time.", "单位在一段时间内挂靠社区（村）。"),
    ),
    "audit": (
        "审计",
        (
            "Facts as they are stored, signed checkpoints, proofs and what a figure is made of.",
            "原样存储的事件、已签署的检查点、证明，以及数字的由来。",
        ),
    ),
    "batches": ("批量", ("Several writes in one request.", "一次请求办理多项写入。")),
    "communities": (
        "社区（村）",
        ("Counties, towns and villages, each beneath another.", "区县、镇街和村社区，逐级归属。"),
    ),
    "contributions": (
        "服务贡献",
        ("What was served for each community, in a period.", "一段期间内为各社区（村）提供的服务。"),
    ),
    "designations": (
        "称号",
        ("Titles that communities and teams were granted.", "授予社区（村）和服务队的称号。"),
    ),
    "donations": (
        "捐赠",
        ("Credits that volunteers give to a community.", "志愿者向社区（村）的公益池捐赠时间币。"),
    ),
    "grants": ("发放", ("Credits that a community gives to a volunteer.", "公益池向志愿者发放时间币。")),
    "leaderboards": ("排行榜", ("Who served most, by period and place.", "按期间和地区的服务排行。")),
    "ledger": (
        "账本",
        ("What this ledger is: its name, its time zone, its policy.", "账本的名称、时区和管理办法。"),
    ),
    "me": ("本人", ("Who calls, and as what.", "调用方及其角色。")),
    "offers": ("兑换项目", ("What can be had for credits.", "可以用时间币兑换的物品和服务。")),
    "organisations": ("单位", ("Schools, firms and offices that take part.", "参与的学校、企业和机关。")),
    "periods": (
        "结账",
        ("Months that are closed, and what was corrected since.", "已结账的月份及其后的更正。"),
    ),
    "posts": ("岗位", ("Posts that volunteers hold for a time.", "志愿者在一段时间内担任的岗位。")),
    "redemptions": (
        "兑换",
        ("Credits spent on offers: placed, fulfilled or returned.", "用时间币兑换：预约、领取和退回。"),
    ),
    "report": ("汇总报表", ("The figures of a period in one answer.", "一次答复一段期间的各项数字。")),
    "service-records": (
        "服务记录",
        ("Hours served: reported, approved, attested or reversed.", "服务时长的申报、审核、登记和撤销。"),
    ),
    "shifts": (
        "班次",
        ("Times at which people are wanted, with places by role.", "需要人手的时段，按角色设名额。"),
    ),
    "sign-ups": ("报名", ("Places that volunteers take, give up or wait for.", "志愿者报名、退出和候补。")),
    "team-figures": ("服务队统计", ("What teams served, and how many they are.", "各服务队的服务和人数。")),
    "teams": (
        "服务队",
        ("Teams, each beneath a community and perhaps another team.", "归属社区（村）的服务队及其上下级。"),
    ),
    "terms": (
        "术语",
        ("What codes of kinds, roles and reasons are called.", "类别、角色和原因等代码的名称。"),
    ),
    "training": ("培训", ("Training that volunteers completed.", "志愿者完成的培训。")),
    "transfers": ("转赠", ("Credits that one volunteer gives to another.", "志愿者之间转赠时间币。")),
    "venues": ("阵地", ("Places with a point at which people clock in.", "设有签到点的场所。")),
    "visits": ("签到", ("When people came and went.", "签到和签退。")),
    "volunteers": (
        "志愿者",
        ("Volunteers: who they are, what they have and what they did.", "志愿者的资料、余额和服务情况。"),
    ),
}
"""By the first part of their paths: a name in Chinese, and what they are about."""

TEXTS: Mapping[str, Said] = {
    "position": ("The position of the log that this shows.", "本答复所反映的总账序号。"),
    "if-none-match": ("The ETag of an answer that the caller has already.", "调用方已有答复的 ETag。"),
    "dry-run": ("Tell what would follow, and record nothing.", "只显示将会发生什么，不作记录。"),
    "language": (
        "`zh` or `en`: the language of titles, details and labels.",
        "`zh` 或 `en`：标题、说明和名称所用的语言。",
    ),
    "unchanged": ("The caller has the answer already.", "调用方已有此答复。"),
    "would-follow": ("What would follow; nothing was recorded.", "将会产生的内容；未作记录。"),
    "follows": (
        "The facts that follow, recorded now or under the same key before.",
        "所产生的事件，刚刚入账，或此前已以同一编号入账。",
    ),
    "directory": (
        "What the directory says now, or in a dry run would.",
        "名册现在的内容，或试办时将有的内容。",
    ),
    "signed": (
        "The checkpoint of all that the log holds, signed now or before.",
        "总账全部内容的检查点，刚刚签署或此前已签署。",
    ),
    "X-Request-Id": (
        "The id of the request in the server's log: the caller's own where it sent a fit one.",
        "请求在服务日志中的编号；调用方提供了合适的编号时即用其编号。",
    ),
    "Ledger-Position": ("The position of the log that the answer shows.", "答复所反映的总账序号。"),
    "ETag": (
        "A digest of the answer without its position, for If-None-Match.",
        "答复（不含序号）的摘要，供 If-None-Match 使用。",
    ),
    "Location": ("Where the thing that the write made can be read.", "写入所建立的内容可在何处查询。"),
    "Retry-After": ("In how many seconds to try again.", "多少秒后重试。"),
    "WWW-Authenticate": ("The challenge of RFC 6750.", "RFC 6750 规定的质询。"),
    "Idempotency-Replayed": (
        "`true` where the key was answered before: the answer is that of then.",
        "此前已答复过该编号时为 `true`：答复与当时相同。",
    ),
    "problem": (
        "An RFC 9457 problem document. Programs go by `code`; title and detail are for people.",
        "RFC 9457 错误说明。程序以 `code` 为准，标题和说明供人阅读。",
    ),
    "details": ("What the detail's sentence speaks of, for programs.", "说明中提到的内容，供程序使用。"),
    "errors": ("The fields that are wrong.", "有误的字段。"),
    "receipt": (
        "What follows from a command. The same request under the same key gets it again, byte for byte.",
        "办理的结果。以同一编号重复提交同一请求，答复逐字节相同。",
    ),
    "dry-run-told": ("There where nothing was recorded.", "未作记录时才有。"),
    "up-to": (
        "The position of the last fact that follows. It may lie beyond the last one shown here: who gives up a place is"
        " not told who got it.",
        "所产生的最后一个事件的序号，可能大于此处所示的最后一个：让出名额的人不会得知由谁递补。",
    ),
    "made": (
        "The ids of what the write made, by name, such as `sign_up`. A name is left out where nothing of it was made,"
        " as the record of somebody who left at once.",
        "写入所建立内容的编号，按名称，如 `sign_up`。没有建立的不列出，例如签到即签退者的服务记录。",
    ),
    "id": ("The id.", "编号。"),
    "facts": (
        "The facts, in the order of the log. A volunteer is told no other one's id: whom the request named is named as"
        " it did (`number:QH2025000018`), and anybody else is `volunteer`.",
        "按总账顺序的事件。志愿者看不到他人的编号：请求中提到的人按请求的写法（`number:QH2025000018`），"
        "其他人显示为 `volunteer`。",
    ),
    "fact": (
        "A fact of the log: this envelope, and beside it what a fact of its type says.",
        "总账的事件：以下各项，以及该类型事件自身的内容。",
    ),
    "at": ("When the log learned it.", "入账时间。"),
    "on": ("The local day on which it takes effect.", "生效日期，按账本时区。"),
    "by": ("Who acted.", "经办人。"),
    "cause": ("The request or import that it came by.", "来自哪次请求或导入。"),
}
"""By name; that of a header is its own."""

STATUSES_ZH: Mapping[int, str] = {
    400: "请求有误",
    401: "未验证身份",
    403: "无权办理",
    404: "不存在",
    405: "方法不允许",
    406: "不可接受",
    408: "请求超时",
    409: "与现状冲突",
    410: "已不存在",
    412: "条件不符",
    413: "请求过大",
    415: "不支持的内容类型",
    422: "未通过规则",
    429: "请求过多",
    500: "内部错误",
    503: "暂不可用",
}
