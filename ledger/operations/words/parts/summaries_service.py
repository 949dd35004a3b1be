"""What the operations on activities, shifts, venues, presence and records do."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "listServiceRecordsOfVolunteer": (
        "A volunteer's service records, the latest first.",
        "志愿者的服务记录，最近的在前。",
    ),
    "listSignUpsOfVolunteer": (
        "All that a volunteer ever signed up for, the latest shift first.",
        "志愿者的全部报名，班次最近的在前。",
    ),
    "listCalendar": (
        "The shifts of some days that a volunteer has a place on, or waits for.",
        "志愿者在若干天内已获名额或在候补的班次。",
    ),
    "listVisitsOfVolunteer": (
        "When a volunteer was somewhere, the latest first.",
        "志愿者的签到记录，最近的在前。",
    ),
    "listServiceRecords": (
        "Service records by first day, such as those that await a decision; to a coordinator those of their area's"
        " volunteers, and those of anybody that were served there.",
        "服务记录，按首个服务日排列，例如待审核的；社区管理员只能查看本社区（村）及其下级志愿者的，"
        "以及在当地服务的任何人的。",
    ),
    "getServiceRecord": (
        "One service record, by its id or as its source numbers it: source:external-id.",
        "一条服务记录，按其编号，或按来源及其在该来源的编号，两者以半角冒号相连。",
    ),
    "reportService": (
        "Say that a volunteer served; it counts once somebody else approves it.",
        "上报志愿者的服务；须由他人审核通过后计入。",
    ),
    "attestService": (
        "Report and approve a record in one step, on an office's authority.",
        "由工作人员认定服务，上报与审核一步完成。",
    ),
    "approveService": (
        "Let a reported record count: for the office where its volunteer lives, or where it was served.",
        "审核通过已上报的服务记录：由志愿者所属社区（村）或举办地的工作人员办理。",
    ),
    "declineService": (
        "Turn a reported record down: for the office where its volunteer lives, or where it was served.",
        "审核不通过已上报的服务记录：由志愿者所属社区（村）或举办地的工作人员办理。",
    ),
    "reverseService": (
        "Take back a record that counts; its volunteer may fall below zero.",
        "撤销已计入的服务记录；志愿者的余额可能因此为负。",
    ),
    "listVenues": ("The venues, by name.", "阵地，按名称排列。"),
    "getVenue": ("A venue, and what it shows now.", "一处阵地，及其当前的展示主题。"),
    "openVenue": ("Put a venue in use.", "启用阵地。"),
    "reviseVenue": ("Describe a venue anew.", "修改阵地信息。"),
    "updateVenue": ("Show something new at a venue.", "更新阵地的展示主题。"),
    "renewVenueCode": ("Show another code at a venue's clock-in point.", "更换阵地打卡点的打卡码。"),
    "closeVenue": ("Take a venue out of use.", "停用阵地。"),
    "listActivities": ("Activities, by day.", "活动，按日期排列。"),
    "getActivity": ("An activity.", "一个活动。"),
    "publishActivity": ("Announce an activity.", "发布活动。"),
    "reviseActivity": ("Describe an activity anew, or plan it for another day.", "修改活动信息，或改期。"),
    "reportActivity": ("Say what came of an activity.", "填报活动成效。"),
    "cancelActivity": ("Call an activity off that has no shifts any more.", "取消活动，其班次须已取消。"),
    "cancelActivityWithShifts": (
        "Call an activity off with its shifts; nothing is recorded unless all of them can be.",
        "取消活动及其全部班次；有一项不能取消的，全部不办理。",
    ),
    "listShiftsOfActivity": (
        "The shifts of an activity, those called off too.",
        "一个活动的班次，含已取消的。",
    ),
    "listShifts": ("The shifts of the coming days, as they begin.", "今后各日的班次，按开始时间排列。"),
    "getShift": ("A shift, and how full it is.", "一个班次，及其名额情况。"),
    "listRoster": (
        "Who has a place on a shift, then who waits for one.",
        "班次的名单：先列已获名额者，再列候补者。",
    ),
    "publishShift": (
        "Let volunteers sign up for a stretch of an activity.",
        "发布活动的班次，供志愿者报名。",
    ),
    "cancelShift": ("Call a shift off, and release everybody who signed up.", "取消班次，并释放全部报名。"),
    "getSignUp": (
        "A sign-up, and where it stands: on the waitlist, or there.",
        "一条报名及其情况：候补的位次，或签到记录。",
    ),
    "signUp": ("Take a place on a shift, or wait for one.", "报名班次，名额已满时候补。"),
    "placeVolunteer": (
        "Give a volunteer a place, however full the shift is.",
        "由管理员将志愿者安排到班次，不受名额限制。",
    ),
    "fillPlaces": ("Give free places to those who wait.", "将空余名额递补给候补者。"),
    "withdrawSignUp": ("Give up a place, or the wait for one.", "取消报名，放弃名额或候补。"),
    "withdrawAllSignUps": (
        "Give up every place, and every wait, of a volunteer on shifts that have not begun.",
        "退出志愿者在未开始班次上的全部报名和候补。",
    ),
    "recordNoShow": ("Note that a volunteer with a place did not come.", "登记已获名额的志愿者缺席。"),
    "liftNoShow": ("Take a no-show back.", "撤销缺席登记。"),
    "checkIn": (
        "Come to a shift, from an hour before it begins until it ends.",
        "班次签到：开始前一小时起，至班次结束。",
    ),
    "checkOutOfShift": (
        "Leave a shift; what was served is reported for somebody else to approve.",
        "班次签退；服务时长随即上报，由他人审核。",
    ),
    "clockIn": (
        "Come to a venue without a shift, by the code that is shown there.",
        "在阵地打卡，无须班次，凭现场公示的打卡码。",
    ),
    "checkOut": (
        "Leave; what was served is reported for somebody else to approve.",
        "签退；服务时长随即上报，由他人审核。",
    ),
    "abandonVisit": ("Close a visit of which nobody knows how long it was.", "作废时长不详的签到。"),
}
