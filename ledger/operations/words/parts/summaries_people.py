"""What the operations on volunteers, communities, teams and appointments do."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "listVolunteers": (
        "The volunteers at home in a community or beneath it, or all; to a coordinator those of their area.",
        "属于某社区（村）及其下级的志愿者，或全部志愿者；社区管理员只能查看本社区（村）及其下级的。",
    ),
    "getVolunteer": (
        "Who a volunteer is here: community, standing, skills and teams.",
        "志愿者的基本情况：所属社区（村）、状态、技能和服务队。",
    ),
    "registerVolunteer": (
        "Register somebody in a community, and in a team if one is given; the directory learns who it is.",
        "在社区（村）注册志愿者，并可同时归队；个人信息登记到名册。",
    ),
    "replacePerson": (
        "Replace what the directory says of a volunteer: number, name, phone, sex and remark.",
        "更新名册中志愿者的信息：编号、姓名、手机号码、性别和备注。",
    ),
    "moveVolunteer": ("Let a volunteer belong to another community.", "将志愿者转到另一社区（村）。"),
    "suspendVolunteer": (
        "Let a volunteer neither serve nor spend for now.",
        "暂停志愿者服务，暂停期间也不能使用时间币。",
    ),
    "reinstateVolunteer": ("End a suspension.", "恢复已暂停服务的志愿者。"),
    "withdrawVolunteer": ("Let somebody be a volunteer no more.", "办理志愿者退出。"),
    "noteAgeBand": ("Note a volunteer's age band.", "登记志愿者的年龄段。"),
    "recogniseSkill": ("Note that a volunteer has a skill.", "登记志愿者的技能。"),
    "endSkill": ("Let a volunteer's skill count no more.", "终止志愿者的技能登记。"),
    "listCommunities": (
        "The tree of communities, the higher levels first.",
        "各级社区（村），层级高的在前。",
    ),
    "getCommunity": ("A community.", "一个社区（村）。"),
    "establishCommunity": ("Establish a community.", "设立社区（村）。"),
    "renameCommunity": ("Give a community another name.", "更改社区（村）的名称。"),
    "reparentCommunity": (
        "Put a community, with all beneath it, under another.",
        "将社区（村）连同其下级迁移到另一上级之下。",
    ),
    "mergeCommunity": (
        "Make a community part of another of its level.",
        "将社区（村）并入另一个同级的社区（村）。",
    ),
    "closeCommunity": ("End a community that has nothing beneath it.", "关闭没有下级的社区（村）。"),
    "listTeams": ("The teams, by id.", "服务队，按编号排列。"),
    "listTeamMembers": (
        "Who is in a team itself today, or on a day, the longest first.",
        "服务队自身今天或某日的成员，归队早的在前。",
    ),
    "getTeam": ("A team, and what was served for it in a period.", "一个服务队，及其期间内的服务时长。"),
    "listTeamFigures": (
        "The teams, by id, with what was served for each in a period.",
        "各服务队及其期间内的服务时长，按编号排列。",
    ),
    "formTeam": ("Form a team.", "组建服务队。"),
    "renameTeam": ("Give a team another name.", "更改服务队的名称。"),
    "reparentTeam": (
        "Put a team, with all beneath it, under another.",
        "将服务队连同其下级迁移到另一上级之下。",
    ),
    "disbandTeam": ("End a team that has nothing beneath it.", "解散没有下级的服务队。"),
    "assignTeam": (
        "Let a volunteer belong to a team from a day on.",
        "办理归队：志愿者自某日起属于某服务队。",
    ),
    "endAssignment": (
        "End a volunteer's stay in a team: an assignment, or the `current` one of the day.",
        "结束归队：按归队记录，或以 `current` 指当日的归队。",
    ),
    "changeTeam": (
        "Let a volunteer belong to another team from a day on.",
        "换队：志愿者自某日起改属另一服务队。",
    ),
    "listPosts": (
        "The posts that are or were held; those who reach a holder are told who it is.",
        "现任和曾任的岗位；任职者只显示给有权查看的人。",
    ),
    "getPost": ("One time in a post.", "一条任职记录。"),
    "listPostsOfVolunteer": ("The posts that a volunteer holds or held.", "志愿者现任和曾任的岗位。"),
    "takePost": ("Let a volunteer hold a post of a community.", "由志愿者担任社区（村）的岗位。"),
    "leavePost": ("End a volunteer's time in a post.", "结束志愿者的任职。"),
    "listAllAttachments": (
        "Which organisations are or were attached to which community.",
        "各社区（村）现有和曾有的挂靠单位。",
    ),
    "listOrganisations": (
        "The organisations that are or were attached to a community.",
        "挂靠或曾挂靠某社区（村）的单位。",
    ),
    "getOrganisation": ("An organisation.", "一个单位。"),
    "listAttachments": (
        "To which communities an organisation is or was attached.",
        "一个单位挂靠和曾挂靠的社区（村）。",
    ),
    "attachOrganisation": (
        "Attach an organisation to a community: the one of that name, if there is one.",
        "将单位挂靠到社区（村）；已有同名单位的，使用该单位。",
    ),
    "attachOrganisationAgain": (
        "Attach an organisation that is known to another community.",
        "将已登记的单位挂靠到另一社区（村）。",
    ),
    "detachOrganisation": ("End an organisation's time with a community.", "结束单位在社区（村）的挂靠。"),
    "listDesignations": (
        "The titles that communities and teams bear or bore.",
        "社区（村）和服务队现有和曾有的称号。",
    ),
    "getDesignation": ("One title.", "一个称号。"),
    "grantDesignation": ("Let a community or a team bear a title.", "授予社区（村）或服务队称号。"),
    "endDesignation": ("End a title.", "终止称号。"),
    "listTraining": (
        "What volunteers completed, such as what is valid on a day.",
        "志愿者完成的培训，例如某日有效的。",
    ),
    "getTraining": ("One training, annulled or not.", "一条培训记录，已作废的也可查询。"),
    "listTrainingOfVolunteer": (
        "What a volunteer completed and was not annulled.",
        "志愿者完成的培训，不含已作废的。",
    ),
    "completeTraining": ("Record that a volunteer completed a training.", "登记志愿者完成的培训。"),
    "annulTraining": ("Let a training count no more.", "作废培训记录，不再计入。"),
}
