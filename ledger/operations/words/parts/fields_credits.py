"""What the fields that tell of credits, offers, redemptions and policies mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.parts.fields_audit import OTHERS_EN, OTHERS_ZH
from ledger.operations.words.said import Said

FIELDS: Mapping[str, Said] = {
    "about": (
        f"What the line is about: the activity or the offer, or the account on the other side. {OTHERS_EN}",
        f"该笔明细所涉的活动、兑换项目或对方账户。{OTHERS_ZH}",
    ),
    "closed": ("Whether it is closed for good.", "是否已停止兑换，不再恢复。"),
    "credit_balance": (
        "Credit minutes on the account after this line.",
        "该笔之后账户的时间币余额，以分钟计。",
    ),
    "credit_minutes": ("Minutes that can be spent.", "可用的时间币，以分钟计。"),
    "credits": (
        "So many credit minutes are earned for the minutes `served`.",
        "每服务 `served` 分钟所得的时间币，以分钟计。",
    ),
    "event": ("The type of the fact that the line comes from.", "该笔明细所依据事件的类型。"),
    "expires": (
        "The day from which on the hold may be released because its time is over.",
        "到期日期，自当天起占用可以因过期而释放。",
    ),
    "floor": (
        "The lowest balance, in minutes, that spending may leave on an account.",
        "使用时间币后账户的最低余额，以分钟计。",
    ),
    "free": ("How many items are neither held nor fulfilled.", "既未占用也未领取的件数。"),
    "fulfilled": ("How many items were handed over.", "已领取的件数。"),
    "giver": ("The id of the volunteer who gives.", "转出的志愿者的编号。"),
    "held": ("How many items are held for redemptions.", "兑换所占用的件数。"),
    "hold_days": (
        "After how many days the hold of a redemption may be released.",
        "预约满多少天后，占用可以因过期而释放。",
    ),
    "line": ("The number of the line in the statement, from 1.", "该笔在明细中的行号，从 1 起。"),
    "margin": (
        "How many minutes more than somebody was checked in may count.",
        "时长容差：记录时长最多可超过在场时长多少分钟。",
    ),
    "offer": ("The id of the offer.", "兑换项目的编号。"),
    "offer_name": ("The offer's public name.", "兑换项目的公开名称。"),
    "placed_at": ("The instant at which it was placed.", "预约的时间。"),
    "policy": ("The rules in force today; null where none are.", "今天施行的管理办法；没有时为 null。"),
    "price": ("Credit minutes for one item.", "每件所需的时间币，以分钟计。"),
    "rate": (
        "How many credit minutes so many minutes of service earn.",
        "兑换率：多少分钟服务得多少分钟时间币。",
    ),
    "receiver": ("The id of the volunteer who receives.", "转入的志愿者的编号。"),
    "served": (
        "So many minutes of service earn the minutes of `credits`.",
        "得到时间币 `credits` 分钟所需的服务分钟数。",
    ),
    "service_balance": ("Service minutes in all after this line.", "该笔之后累计的服务时长，以分钟计。"),
    "service_minutes": ("Minutes that were served and count.", "已计入的服务时长，以分钟计。"),
    "stars": (
        "How many stars the service minutes have reached on the policy's ladder.",
        "按管理办法的星级标准，服务时长已达到的星级。",
    ),
    "stock": ("How many items there are at first.", "初始库存的件数。"),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("DonateCreditsBody", "minutes"): ("Credit minutes that are given.", "捐赠的时间币，以分钟计。"),
    ("GrantCreditsBody", "minutes"): ("Credit minutes that are given.", "发放的时间币，以分钟计。"),
    ("Offer", "begins"): ("The first day on which it can be had.", "可以兑换的首日。"),
    ("PlaceRedemptionBody", "items"): ("How many items.", "件数。"),
    ("Redemption", "items"): ("How many items.", "件数。"),
    ("Redemption", "minutes"): ("Credit minutes that they cost.", "所需的时间币，以分钟计。"),
    ("Redemption", "placed"): ("The day on which it was placed.", "预约的日期。"),
    ("Redemption", "since"): ("The day on which it came into its state.", "变为当前状态的日期。"),
    ("RestockOfferBody", "items"): ("How many items are added.", "增加的件数。"),
    ("StatementLine", "credit_minutes"): (
        "Credit minutes that came (or, below zero, went) with this line.",
        "该笔增加（或为负数，即减少）的时间币，以分钟计。",
    ),
    ("StatementLine", "day"): (
        "The day of service, or that on which credits moved.",
        "服务日，或时间币变动的日期。",
    ),
    ("StatementLine", "reason"): (
        "Why, where the fact says so: a code; null for none.",
        "原因：代码；事件中没有时为 null。",
    ),
    ("StatementLine", "service_minutes"): (
        "Service minutes that came (or, below zero, went) with this line.",
        "该笔增加（或为负数，即减少）的服务时长，以分钟计。",
    ),
    ("TransferCreditsBody", "minutes"): ("Credit minutes that are given.", "转赠的时间币，以分钟计。"),
}
