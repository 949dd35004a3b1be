"""The codes that the ledger itself defines, in Chinese; in English a code is its own word.

An office's own codes, such as its kinds of venues, are not among them.
"""

from collections.abc import Mapping

from ledger.operations.words.terms import TERM_KINDS_ZH

EVENTS_ZH: Mapping[str, str] = {
    "activity-cancelled": "活动取消",
    "activity-published": "活动发布",
    "activity-reported": "活动成效填报",
    "activity-revised": "活动修改",
    "age-band-noted": "年龄段登记",
    "community-closed": "社区（村）关闭",
    "community-established": "社区（村）设立",
    "community-merged": "社区（村）合并",
    "community-renamed": "社区（村）更名",
    "community-reparented": "社区（村）变更上级",
    "credits-donated": "时间币捐赠",
    "credits-granted": "时间币发放",
    "credits-transferred": "时间币转赠",
    "designation-ended": "称号终止",
    "designation-granted": "称号授予",
    "ledger-named": "账本命名",
    "ledger-opened": "账本启用",
    "no-show-lifted": "缺席撤销",
    "no-show-recorded": "缺席登记",
    "offer-closed": "兑换项目关闭",
    "offer-published": "兑换项目发布",
    "offer-restocked": "兑换项目补货",
    "organisation-attached": "单位挂靠",
    "organisation-detached": "单位挂靠终止",
    "period-closed": "按月结账",
    "policy-adopted": "管理办法施行",
    "post-left": "卸任",
    "post-taken": "任职",
    "redemption-cancelled": "兑换取消",
    "redemption-expired": "兑换过期",
    "redemption-fulfilled": "兑换领取",
    "redemption-placed": "兑换预约",
    "redemption-returned": "兑换退回",
    "service-approved": "服务记录审核通过",
    "service-attested": "服务记录认定",
    "service-declined": "服务记录审核不通过",
    "service-reported": "服务记录上报",
    "service-reversed": "服务记录撤销",
    "shift-cancelled": "班次取消",
    "shift-published": "班次发布",
    "sign-up-promoted": "候补递补",
    "sign-up-released": "名额收回",
    "sign-up-withdrawn": "报名取消",
    "skill-ended": "技能终止",
    "skill-recognised": "技能认定",
    "team-assigned": "归队",
    "team-assignment-ended": "离队",
    "team-disbanded": "服务队解散",
    "team-formed": "服务队成立",
    "team-renamed": "服务队更名",
    "team-reparented": "服务队变更上级",
    "term-defined": "术语定义",
    "training-annulled": "培训作废",
    "training-completed": "培训完成",
    "venue-closed": "阵地关闭",
    "venue-code-renewed": "打卡码更换",
    "venue-opened": "阵地启用",
    "venue-revised": "阵地修改",
    "venue-updated": "阵地展示更新",
    "visit-abandoned": "签到作废",
    "volunteer-checked-in": "签到",
    "volunteer-checked-out": "签退",
    "volunteer-clocked-in": "打卡",
    "volunteer-moved": "志愿者变更社区（村）",
    "volunteer-placed": "管理员安排",
    "volunteer-registered": "志愿者注册",
    "volunteer-reinstated": "志愿者恢复服务",
    "volunteer-signed-up": "报名",
    "volunteer-suspended": "志愿者暂停服务",
    "volunteer-waitlisted": "报名候补",
    "volunteer-withdrawn": "志愿者退出",
}
"""What kinds of facts there are, by the types that are stored."""

_BANDS_ZH = {"adult": "成年", "minor": "未成年", "minor-with-consent": "未成年，监护人同意"}

CODES_ZH: Mapping[str, Mapping[str, str]] = {
    "account": {
        "clearing": "清算",
        "expired": "过期",
        "held": "占用",
        "issuance": "发行",
        "pool": "公益池",
        "redeemed": "兑换",
        "volunteer": "志愿者",
    },
    "age_band": _BANDS_ZH,
    "ages": _BANDS_ZH,
    "band": _BANDS_ZH,
    "event": EVENTS_ZH,
    "evidence": {"attested": "认定", "check-in": "签到"},
    "kind": TERM_KINDS_ZH,
    "language": {"en": "英文", "zh": "中文"},
    "level": {"county": "区县", "town": "镇街", "village": "社区（村）"},
    "mode": {"on-site": "现场", "online": "线上"},
    "role": {
        "admin": "管理员",
        "auditor": "审计员",
        "coordinator": "社区管理员",
        "integration": "对接平台",
        "leader": "队长",
        "member": "队员",
        "volunteer": "志愿者",
    },
    "standing": {"active": "正常", "suspended": "暂停服务", "withdrawn": "已退出"},
    "type": EVENTS_ZH,
}
"""By field, then by code."""

_STATES_ZH: Mapping[str, Mapping[str, str]] = {
    "act": {"planned": "计划中", "held": "已举办", "cancelled": "已取消"},
    "rec": {
        "reported": "待审核",
        "approved": "审核通过",
        "declined": "审核不通过",
        "attested": "已认定",
        "reversed": "已撤销",
    },
    "red": {
        "placed": "待领取",
        "fulfilled": "已领取",
        "cancelled": "已取消",
        "expired": "已过期",
        "returned": "已退回",
    },
    "sig": {
        "placed": "已报名",
        "waiting": "候补中",
        "withdrawn": "已取消报名",
        "released": "名额已收回",
        "no-show": "缺席",
    },
    "vis": {"going-on": "进行中", "over": "已签退", "abandoned": "已作废"},
}
"""What has become of things, by what their ids begin with."""


def code_in_chinese(field: str, code: str, thing: str = "") -> str | None:
    """A code of a field in Chinese, of a thing of this id; None where it is none of the ledger's own."""
    known = _STATES_ZH.get(thing[:3], {}) if field == "state" else CODES_ZH.get(field, {})
    return known.get(code)
