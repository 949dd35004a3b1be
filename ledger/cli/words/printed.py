"""What the counter prints of what an office does and asks: titles, sentences, and what stands for nothing."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

COUNTED_ZH: Mapping[str, str] = {
    "account": "个账户",
    "checkpoint": "个检查点",
    "event": "个事件",
    "fact": "个事件",
    "line": "行",
    "member": "名",
    "other": "名",
    "other account": "个其他账户",
    "row": "行",
    "transaction": "笔交易",
    "volunteer": "名志愿者",
}
"""What is counted, after its number; English says the thing itself."""

PRINTED: Mapping[str, Said] = {
    # The two clocks, and periods.
    "all_time": ("all time", "全部期间"),
    "as_of": (", as of {day}", "，服务日截至 {day}"),
    "known_at": (", known at {moment}", "，入账截至 {moment}"),
    "position": ("position {number:,}", "序号 {number:,}"),
    "day_and_position": ("{day}, {position}", "{day}，{position}"),
    # One thing, and its fields.
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "none": ("none", "无"),
    "there_are_none": ("There are none.", "没有符合条件的内容。"),
    "nothing_to_do": ("There is nothing to do.", "没有需要办理的。"),
    "until": ("{since}, until {until}", "{since} 至 {until}"),
    # Activities and shifts.
    "no_activities": ("There are no such activities.", "没有符合条件的活动。"),
    "no_shifts_of_activity": ("It has no shifts.", "该活动没有班次。"),
    "no_shifts": ("No shift begins in these days.", "这些日期内没有班次开始。"),
    "shift_cancelled": ("cancelled", "已取消"),
    "roster_cancelled": ("It was cancelled.", "该班次已取消。"),
    "nobody_signed_up": ("Nobody has signed up.", "暂无人报名。"),
    "roster": ("{activity}, {when}", "{activity}，{when}"),
    "nothing_in_days": ("Nothing in these days.", "这些日期内没有报名。"),
    "nowhere_in_days": ("Nowhere in these days.", "这些日期内没有签到记录。"),
    "no_hold_due": ("No hold is due.", "没有已到期的占用。"),
    "no_shift_ahead": ("No shift lies ahead.", "没有未开始的班次。"),
    # Appointments.
    "nobody_in_post": ("Nobody holds a post there then.", "当时当地没有任职者。"),
    "no_attachment": ("No organisation is attached then.", "当时没有挂靠单位。"),
    "no_designation": ("Nobody bears a title then.", "当时没有称号。"),
    "no_training": ("No training yet.", "暂无培训记录。"),
    # Boards, contributions and reports.
    "nobody_served": ("Nobody has served in this period.", "该期间内没有服务。"),
    "no_communities": ("There are no communities yet.", "尚未设立社区（村）。"),
    "board": ("Leaderboard of {by}, {when}", "{by}排行榜，{when}"),
    "of_volunteers": ("volunteers", "志愿者"),
    "of_teams": ("teams", "服务队"),
    "of_communities": ("communities", "社区（村）"),
    "place": ("The place of {whom} among {by}, {when}", "{whom} 在{by}排行榜上的名次，{when}"),
    "no_place": (
        "{whom} has no service on this board of {members}.",
        "{whom} 没有计入本榜的服务时长；榜上共 {members}。",
    ),
    "rank": ("Rank {rank:,} of {members:,}{shared}.", "第 {rank:,} 名，共 {members:,} 名{shared}。"),
    "shared": (", shared with {others}", "，与另外 {others}并列"),
    "contributions": ("Contributions, {when}", "贡献，{when}"),
    "by_programme": ("{what} by programme", "{what}：按品牌项目"),
    "by_month": ("{what} by month", "{what}：按月份"),
    "by_form": ("{what} by form", "{what}：按形式"),
    "activities_held": ("Activities held", "举办活动"),
    "none_named": ("none named", "未注明"),
    "report": ("Report of {whose}, {when}", "{whose}的统计报表，{when}"),
    "whole_ledger": ("the whole ledger", "整个账本"),
    "volunteers_on": ("Volunteers on {day}", "志愿者人数（{day}）"),
    "venues_by_kind": ("Venues", "阵地"),
    "teams_by_field": ("Teams by field", "服务队（按领域）"),
    "teams_by_brand": ("Teams by brand", "服务队（按品牌）"),
    "posts_by_kind": ("Posts held", "在任岗位"),
    "organisations_by_kind": ("Organisations", "挂靠单位"),
    "designations_by_name": ("Designations", "称号"),
    # Closed months.
    "closed_months": ("Closed months", "已结账月份"),
    "no_closings": ("No month is closed yet.", "尚无已结账的月份。"),
    "corrections": ("Corrections of {month}", "{month}的更正"),
    "no_corrections": (
        "Nothing was recorded for {month} since it was closed.",
        "{month}结账后没有新入账的服务。",
    ),
    "month_report": ("{month}, as known at position {position:,}", "{month}月报，入账截至序号 {position:,}"),
    # Figures of a volunteer.
    "no_number": ("a volunteer without a number", "无编号的志愿者"),
    "statement": ("Statement of {who}{when}", "{who} 的明细{when}"),
    "nothing_booked": ("Nothing was booked yet.", "暂无入账。"),
    "account": ("{kind}:{owner}", "{kind}：{owner}"),
    # Offers and redemptions.
    "offer_closed": ("closed", "已关闭"),
    "no_offers_today": (
        "Nothing can be had today; --all lists every offer.",
        "今天没有可兑换的项目；使用 --all 列出全部项目。",
    ),
    "no_offers": ("There are no offers.", "没有兑换项目。"),
    "no_redemptions": ("There are no such redemptions.", "没有符合条件的兑换。"),
    # Volunteers and service records.
    "not_known": ("not known", "不详"),
    "not_noted": ("not noted", "未登记"),
    "none_noted": ("none noted", "未登记"),
    "no_records": ("There are no such records.", "没有符合条件的服务记录。"),
    # The two trees.
    "ended": ("{name} (ended)", "{name}（已结束）"),
    "disbanded": ("{name} (disbanded)", "{name}（已解散）"),
    "no_teams": ("There are no teams yet.", "尚未成立服务队。"),
    "teams": ("Teams, {when}", "服务队，{when}"),
    "nobody_in_team": ("Nobody belongs to this team.", "该服务队没有成员。"),
    "service_in": ("Service, {when}", "服务时长（{when}）"),
    "members": ("Members ({number:,})", "成员（{number:,} 名）"),
    "sub_teams": ("Sub-teams", "下级服务队"),
    # Venues.
    "venue_closed": ("closed {day}", "{day} 关闭"),
    "no_venues": ("There are no such venues.", "没有符合条件的阵地。"),
    # What was recorded.
    "recorded": ("Recorded: {what}.", "已入账：{what}。"),
    "recorded_before": ("Recorded before, under this key: {what}.", "此前已以同一请求编号入账：{what}。"),
    "would_be_recorded": (
        "Would be recorded: {what}. Nothing was.",
        "将入账：{what}。本次未作记录。",
    ),
    "told_once": (
        "The {name} is {value} (told once: the ledger keeps no copy)",
        "{name}：{value}（只显示一次，账本不留底）",
    ),
    "nothing_recorded": (
        "Nothing was recorded. What would become of it:",
        "未作记录。各项的结果将为：",
    ),
    "refused": ("refused: {why}", "未办理：{why}"),
    "several_times": ("{kind} ({count:,} times)", "{kind}（{count:,} 次）"),
    "before": ("recorded before: {what}", "此前已入账：{what}"),
    "at_position": ("{what}, position {number:,}", "{what}，序号 {number:,}"),
    "between": (", ", "、"),
    "listed": (", ", "，"),
    "in_place": ("in {place}", "属 {place}"),
}

NOTHING: Mapping[str, str] = {
    "expireDueRedemptions": "no_hold_due",
    "withdrawAllSignUps": "no_shift_ahead",
}
"""What is said of an operation on several things where there is nothing that is done to anything."""
