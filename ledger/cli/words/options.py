"""What help says of the options and arguments of tools: once by their names, and otherwise where they mean another."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

OPTIONS: Mapping[str, Said] = {
    "--data": (
        "The folder of an embedded ledger. [default: TIMEBANK_DATA, else TIMEBANK_DATABASE_URL, else timebank-data]",
        "账本所在的文件夹。[默认：依次取 TIMEBANK_DATA、TIMEBANK_DATABASE_URL，再次为 timebank-data]",
    ),
    "--lang": (
        "The language that is spoken. [default: the locale's, else the ledger's]",
        "所用语言。[默认：系统区域设置的语言，未设置时为账本的语言]",
    ),
    "--json": ("Print one JSON document instead of text.", "以一个 JSON 文档代替文字输出。"),
    "--all": (
        "With --json: every row, each a document on a line of its own.",
        "与 --json 一起使用：列出全部，每行一个文档。",
    ),
    "--help": ("Show this message and exit.", "显示本说明。"),
    "--version": ("Show the version and exit.", "显示版本。"),
    "--by": ("Who acts.", "经办人。"),
    "--key": (
        "Your own word for this request: said again, it is recorded once.",
        "为本次请求自定的标识：重复提交时只记录一次。",
    ),
    "--dry-run": (
        "Say what would be recorded, and record nothing.",
        "只显示将记录的内容，不作记录。",
    ),
    "--yes": ("Do not ask first.", "不再询问。"),
    "VOLUNTEER": (
        "A volunteer number, or an id (vol_…).",
        "志愿者编号，或系统编号（vol_…）。",
    ),
    "--host": ("The address to listen on.", "监听的地址。"),
    "--port": ("The port.", "端口。"),
    # Auditors.
    "--witness": (
        "Have it cosigned by the witness there; as often as there are some.",
        "请该地址的见证方作见证签名；可多次填写。",
    ),
    "--witness-key": (
        "The public keys of witnesses, a line each: no others' cosignatures count.",
        "见证方的公钥，每行一个：其他见证签名不计。",
    ),
    "--checkpoint": (
        "A checkpoint that was kept elsewhere; as often as there are some.",
        "另行保存的检查点；可多次填写。",
    ),
    "--event": ("Write the stored text of the event there.", "将事件的存储原文写入该文件。"),
    "--processes": (
        "How many read a long log side by side; each takes about 60 MB.",
        "总账较长时并行读取的进程数；每个约占用 60 MB。",
    ),
    "--to": (
        "How far: a position, a time, or the end of a day. [default: all there is]",
        "重放到何处：序号、时间，或某日结束时。[默认：全部]",
    ),
    "BEFORE": ("A position, a time, or the end of a day.", "序号、时间，或某日结束时。"),
    "AFTER": ("Likewise, and later.", "同上，且须晚于前者。"),
    "--view": (
        "Each row of a view; as often as there are some.",
        "逐行列出该视图的变化；可多次填写。",
    ),
    "--as-of": ("Only days of service up to this one.", "只计截至这一天的服务日。"),
    "--known-at": (
        "Only what was recorded by then: a position, a time, or the end of a day.",
        "只计当时已入账的：序号、时间，或某日结束时。",
    ),
    # What begins, fills and keeps a ledger.
    "--origin": (
        "The ledger's name among ledgers. [default: timebank]",
        "账本标识，以区别于其他账本，不再变更。[默认：timebank]",
    ),
    "--zone": ("Its one time zone. [default: Asia/Shanghai]", "账本唯一的时区。[默认：Asia/Shanghai]"),
    "--policy": ("The rules it starts with. [default: standard]", "开设时采用的管理办法。[默认：standard]"),
    "--source": (
        "The office whose file it is: record numbers are unique within a source.",
        "文件来自哪个单位：记录编号在同一来源中不重复。",
    ),
    "--again": (
        "Record numbers in it of services that look the same as others that count, and are not.",
        "其中与已计入的记录看似相同、但确为另一次服务的记录编号。",
    ),
    "--keys": (
        "Take the private keys in: whoever has the backup can sign then.",
        "一并备份私钥：此后持有备份的人都能签名。",
    ),
    "--erasures": (
        "The newest list of who was erased: they do not come back. As often as there are some.",
        "最新的清除名单：其中的人不予恢复；可多次填写。",
    ),
    "--at": (
        "Only the events up to this position. [default: all]",
        "只导出截至该序号的事件。[默认：全部]",
    ),
    "--force": ("Write over a file that is there.", "覆盖已有的文件。"),
    "VIEWS": ("All views if none is named.", "未填写时为全部视图。"),
    "--into": (
        "Where views are followed: a folder, or a database by its URL. [default: followed.sqlite beside the"
        " ledger, or the schema followed on PostgreSQL]",
        "跟随的视图保存在何处：文件夹，或数据库的地址。"
        "[默认：账本文件夹的 followed.sqlite，或 PostgreSQL 的 followed 模式]",
    ),
    "--once": ("Take in what there is by now, and end.", "处理完现有的事件即结束。"),
    "--poll": ("How often to look for new facts. [default: 1]", "每隔几秒查看新的事件。[默认：1]"),
    # What serves and shows.
    "--files": (
        "A small county instead, whose office's files are taken in.",
        "改用一个较小的区县，并导入其单位的数据文件。",
    ),
    "--seed": ("Of chance.", "随机种子。"),
    "--no-serve": ("End after the tour, and serve no API.", "展示完毕即结束，不提供 API 服务。"),
    "--workers": (
        "How many processes; more than one on PostgreSQL, or with --read-only.",
        "进程数；使用 PostgreSQL 或 --read-only 时可多于一个。",
    ),
    "--read-only": ("Take no writes, so that another process may.", "不接受写入，由另一进程写入。"),
    "--allow-origin": (
        "Let pages from there ask from within a browser, as https://portal.example; may be given again.",
        "允许该来源的网页在浏览器中查询，如 https://portal.example；可多次填写。",
    ),
    "--sign-every": (
        "Sign the log's head at the start and every so often; 1440 is once a day, and 0 never.",
        "启动时及此后每隔若干分钟签署一次总账；1440 为每天一次，0 为不签署。",
    ),
    "--at-once": (
        "How many requests of one actor are answered at a time, as stf_portal=2000; may be given again."
        " [default: 64, and 1024 of an integration]",
        "同一经办人的请求最多同时处理几个，如 stf_portal=2000；可多次填写。"
        "[默认：64，角色 integration 为 1024]",
    ),
    "--metrics-listen": (
        "Tell figures to Prometheus there, and no longer at the public address; [::1]:9100 is one of IPv6.",
        "在该地址向 Prometheus 提供运行指标，不再在公开地址提供；IPv6 地址写作 [::1]:9100。",
    ),
    "--log-level": ("What is logged.", "日志的级别。"),
    "--role": ("What the caller is.", "调用方的角色。"),
    "--volunteer": ("With the role volunteer: who it is.", "角色为 volunteer 时：哪一位志愿者。"),
    "--community": ("With the role coordinator: of which one.", "角色为 coordinator 时：哪个社区（村）。"),
    "--actor": (
        "Of all other roles: who acts. [default: stf_ and the role]",
        "其他角色：经办人。[默认：stf_ 加角色]",
    ),
    "--days": ("For how long it is good.", "有效天数。"),
    "--name": (
        "Its name among witnesses, such as example.org/witness.",
        "见证方的名称，如 example.org/witness。",
    ),
    "--ledger": (
        "What `timebank audit key` printed of a ledger to watch; as often as there are some.",
        "所见证的账本的公钥文件，由 `timebank audit key` 输出；可多次填写。",
    ),
    "--show-key": ("Print the witness's public key, and end.", "显示见证方的公钥即结束。"),
}
"""By the name of an option with its dashes, or of an argument in capitals."""

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("backup", "FOLDER"): ("Where it goes: new, or empty.", "备份到何处：新建或空的文件夹。"),
    ("demo", "--port"): (
        "Where to serve it. [default: 8000, or another that is free]",
        "提供服务的端口。[默认：8000，或其他空闲的端口]",
    ),
    ("demo", "--lang"): (
        "The language that is spoken, and that the ledger speaks where the locale tells none.",
        "所用语言，也作为此账本的语言，供未设置系统区域设置时使用。",
    ),
    ("init", "--lang"): (
        "The language that is spoken, and that the ledger speaks from now on where the locale tells none.",
        "所用语言，也作为此账本的语言，供未设置系统区域设置时使用。",
    ),
    ("init", "--name"): ("What it is called in public.", "账本的名称。"),
    ("import", "--by"): (
        "The id of the member of staff who answers for it.",
        "负责此次导入的工作人员的编号。",
    ),
    ("import", "--dry-run"): (
        "Say what would happen; record nothing.",
        "只显示将如何处理，不作记录。",
    ),
    ("import", "FILE"): ("The file.", "数据文件。"),
    ("import log", "--dry-run"): ("Examine the bundle; record nothing.", "只检查核验包，不作记录。"),
    ("import log", "--key"): (
        "The public key of the ledger that it is of, or a file that holds it: who signed is verified.",
        "原账本的公钥，或存有公钥的文件：用以核验由谁签署。",
    ),
    ("restore", "FOLDER"): ("The backup.", "备份所在的文件夹。"),
    ("volunteer person", "--number"): ("The volunteer number.", "志愿者编号。"),
    ("volunteer person", "--name"): ("Who it is; never in the log.", "姓名；不写入总账。"),
    ("volunteer person", "--phone"): ("A phone number; never in the log.", "手机号码；不写入总账。"),
    ("volunteer person", "--sex"): ("Their sex; never in the log.", "性别；不写入总账。"),
    ("volunteer person", "--remark"): ("A remark; never in the log.", "备注；不写入总账。"),
    ("volunteer person", "--dry-run"): (
        "Say who it would be, and change nothing.",
        "只显示更新后的信息，不作更改。",
    ),
    ("volunteer erase", "--dry-run"): (
        "Say who would be erased, and erase nobody.",
        "只显示将清除何人，不作清除。",
    ),
    ("witness", "FOLDER"): (
        "Where the witness keeps its key, and what it saw last.",
        "见证方保存其密钥和最近所见检查点的文件夹。",
    ),
}
"""By a tool, or a group of them, and the name."""


def meaning_of(name: str, *tools: str) -> Said | None:
    """What an option or argument of a tool means: the tool's own meaning first, then its group's; None if untold."""
    own = (OTHERWISE.get((one, name)) for one in tools)
    return next((said for said in own if said is not None), OPTIONS.get(name))
