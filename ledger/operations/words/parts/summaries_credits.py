"""What the operations on credits, offers and redemptions do."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "getBalance": ("What a volunteer has served and can spend.", "志愿者的余额：服务时长和可用的时间币。"),
    "listStatementLines": (
        "Every change of a volunteer's two books, in the order of booking.",
        "志愿者的明细：服务时长和时间币的每笔变动，按入账顺序。",
    ),
    "listRedemptionsOfVolunteer": (
        "What a volunteer redeemed, the latest first.",
        "志愿者的兑换，最近的在前。",
    ),
    "getPool": ("What lies in a community's pool.", "社区（村）公益池的余额。"),
    "transferCredits": (
        "Give credits of one volunteer to another.",
        "将一名志愿者的时间币转赠给另一名志愿者。",
    ),
    "donateCredits": (
        "Give credits of a volunteer to a community's pool.",
        "将志愿者的时间币捐赠给社区（村）的公益池。",
    ),
    "grantCredits": (
        "Give credits out of a community's pool to a volunteer.",
        "从社区（村）的公益池向志愿者发放时间币。",
    ),
    "listOffers": ("What credits buy, and how many items of each are left.", "兑换项目，及各项剩余的件数。"),
    "getOffer": ("One offer, and how many of its items are left.", "一个兑换项目，及其剩余的件数。"),
    "publishOffer": ("Let volunteers spend credits on something.", "发布兑换项目，供志愿者用时间币兑换。"),
    "restockOffer": ("Add items to an offer.", "为兑换项目补货。"),
    "closeOffer": ("Let nobody redeem an offer any more.", "停止兑换项目，不再受理兑换。"),
    "listRedemptions": (
        "Redemptions, such as those whose items are to be handed over.",
        "兑换，例如待领取的。",
    ),
    "getRedemption": ("One redemption.", "一笔兑换。"),
    "placeRedemption": (
        "Hold a volunteer's minutes, and items of an offer.",
        "预约兑换：占用志愿者的时间币和兑换项目的库存。",
    ),
    "fulfilRedemption": (
        "Hand the items over: the hold is spent.",
        "办理领取：交付物品，占用的时间币随即用去。",
    ),
    "cancelRedemption": (
        "Release a hold before the items were handed over.",
        "在领取之前取消兑换，退还占用的时间币和库存。",
    ),
    "returnRedemption": (
        "Undo what was fulfilled: items and minutes come back.",
        "退回已领取的兑换，物品与时间币一并退还。",
    ),
    "expireRedemption": ("Release a hold whose time is over.", "释放已到期的占用。"),
    "expireDueRedemptions": ("Release every hold whose time is over.", "释放全部已到期的占用。"),
}
