"""The public names of a made-up county, and the people of its directory."""

COUNTY = "清和县"
TOWNS = (
    "柳溪镇",
    "石桥镇",
    "云岭街道",
    "白鹭镇",
    "枫林镇",
    "南塘街道",
    "青石镇",
    "北湖街道",
    "杨柳镇",
    "望海镇",
    "竹园镇",
    "金沙街道",
)
FIELDS = ("青少年科普", "应急科普", "卫生健康", "农业技术")
FIELD_CODES = ("youth-science", "emergency-science", "health", "farming")
SQUADS = ("天文", "急救", "植物", "机器人", "食品安全", "防灾减灾", "反诈", "心理", "气象", "航模")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "明华丽芳军伟敏静强磊洋艳勇杰娟涛超兰霞平刚桂英玉梅建国文志红"
BRAND = "科普蜂巢"

PROGRAMMES = (
    ("科普蜂巢进社区", "on-site", "residents", "科普讲解"),
    ("科学风车巡演", "show", "pupils", "科学表演"),
    ("银龄智能手机课堂", "class", "elders", "手机辅导"),
    ("应急救护培训", "training", "residents", "救护教学"),
    ("线上科普直播", "online", "residents", "直播协助"),
)
"""Name, form, audience, content."""
CAMPAIGN = "全国科普日"
VENUE_KINDS = (("gallery", "科普画廊"), ("base", "科普基地"), ("hall", "科普馆"), ("e-station", "科普e站"))
THEMES = ("走进深海", "认识星空", "食品与健康", "防震减灾", "节水护水", "身边的植物", "人工智能", "家庭急救")
ASSOCIATION = "清和县科学技术协会"
BODIES = (("中心小学", "school"), ("中学", "school"), ("卫生院", "hospital"))
"""What every town has: the end of its name, and its kind."""
SOCIETIES = ("清和县医学会", "清和县农学会", "清和县天文学会", "清和县气象学会", "清和县护理学会")
COMPANIES = ("清和自来水公司", "清和供电公司", "清和乳业", "清和新能源公司", "清和通信公司", "清和种业")
PILOT_COMMUNITY, MODEL_COMMUNITY = "银龄智能手机课堂试点社区", "科普示范社区"
DEMONSTRATION_TEAM = "科普志愿服务示范队"
SMARTPHONE_COURSE = ("智能手机辅导员培训", "辅导老年人使用智能手机")
FIRST_AID_COURSE = ("救护员培训", "心肺复苏与创伤救护")
"""The name of a course, and what is learnt."""
FIRST_AID_ORGANISER = "清和县红十字会"
OFFERS = (
    ("理发一次", "service", 60, 200),
    ("家电维修一次", "service", 120, 100),
    ("大米5公斤", "goods", 150, 120),
    ("洗衣液一瓶", "goods", 60, 300),
    ("体检一次", "service", 300, 60),
    ("健身卡一个月", "service", 240, 40),
    ("图书一册", "goods", 45, 200),
    ("急救包", "goods", 120, 80),
    ("电影票", "goods", 90, 100),
    ("保洁两小时", "service", 180, 60),
)
"""Name, kind, price in minutes, stock."""
