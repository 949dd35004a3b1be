"""What the fields that tell of activities, shifts, venues, presence and records mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.parts.fields_audit import OTHERS_EN, OTHERS_ZH
from ledger.operations.words.said import Said

FIELDS: Mapping[str, Said] = {
    "activity": ("The id of the activity.", "活动的编号。"),
    "activity_name": ("The activity's public name.", "活动的公开名称。"),
    "again": (
        "Whether it is another service than one that counts and looks the same: of the same volunteer, day, minutes and"
        " activity.",
        "是否为另一次服务：即使与已计入的记录看似相同（志愿者、日期、时长和活动均相同），也照常计入。",
    ),
    "ages": ("The age bands that the shift is open to; empty for all.", "班次面向的年龄段；不限时为空。"),
    "audience": (
        "Whom the activity is for: a code, such as `elderly`; null where that is not said.",
        "活动的受众：代码，如 `elderly`；未填写时为 null。",
    ),
    "begins": ("The instant from which on the shift lasts.", "班次的开始时间。"),
    "begun": ("The instant at which the visit began.", "签到的时间。"),
    "campaign": (
        "The public name of the season of activities that it belongs to; null for none.",
        "所属专题活动的公开名称；没有时为 null。",
    ),
    "cancelled": ("Whether it was called off.", "是否已取消。"),
    "content": ("What it consists of, in public words.", "内容，公开文字。"),
    "coordinates": ("Where it is; null where that is not known.", "所在位置的坐标；不详时为 null。"),
    "crs": (
        "The system in which the coordinates were measured; null where there are none.",
        "坐标所用的坐标系；没有坐标时为 null。",
    ),
    "days": (
        "The days of service and their minutes, one after another without a gap.",
        "各服务日及其时长，日期须连续。",
    ),
    "decided_at": (
        "The instant at which it was approved, attested or declined; null while it waits.",
        "审核通过、认定或审核不通过的时间；待审核时为 null。",
    ),
    "decided_by": (
        f"The id of the one who approved, attested, declined or reversed; null while it waits. {OTHERS_EN}",
        f"审核通过、认定、审核不通过或撤销者的编号；待审核时为 null。{OTHERS_ZH}",
    ),
    "ends": ("The instant at which the shift is over.", "班次的结束时间。"),
    "evidence": (
        "What the record rests on: a code, such as `sign-in-sheet`.",
        "服务记录的依据：代码，如 `sign-in-sheet`。",
    ),
    "form": (
        "How the activity is held: a code, such as `on-site` or `online`.",
        "活动的形式：代码，如 `on-site`、`online`。",
    ),
    "hosted_by": (
        "The id of the community in which the service was held; null where that is not known.",
        "举办地社区（村）的编号；不详时为 null。",
    ),
    "latitude": ("Degrees north, in millionths.", "北纬，以百万分之一度为单位。"),
    "longitude": ("Degrees east, in millionths.", "东经，以百万分之一度为单位。"),
    "materials": ("How many pieces of material were handed out.", "发放资料的份数。"),
    "minutes": ("Minutes.", "分钟数。"),
    "mode": ("Whether the volunteer is there in person or online.", "志愿者在现场还是线上。"),
    "online_reach": ("How many people were reached online.", "线上覆盖人数。"),
    "participants": ("How many people took part.", "参加人数。"),
    "place": ("Where it is held, in public words.", "举办地点，公开文字。"),
    "placed": ("How many volunteers have a place.", "已获名额的志愿者人数。"),
    "places": ("How many volunteers are wanted.", "所需志愿者的名额。"),
    "programme": (
        "The named line of activities that it belongs to; null for none.",
        "所属品牌项目；没有时为 null。",
    ),
    "renewed": ("The day since which the venue shows its theme.", "阵地展示当前主题的起始日期。"),
    "reported_at": ("The instant at which it was reported.", "上报的时间。"),
    "reported_by": (
        f"The id of the one who reported or attested it. {OTHERS_EN}",
        f"上报或认定者的编号。{OTHERS_ZH}",
    ),
    "reversed_at": (
        "The instant at which it was reversed; null unless it was.",
        "撤销的时间；未撤销时为 null。",
    ),
    "reversed_by": (
        f"The id of the one who reversed it; null unless it was. {OTHERS_EN}",
        f"撤销者的编号；未撤销时为 null。{OTHERS_ZH}",
    ),
    "roles": ("Which roles are wanted, and how many in each.", "所需岗位及各岗位的名额。"),
    "service": ("What was served.", "服务的内容。"),
    "shift": ("The id of the shift; null where it was none.", "班次的编号；没有时为 null。"),
    "sign_up": ("The id of the sign-up; null where it was none.", "报名的编号；没有时为 null。"),
    "theme": ("What the venue shows at present; null for nothing.", "阵地当前的展示主题；没有时为 null。"),
    "turnout": ("What came of the activity.", "活动成效。"),
    "unit": ("Who organised it, by its public name.", "组织单位的公开名称。"),
    "venue": ("The id of the venue; null where it is none.", "阵地的编号；没有时为 null。"),
    "visit": (
        "The id of the visit that it rests on; null for none.",
        "所依据的签到记录的编号；没有时为 null。",
    ),
    "waiting": ("How many wait for a place.", "候补人数。"),
    "waiting_at": (
        "Which place it has on the waitlist, from 1; null unless it waits.",
        "候补的位次，从 1 起；不在候补时为 null。",
    ),
    "waitlist": ("How many may wait for a place at most.", "候补人数的上限。"),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("Activity", "day"): ("The day on which it is planned, or was held.", "计划举办或实际举办的日期。"),
    ("ActivityOfPublishActivity", "content"): (
        "What it consists of, in public words; its name unless said.",
        "内容，公开文字；未填写时为活动名称。",
    ),
    ("ActivityOfPublishActivity", "place"): (
        "Where it is held, in public words; the venue's name unless said.",
        "举办地点，公开文字；未填写时为阵地名称。",
    ),
    ("ActivityOfPublishActivity", "venue"): (
        "The venue at which it is held; null for none.",
        "举办活动的阵地；没有时为 null。",
    ),
    ("ActivityOfReviseActivity", "venue"): (
        "The venue at which it is held; null for none.",
        "举办活动的阵地；没有时为 null。",
    ),
    ("ClockInBody", "code"): (
        "The code that is shown at the venue; a closed venue or another code is refused.",
        "阵地现场公示的打卡码；阵地已停用或打卡码不符时不予受理。",
    ),
    ("OpenVenueBody", "venue"): ("The venue as it is described.", "阵地信息。"),
    ("PublishActivityBody", "activity"): ("The activity as it is described.", "活动信息。"),
    ("PublishActivityBody", "day"): ("The day on which it is held.", "举办的日期。"),
    ("PublishShiftBody", "begins"): (
        "The instant from which on it lasts: with an offset or `Z`.",
        "开始时间，须带时区或 `Z`。",
    ),
    ("PublishShiftBody", "ends"): (
        "The instant at which it is over, at most seven days later: with an offset or `Z`.",
        "结束时间，最晚在开始后七天，须带时区或 `Z`。",
    ),
    ("ReviseActivityBody", "activity"): (
        "The activity as a whole: what is left out is no more.",
        "活动的完整信息；未填写的内容不再保留。",
    ),
    ("ReviseActivityBody", "day"): ("The day on which it is held.", "举办的日期。"),
    ("ReviseVenueBody", "venue"): (
        "The venue as a whole: what is left out is no more.",
        "阵地的完整信息；未填写的内容不再保留。",
    ),
    ("ServedDay", "day"): ("The day of service, in the ledger's time zone.", "服务日，按账本时区。"),
    ("ServedDay", "minutes"): ("Minutes served on it.", "当天的服务时长，以分钟计。"),
    ("ServiceRecord", "day"): ("The first day of service.", "首个服务日。"),
    ("ServiceRecord", "minutes"): ("Minutes served, of all its days.", "各服务日的时长合计，以分钟计。"),
    ("Shift", "day"): ("The local day on which it begins.", "开始的日期，按账本时区。"),
    ("Shift", "free"): ("How many places nobody has.", "尚空余的名额。"),
    ("ShiftRole", "free"): ("How many places in it nobody has.", "该岗位尚空余的名额。"),
    ("Shift", "roles"): ("How many are wanted, by role.", "各岗位的名额。"),
    ("TurnoutOfReportActivity", "day"): ("The day on which it was held.", "举办的日期。"),
    ("Venue", "closed"): (
        "Since which day it is out of use; null while it is in use.",
        "停用日期；仍在使用时为 null。",
    ),
    ("Visit", "ended"): (
        "The instant at which it ended; null while it goes on, and where nobody knows.",
        "结束的时间；尚未结束或时间不详时为 null。",
    ),
    ("Visit", "minutes"): (
        "Whole minutes from its beginning to its end; 0 while it goes on.",
        "从开始到结束的整分钟数；尚未结束时为 0。",
    ),
}
