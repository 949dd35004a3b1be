"""What the fields that tell of volunteers, communities, teams and appointments mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

FIELDS: Mapping[str, Said] = {
    "age_band": ("The volunteer's age band; null where none is noted.", "志愿者的年龄段；未登记时为 null。"),
    "annulled": (
        "Since which day it counts no more; null while it counts.",
        "作废日期，自当天起不再计入；仍计入时为 null。",
    ),
    "assignment": ("The id of the team assignment.", "归队记录的编号。"),
    "assignments": ("The volunteer's stays in teams.", "志愿者的归队记录。"),
    "band": ("The age band.", "年龄段。"),
    "brand": (
        "The public name of the line that the team belongs to; null for none.",
        "服务队所属品牌的公开名称；没有时为 null。",
    ),
    "community": ("The id of the community.", "社区（村）的编号。"),
    "ended": (
        "Whether it has ended, by being closed, merged or disbanded.",
        "是否已经结束：关闭、合并或解散。",
    ),
    "field": (
        "What the team works on: a code; null where that is not said.",
        "服务队的领域：代码；未填写时为 null。",
    ),
    "funding_fen": (
        "The funding that came with it, in fen (hundredths of a yuan); null for none.",
        "随附的资助金额，以分（人民币）为单位；没有时为 null。",
    ),
    "granted_by": ("Who granted it, in public words.", "授予单位的公开名称。"),
    "home": ("The id of the community that the volunteer belongs to.", "志愿者所属社区（村）的编号。"),
    "in_charge": (
        "The id of the person in charge; null where that is not known.",
        "负责人的编号；不详时为 null。",
    ),
    "into": ("The id of the community that it becomes a part of.", "并入的社区（村）的编号。"),
    "level": ("The level of the community in the tree.", "社区（村）的层级。"),
    "members": ("How many are in the team itself today.", "该队自身今天的成员人数，不含下级服务队。"),
    "number": (
        "The volunteer number, for those who may know it; null for others.",
        "志愿者编号，只显示给有权查看者；对其他人为 null。",
    ),
    "organisation": ("The id of the organisation.", "单位的编号。"),
    "organiser": ("Who held the training, in public words.", "举办培训的单位，公开文字。"),
    "parent": (
        "The id of the one that it stands beneath; null at the top of the tree.",
        "上级的编号；最上级为 null。",
    ),
    "person": (
        "Who it is, for the directory; nothing of it goes into the log.",
        "登记到名册的个人信息；不写入总账。",
    ),
    "phone": ("The phone number; empty where it is not known.", "手机号码；不详时为空。"),
    "post": ("The post: a code, such as `liaison`.", "岗位：代码，如 `liaison`。"),
    "remark": ("What the office notes of the person; empty for nothing.", "对此人的备注；没有时为空。"),
    "sex": (
        "The sex, as the office writes it; empty where it is not known.",
        "性别，按登记时的写法；不详时为空。",
    ),
    "skill": ("The skill: a code.", "技能：代码。"),
    "skills": (
        "The skills that whoever signs up must have: codes; empty for none.",
        "报名者须具备的技能：代码；没有要求时为空。",
    ),
    "standing": (
        "Whether the volunteer may serve and spend today.",
        "志愿者今天的状态：能否服务和使用时间币。",
    ),
    "team": ("The id of the team; null for none.", "服务队的编号；没有时为 null。"),
    "volunteer": (
        "The id of the volunteer; null where the caller may not know it.",
        "志愿者的编号；调用方无权查看时为 null。",
    ),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("AssignTeamBody", "place"): (
        "The team, the role in it and, where it is known, until when.",
        "服务队、队内角色，以及归队的结束日期（如已知）。",
    ),
    ("ChangeTeamBody", "place"): (
        "The team, the role in it and, where it is known, until when.",
        "服务队、队内角色，以及归队的结束日期（如已知）。",
    ),
    ("CompleteTrainingBody", "day"): (
        "The day on which it was completed; today unless said, and never a later one.",
        "完成培训的日期；未填写时为今天，不得晚于今天。",
    ),
    ("CompleteTrainingBody", "minutes"): ("How long it took, in minutes.", "培训时长，以分钟计。"),
    ("EstablishCommunityBody", "level"): (
        "The level in the tree; unless said, the one below the level of its parent.",
        "层级；未填写时为上级的下一级。",
    ),
    ("Profile", "skills"): (
        "The skills that the volunteer has today: codes; empty for none.",
        "志愿者今天具备的技能：代码；没有时为空。",
    ),
    ("RecogniseSkillBody", "until"): (
        "The first day on which it counts no more; null where that is open.",
        "结束日期，自当天起不再有效；未定时为 null。",
    ),
    ("RegisterVolunteerBody", "day"): (
        "The day of registration; today unless said. Earlier service counts as on it.",
        "注册日期；未填写时为今天。此前的服务按当天计。",
    ),
    ("RegisterVolunteerBody", "place"): (
        "The team to belong to at once, in which role, and until when.",
        "注册时即加入的服务队、队内角色及归队的结束日期。",
    ),
    ("Training", "minutes"): ("How long it took, in minutes.", "培训时长，以分钟计。"),
}
