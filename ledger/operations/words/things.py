"""What one thing of each kind is called, in English and in Chinese, by the name that it has in a subject."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

THINGS: Mapping[str, Said] = {
    "volunteer": ("volunteer", "志愿者"),
    "community": ("community", "社区（村）"),
    "team": ("team", "服务队"),
    "assignment": ("team assignment", "归队记录"),
    "record": ("service record", "服务记录"),
    "redemption": ("redemption", "兑换"),
    "offer": ("offer", "兑换项目"),
    "venue": ("venue", "阵地"),
    "activity": ("activity", "活动"),
    "shift": ("shift", "班次"),
    "sign_up": ("sign-up", "报名"),
    "visit": ("visit", "签到记录"),
    "tenure": ("time in a post", "任职记录"),
    "organisation": ("organisation", "单位"),
    "attachment": ("attachment", "挂靠记录"),
    "designation": ("designation", "称号"),
    "training": ("training record", "培训记录"),
    "month": ("closed month", "已结账月份"),
}
