"""What help says at a counter of the words of a command, where that is not what their fields mean."""

from collections.abc import Mapping

from ledger.operations.words.parameters import PARAMETERS_OTHERWISE
from ledger.operations.words.said import Said

_SERVICE: Mapping[str, Said] = {
    "day": ("The day of service.", "服务日。"),
    "minutes": (
        "For how long. Service across midnight has a --day and --minutes for each of its days.",
        "服务时长，以分钟计。跨零点的服务，每个服务日各填一组 --day 和 --minutes。",
    ),
    "role": ("As what, as a code. [default: volunteer]", "角色，代码。[默认：volunteer]"),
    "evidence": (
        "On what it rests, as a code. [default: attested; check-in with --visit]",
        "依据，代码。[默认：attested；使用 --visit 时为 check-in]",
    ),
}
_SIGN_UP: Mapping[str, Said] = {
    "who": (
        "A volunteer's number or id, or the id of the sign-up (sig_…).",
        "志愿者编号或系统编号，或报名的编号（sig_…）。",
    ),
    "shift": (
        "With a volunteer: the shift's id, its activity and beginning (NAME@09:30), or an activity with one.",
        "填写志愿者时，指明班次：编号、活动及其开始时间（名称@09:30），或只有一个班次的活动。",
    ),
}
_VENUE: Mapping[str, Said] = {
    "kind": (
        "Of what kind it is, as a code: gallery, base, hall, e-station, park, mobile, online, …",
        "类别，代码：gallery（展馆）、base（基地）、hall（礼堂）、e-station（电子站）、park（公园）、"
        "mobile（流动）、online（线上）等。",
    ),
    "unit": ("Who runs it, by its public name.", "管理单位的公开名称。"),
    "content": (
        "What somebody does there who clocks in; the venue's name unless ever said.",
        "在此打卡的服务内容；从未填写时为阵地名称。",
    ),
    "at": (
        "Where it is, in degrees of up to six decimals, such as 30.123456,120.5.",
        "位置：纬度,经度，以度为单位，至多六位小数，如 30.123456,120.5。",
    ),
    "crs": ("What --at is measured in: GPS is wgs84.", "--at 所用的坐标系：GPS 为 wgs84。"),
}
_CODE: Said = (
    "What the clock-in point shows: 6 to 64 letters, digits and hyphens. Without it a random code is made and"
    " told once.",
    "打卡点公示的打卡码：6 至 64 个字母、数字和连字符。未填写时随机生成，只显示一次。",
)
_WHICH: Said = ("Which one, where there are several: an id or a name.", "有多个时指明哪一个：编号或名称。")
_ROLE: Said = (
    "In which role, as a code. [default: the only one that the shift wants]",
    "岗位，代码。[默认：班次唯一的岗位]",
)

WORDS: Mapping[str, Mapping[str, Said]] = {
    "reportService": _SERVICE,
    "attestService": _SERVICE,
    "registerVolunteer": {
        "number": ("The volunteer number.", "志愿者编号。"),
        "name": ("Who it is; never in the log.", "姓名；不写入总账。"),
        "phone": ("A phone number; never in the log.", "手机号码；不写入总账。"),
    },
    "noteAgeBand": {
        "band": (
            "adult, minor or minor-with-consent.",
            "年龄段：adult（成年）、minor（未成年）或 minor-with-consent（未成年，监护人同意）。",
        ),
    },
    "listServiceRecords": {
        "pending": ("Only those that wait for a decision.", "只列出待审核的。"),
    },
    "publishOffer": {
        "kind": ("What kind of thing, as a code. [default: goods]", "类别，代码。[默认：goods]"),
    },
    "listOffers": {
        "all": (
            "Those too that cannot be had today; with --json each is a document on a line of its own.",
            "同时列出今天不能兑换的；使用 --json 时每行一项。",
        ),
    },
    "expireRedemption": {
        "due": ("All whose time is over, each judged by itself.", "全部已到期的，逐项办理。"),
    },
    "listLeaderboardPlaces": {
        "by": (
            "volunteers, teams or communities, ranked by the minutes of their own members.",
            "按各自成员的服务时长排名：volunteers（志愿者）、teams（服务队）或 communities（社区、村）。",
        ),
        "limit": ("The first N rows; all rows without it.", "只列出前 N 行；未填写时全部列出。"),
        "around": (
            "The place of one of these (an id, a number or a name), and the two next above and below.",
            "其中一个（编号或名称）的名次，及其前后各两名。",
        ),
    },
    "listContributions": {
        "community": (
            "An id (com_…) or a name: this one and those directly beneath it, instead of all.",
            "编号（com_…）或名称：只列出该社区（村）及其直属下级；未填写时全部列出。",
        ),
    },
    "getReport": {
        "community": (
            "An id (com_…) or a name: this one with all beneath it, instead of the whole ledger.",
            "编号（com_…）或名称：该社区（村）及其全部下级；未填写时为整个账本。",
        ),
    },
    "openVenue": {
        **_VENUE,
        "code": _CODE,
        "no_code": ("It has no clock-in point.", "不设打卡点。"),
    },
    "reviseVenue": {
        **_VENUE,
    },
    "updateVenue": {
        "kind": (
            "Instead of naming them: all venues in use of a kind.",
            "不逐处填写，而是某类别全部使用中的阵地。",
        ),
        "within": (
            "With --kind: only those of a community (an id or a name) and those beneath it.",
            "与 --kind 一起使用：只限某社区（村）及其下级的，编号或名称。",
        ),
    },
    "renewVenueCode": {
        "code": _CODE,
    },
    "cancelActivity": {
        "with_shifts": (
            "Cancel its shifts first, which releases everybody who signed up.",
            "先取消其全部班次，并释放全部报名。",
        ),
    },
    "publishShift": {
        "begins": (
            "Such as 2026-09-05T09:00: local time, unless an offset or Z follows.",
            "开始时间，如 2026-09-05T09:00：当地时间，除非注明时区。",
        ),
        "ends": (
            "Likewise; or 12:00, on the day on which it begins.",
            "结束时间，写法相同；或只写 12:00，即开始当天。",
        ),
        "places": (
            "How many volunteers in a role, such as guide=3; once for each role.",
            "角色及其名额，如 guide=3；每个角色填写一次。",
        ),
        "adults_only": ("Only adults: short for --ages adult.", "只限成年人，即 --ages adult。"),
        "ages": ("Only these age bands; once for each.", "只限这些年龄段；每个填写一次。"),
        "skill": ("Only those who have a skill; once for each.", "只限具备该技能的；每项填写一次。"),
    },
    "listShifts": {
        "activity": (
            "Instead of days: all shifts of an activity (an id or a name), those called off too.",
            "不按日期，列出一个活动（编号或名称）的全部班次，含已取消的。",
        ),
    },
    "checkIn": _SIGN_UP,
    "checkOut": {
        "who": (
            "A volunteer's number or id, or the id of the sign-up (sig_…) or the visit (vis_…).",
            "志愿者编号或系统编号，或报名（sig_…）或签到（vis_…）的编号。",
        ),
        "shift": (
            "With a volunteer: the shift that they leave, as for `checkin`. [default: wherever they are]",
            "填写志愿者时，指明签退的班次，写法同 `checkin`。[默认：其所在之处]",
        ),
    },
    "clockIn": {
        "online": ("They come online, not on site.", "线上签到，不在现场。"),
    },
    "signUp": {
        "role": _ROLE,
    },
    "placeVolunteer": {
        "role": _ROLE,
    },
    "withdrawSignUp": {
        **_SIGN_UP,
        "all": ("Of a volunteer: every shift that has not begun.", "志愿者全部未开始的班次。"),
    },
    "recordNoShow": _SIGN_UP,
    "liftNoShow": _SIGN_UP,
    "listVisitsOfVolunteer": {
        "days": ("How many days; all unless said.", "天数；未填写时不限。"),
        "from": (
            "The first day; with --days alone, so many days ago that today is the last.",
            "起始日期；只填写 --days 时，算到今天为止。",
        ),
    },
    "leavePost": {
        "who": (
            "A volunteer's number or id, or the id of their time in the post (ten_…).",
            "志愿者编号或系统编号，或任职记录的编号（ten_…）。",
        ),
        "post": ("With a volunteer: which post.", "填写志愿者时，指明哪一个岗位。"),
        "community": _WHICH,
    },
    "attachOrganisation": {
        "kind": (
            "Of what kind it is, as a code: school, hospital, society, company, …",
            "类别，代码：school（学校）、hospital（医院）、society（社会组织）、company（企业）等。",
        ),
        "organisation": (
            "One that is known, whatever its name is now: an id (org_…) or a name. [default: the one of that name]",
            "已登记的单位，名称可以另填：编号（org_…）或名称。[默认：同名的单位]",
        ),
    },
    "detachOrganisation": {
        "organisation": (
            "A name, or an id of the organisation or the attachment (org_… or att_…).",
            "单位名称，或单位或挂靠记录的编号（org_… 或 att_…）。",
        ),
        "community": _WHICH,
    },
    "grantDesignation": {
        "funding": (
            "The funding that comes with it, in yuan: 5000, or 5000.50.",
            "随附的资助金额，以元为单位，如 5000 或 5000.50。",
        ),
    },
    "endDesignation": {
        "designation": ("The title, or its id (des_…).", "称号名称，或编号（des_…）。"),
        "community": _WHICH,
        "team": _WHICH,
    },
    "annulTraining": {
        "training": (
            "Its id (trn_…), as `training list` tells.",
            "培训记录的编号（trn_…），见 `training list`。",
        ),
    },
    "getConsistency": {"from": PARAMETERS_OTHERWISE["getConsistency", "from"]},
}
"""By operation, and by the words of its line."""

FIELDS_HERE: Mapping[str, Said] = {
    "from": ("The first day; today unless said.", "起始日期；未填写时为今天。"),
    "known_at": (
        "Only what was recorded by then: a position, a time, or the end of a day.",
        "只计当时已入账的：序号、时间，或某日结束时。",
    ),
    "month": ("A month that is over: 2026-09.", "已结束的月份，如 2026年9月。"),
    "on": ("Only what holds on this day; today unless said.", "只列出这一天有效的；未填写时为今天。"),
}
"""Of fields by their names, whatever command they belong to: a counter has a clock of its own."""
