"""Refusals that concern credits, offers and policies: Chinese titles, and what to do about them."""

TITLES_ZH = {
    "already-open": "账本已启用",
    "already-returned": "该兑换已退回",
    "already-settled": "该兑换已办结",
    "no-policy": "没有生效的管理办法",
    "not-enough-credits": "时间币余额不足",
    "not-expired-yet": "兑换尚未到期",
    "not-fulfilled": "兑换尚未领取",
    "offer-not-begun": "兑换项目尚未开始",
    "offer-over": "兑换项目已结束",
    "out-of-stock": "库存不足",
    "policy-unchanged": "管理办法没有变化",
    "same-account": "转出方与转入方相同",
    "too-many-minutes": "超过单次兑换上限",
    "unknown-offer": "没有这个兑换项目",
    "unknown-redemption": "没有这笔兑换",
}

ADVICE = {
    "already-open": (
        "There is nothing to do: the ledger is open.",
        "无需处理，账本已可使用。",
    ),
    "already-returned": (
        "There is nothing to do: items and minutes came back before.",
        "无需处理，物品与时间币此前已退回。",
    ),
    "already-settled": (
        "Look at the redemption: it was fulfilled, cancelled or expired. What was handed over can be returned.",
        "请查看该兑换的状态；已领取的可以办理退回。",
    ),
    "no-policy": (
        "Let the office adopt a policy that is in force on that day, or give a later day.",
        "请由管理员颁布当日生效的管理办法，或改用之后的日期。",
    ),
    "not-enough-credits": (
        "Look at the balance, and ask for what is left to spend at most.",
        "请查看余额，数额不要超过可用时间币。",
    ),
    "not-expired-yet": (
        "Wait until the day on which it may expire, or cancel the redemption.",
        "请等到可失效之日，或改为取消兑换。",
    ),
    "not-fulfilled": (
        "Cancel the redemption: what was never handed over needs no return.",
        "尚未领取的请直接取消兑换。",
    ),
    "offer-not-begun": (
        "Redeem it from its first day on.",
        "请自开始日期起兑换。",
    ),
    "offer-over": (
        "Choose another offer.",
        "请选择其他兑换项目。",
    ),
    "out-of-stock": (
        "Take fewer items, or ask again once the offer is restocked.",
        "请减少件数，或待补货后再兑换。",
    ),
    "policy-unchanged": (
        "There is nothing to do: the policy is adopted so already.",
        "无需处理，该管理办法已按此施行。",
    ),
    "same-account": (
        "Name somebody else to receive the credits.",
        "请填写本人以外的转入方。",
    ),
    "too-many-minutes": (
        "Take fewer items at once.",
        "请减少单次兑换的件数。",
    ),
    "unknown-offer": (
        "List the offers, and take an id from there.",
        "请从兑换项目列表中选取编号。",
    ),
    "unknown-redemption": (
        "Look at the volunteer's redemptions, and take the id from there.",
        "请从志愿者的兑换记录中选取编号。",
    ),
}
