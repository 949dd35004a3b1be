"""Refusals that concern volunteers, communities, teams and appointments: Chinese titles, and what to do about them."""

TITLES_ZH = {
    "already-annulled": "该培训记录已作废",
    "already-attached": "该单位在此时段已挂靠",
    "already-designated": "在此时段已有该称号",
    "already-in-a-team": "在此时段已属于服务队",
    "already-registered": "该志愿者已注册",
    "already-so": "已有此项登记",
    "already-there": "已属于该社区（村）",
    "before-registration": "日期早于注册日期",
    "community-in-use": "仍有下级社区",
    "does-not-hold": "当日没有有效记录",
    "empty-time": "结束日期不晚于开始日期",
    "future-day": "日期尚未到来",
    "in-no-team": "不属于任何服务队",
    "name-taken": "名称已存在",
    "no-such-skill": "没有该项技能",
    "not-in-good-standing": "志愿者当前状态不能办理",
    "not-in-that-team": "没有该归队记录",
    "not-registered": "尚未注册为志愿者",
    "own-ancestor": "不能成为自己的上级",
    "post-held": "在此时段已担任该岗位",
    "standing-unchanged": "状态无需变更",
    "team-in-use": "仍有下级服务队",
    "unknown-community": "没有这个社区（村）",
    "unknown-team": "没有这个服务队",
    "unknown-training": "没有这条培训记录",
    "wrong-level": "层级不符",
}

ADVICE = {
    "already-annulled": (
        "There is nothing to do: the training counts no more.",
        "无需处理，该培训已不再计入。",
    ),
    "already-attached": (
        "End the present attachment first, or choose days that lie outside of it.",
        "请先结束现有挂靠，或改选其他时段。",
    ),
    "already-designated": (
        "End the present designation first, or choose days that lie outside of it.",
        "请先结束现有称号，或改选其他时段。",
    ),
    "already-in-a-team": (
        "To change teams, switch the volunteer from one to the other in one step.",
        "如需换队，请使用换队操作，一步完成。",
    ),
    "already-registered": (
        "Look the volunteer up, and go on with the id that they have.",
        "请查询该志愿者，直接使用已有编号。",
    ),
    "already-so": (
        "There is nothing to do: the log says so already.",
        "无需处理，登记内容已经如此。",
    ),
    "already-there": (
        "Look at the volunteer's home: choose another community, or leave it as it is.",
        "请核对志愿者所属社区（村）：另选一个，或保持不变。",
    ),
    "before-registration": (
        "Give a day on which the volunteer was registered already.",
        "请填写注册日期当天或之后的日期。",
    ),
    "community-in-use": (
        "Move the communities beneath it, or close them, before this one.",
        "请先迁移或关闭其下级社区（村）。",
    ),
    "does-not-hold": (
        "Look at the days of what is to end, and give one on which it holds.",
        "请核对该记录的起止日期，填写其有效期内的日期。",
    ),
    "empty-time": (
        "Give an end that is later than the beginning.",
        "请填写晚于开始日期的结束日期。",
    ),
    "future-day": (
        "Record it once that day has come.",
        "请在该日期到来之后再登记。",
    ),
    "in-no-team": (
        "Assign the volunteer to a team; there is none to change from.",
        "请直接办理归队，该志愿者目前没有服务队可换。",
    ),
    "name-taken": (
        "Use the one that is there, or choose another name.",
        "请使用已有的一项，或另取名称。",
    ),
    "no-such-skill": (
        "Look at the volunteer's skills and their days.",
        "请核对该志愿者的技能及有效期。",
    ),
    "not-in-good-standing": (
        "Ask the office to lift the suspension; whoever withdrew comes back by a reinstatement.",
        "请联系管理员恢复该志愿者的状态后再办理。",
    ),
    "not-in-that-team": (
        "Look at the volunteer's team assignments, and end one that holds on that day.",
        "请核对该志愿者的归队记录，选择当日有效的一条。",
    ),
    "not-registered": (
        "Look at the id, or register the volunteer first.",
        "请核对编号，或先为其注册。",
    ),
    "own-ancestor": (
        "Choose a parent that does not lie beneath it.",
        "请选择不在其下级之中的上级。",
    ),
    "post-held": (
        "Let the present tenure end first, or choose days that lie outside of it.",
        "请先结束现任职，或改选其他时段。",
    ),
    "standing-unchanged": (
        "Look at the volunteer's standing: it is so already, or this step does not lead on from it.",
        "请核对志愿者当前状态：可能已经如此，或不能由此变更。",
    ),
    "team-in-use": (
        "Move the teams beneath it, or disband them, before this one.",
        "请先迁移或解散其下级服务队。",
    ),
    "unknown-community": (
        "List the communities and take an id from there; one that ended takes nothing more.",
        "请从社区（村）列表中选取编号；已关闭的不能再使用。",
    ),
    "unknown-team": (
        "List the teams and take an id from there; one that was disbanded takes nobody more.",
        "请从服务队列表中选取编号；已解散的不能再使用。",
    ),
    "unknown-training": (
        "Look at the volunteer's training, and take the id from there.",
        "请从志愿者的培训记录中选取编号。",
    ),
    "wrong-level": (
        "Villages belong to towns and towns to the county; only equals merge.",
        "社区（村）归属镇街，镇街归属区县；只有同级可以合并。",
    ),
}
