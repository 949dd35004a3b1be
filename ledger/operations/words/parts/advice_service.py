"""Refusals that concern activities, shifts, presence and records: Chinese titles, and what to do about them."""

TITLES_ZH = {
    "already-came": "志愿者已签到",
    "already-decided": "该服务记录已审核",
    "already-recorded": "该编号已有记录",
    "already-reversed": "该服务记录已撤销",
    "already-signed-up": "已报名该班次",
    "called-off": "活动已取消",
    "consent-missing": "未登记监护人同意",
    "day-full": "一天超过24小时",
    "forgotten-check-out": "签到已超过24小时",
    "has-begun": "班次已有人签到",
    "held-already": "活动已填报成效",
    "looks-the-same": "与已计入的记录看似相同",
    "more-than-present": "记录时长超过在场时长",
    "nobody-to-promote": "没有可递补的志愿者",
    "not-a-no-show": "没有缺席记录",
    "not-approved": "服务记录未通过审核",
    "not-eligible": "不符合班次要求",
    "not-their-visit": "不是本人的签到",
    "nothing-new": "内容没有变化",
    "overlapping-shift": "该时段已有班次",
    "own-record": "不能审核自己的记录",
    "own-report": "不能审核自己上报的记录",
    "period-already-closed": "该月份已结账",
    "period-not-over": "该月份尚未结束",
    "shift-called-off": "班次已取消",
    "shift-full": "班次名额与候补均已满",
    "shift-not-over": "班次尚未结束",
    "shift-over": "班次已结束",
    "shifts-left": "活动还有班次",
    "sign-up-ended": "报名已退出或释放",
    "somewhere-else": "上一次签到尚未签退",
    "still-waiting": "仍在候补",
    "too-early-to-check-in": "尚未到签到时间",
    "unknown-activity": "没有这个活动",
    "unknown-record": "没有这条服务记录",
    "unknown-role": "班次没有这个岗位",
    "unknown-shift": "没有这个班次",
    "unknown-sign-up": "没有这条报名",
    "unknown-venue": "没有这个阵地",
    "unknown-visit": "没有这次签到",
    "visit-counted": "该签到已计入服务记录",
    "visit-not-over": "尚未签退",
    "visit-over": "已经签退",
    "wrong-code": "打卡码不符",
}

ADVICE = {
    "already-came": (
        "Whoever has checked in neither gives the place up nor is a no-show; check the volunteer out instead.",
        "已签到的不能取消报名或登记缺席，请办理签退。",
    ),
    "already-decided": (
        "Look at the record; to take an approved one back, reverse it.",
        "请查看该记录；已通过的如需取消，请撤销。",
    ),
    "already-recorded": (
        "There is nothing to do: it is recorded. For another one, leave the id to us.",
        "无需处理，已有记录；如需另记一条，请勿指定相同编号。",
    ),
    "already-reversed": (
        "There is nothing to do: the record counts no more.",
        "无需处理，该服务记录已不再计入。",
    ),
    "already-signed-up": (
        "Look at the volunteer's sign-ups: one of them is for this shift.",
        "请查看志愿者的报名，其中已有该班次的报名。",
    ),
    "called-off": (
        "Choose another activity, or publish a new one.",
        "请选择其他活动，或重新发布。",
    ),
    "consent-missing": (
        "Let the office note the guardian's consent, then sign up again.",
        "请由管理员登记监护人同意后再报名。",
    ),
    "day-full": (
        "Correct the minutes or the day, or reverse the record that is wrong.",
        "请更正时长或日期，或撤销当日有误的记录。",
    ),
    "forgotten-check-out": (
        "Let a coordinator abandon the visit and report what was served.",
        "请由管理员作废此次签到，并补报服务时长。",
    ),
    "has-begun": (
        "Leave the shift as it is, and let those who came check out.",
        "请保留该班次，并为已签到者办理签退。",
    ),
    "held-already": (
        "If a figure is wrong, report the activity again.",
        "如数据有误，请重新填报活动成效。",
    ),
    "looks-the-same": (
        "Compare it with the record that is named. If it is the same service, leave it; if it is another one, send it"
        " with `again`.",
        "请与所示记录核对：同一次服务不必再报；确为另一次服务的，请加 `again`。",
    ),
    "more-than-present": (
        "Report no more minutes than the volunteer was there.",
        "填报时长请勿超过实际在场时长。",
    ),
    "nobody-to-promote": (
        "Look at the waitlist and the free places; there is nobody to give one to now.",
        "请核对候补名单与空余名额，目前无人可以递补。",
    ),
    "not-a-no-show": (
        "There is nothing to lift: nobody noted a no-show for this sign-up.",
        "无需更正，该报名没有记为缺席。",
    ),
    "not-approved": (
        "Decline the record if it was reported wrongly; only what counts is reversed.",
        "如上报有误请审核不通过；只有已计入的记录才能撤销。",
    ),
    "not-eligible": (
        "Choose another shift, let the office note what is missing, or let a coordinator place the volunteer.",
        "请选择其他班次，或由管理员补充登记，或由管理员安排。",
    ),
    "not-their-visit": (
        "Name a visit of the volunteer whom the record is of.",
        "请填写该记录所属志愿者本人的签到。",
    ),
    "nothing-new": (
        "There is nothing to do: it is described so already.",
        "无需处理，内容与现有的一致。",
    ),
    "overlapping-shift": (
        "Give up the place on the other shift first, or choose another time.",
        "请先退出时间冲突的班次，或改选其他时间。",
    ),
    "own-record": (
        "Ask somebody else to decide.",
        "请由其他有权限的人员审核。",
    ),
    "own-report": (
        "Ask somebody who did not report the record to decide.",
        "请由上报者以外的人员审核。",
    ),
    "shift-called-off": (
        "Choose another shift of the activity.",
        "请选择该活动的其他班次。",
    ),
    "shift-full": (
        "Choose another shift or role, or ask again once somebody has given up a place.",
        "请选择其他班次或岗位，或待有人退出后再报名。",
    ),
    "shift-not-over": (
        "Wait until the shift has ended.",
        "请在班次结束后再登记缺席。",
    ),
    "shift-over": (
        "Choose a shift that is still to come.",
        "请选择尚未结束的班次。",
    ),
    "shifts-left": (
        "Cancel the activity's shifts first.",
        "请先取消该活动的全部班次。",
    ),
    "sign-up-ended": (
        "Sign up anew while the shift has places.",
        "如班次仍有名额，请重新报名。",
    ),
    "somewhere-else": (
        "Check out of the visit that goes on first.",
        "请先为尚未结束的签到办理签退。",
    ),
    "still-waiting": (
        "Wait to be promoted, or let a coordinator give a place.",
        "请等待递补，或由管理员安排名额。",
    ),
    "too-early-to-check-in": (
        "Check in from an hour before the shift begins.",
        "请在班次开始前1小时内签到。",
    ),
    "unknown-activity": (
        "List the activities, and take an id from there.",
        "请从活动列表中选取编号。",
    ),
    "unknown-record": (
        "Look at the volunteer's service records, and take the id from there.",
        "请从志愿者的服务记录中选取编号。",
    ),
    "unknown-role": (
        "Name one of the roles that the shift wants.",
        "请填写该班次所需的岗位。",
    ),
    "unknown-shift": (
        "List the activity's shifts, and take an id from there.",
        "请从活动的班次列表中选取编号。",
    ),
    "unknown-sign-up": (
        "Look at the sign-ups of the volunteer or the shift, and take the id from there.",
        "请从志愿者或班次的报名列表中选取编号。",
    ),
    "unknown-venue": (
        "List the venues, and take the id of one that is open.",
        "请从阵地列表中选取正在使用的一处。",
    ),
    "unknown-visit": (
        "Look at the volunteer's visits, and take the id from there.",
        "请从志愿者的签到记录中选取编号。",
    ),
    "visit-counted": (
        "Reverse the record that counts it first, if that one is wrong.",
        "如已计入的记录有误，请先撤销该记录。",
    ),
    "visit-not-over": (
        "Check out first.",
        "请先签退，再填报时长。",
    ),
    "visit-over": (
        "There is nothing to do: the visit has its end.",
        "无需处理，此次签到已结束。",
    ),
    "wrong-code": (
        "Read the code that is shown at the venue now.",
        "请重新扫描阵地现场公示的打卡码。",
    ),
    "period-already-closed": (
        "There is nothing to do: read its report. What is recorded for the month from now on is a correction.",
        "无需处理，请查看该月报表；此后入账的为更正。",
    ),
    "period-not-over": (
        "Close the month once its last day is over, or name an earlier one.",
        "请在该月最后一天结束后结账，或填写更早的月份。",
    ),
}
