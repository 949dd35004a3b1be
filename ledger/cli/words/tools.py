"""What help says of the program and of the tools that begin, fill, keep and serve a ledger, as each is typed."""

from collections.abc import Mapping

from ledger.cli.words.tools_audit import OF_AUDITORS
from ledger.operations.words.said import Said

PROGRAM: Said = (
    "An event-sourced ledger for volunteer time banks.\n\n"
    "`timebank demo` shows what it does; `timebank init` begins a ledger of your own.\n\n"
    "A ledger is kept in the folder that --data or else TIMEBANK_DATA names, or in the database that"
    " TIMEBANK_DATABASE_URL names (postgresql://user@host/name), else in the folder timebank-data.\n\n"
    "It speaks the language that --lang names, else that of the locale, else the one that `timebank init --lang` gave"
    " the ledger.\n\n"
    "Exit codes: 0 done; 1 a request or rows were refused, or a check failed; 2 wrong usage; 3 the store cannot"
    " be reached, holds no ledger or is held by another process.\n\n"
    'Completion: `eval "$(timebank completion bash)"`, which is `_TIMEBANK_COMPLETE=bash_source timebank`; zsh and'
    " fish likewise.",
    "志愿服务时间银行的账本：每件事都是一个事件，只增不改。\n\n"
    "`timebank demo` 演示其功能，`timebank init` 开设自己的账本。\n\n"
    "账本保存在 --data 或 TIMEBANK_DATA 指定的文件夹，或 TIMEBANK_DATABASE_URL 指定的数据库（postgresql://user@host/name）；"
    "均未指定时，保存在文件夹 timebank-data。\n\n"
    "语言依次取自 --lang、系统区域设置，以及开设账本时 `timebank init --lang` 所定。\n\n"
    "退出码：0 完成；1 请求或数据行被拒绝，或检查未通过；2 用法有误；3 无法连接存储、其中没有账本，"
    "或账本被另一进程占用。\n\n"
    '自动补全：`eval "$(timebank completion bash)"`，即 `_TIMEBANK_COMPLETE=bash_source timebank`；'
    "zsh 和 fish 同理。",
)

TOOLS: Mapping[str, Said] = {
    **OF_AUDITORS,
    "demo": (
        "Let a year of a made-up county happen in a fresh folder, look at it, and serve it until Ctrl-C.\n\n"
        "The folder is a new temporary one, or that of --data, which must be new or empty. The same sizes and seed"
        " give the same log. With --files or --json nothing is served.",
        "在新文件夹中生成一个虚构区县一年的数据，逐项展示，并提供服务，直到按下 Ctrl-C。\n\n"
        "文件夹为新建的临时文件夹，或 --data 指定的新建或空的文件夹。规模和随机种子相同，所得总账也相同。"
        "使用 --files 或 --json 时不提供服务。",
    ),
    "init": (
        "Begin a ledger, with a policy in force for all time.\n\n"
        "Where one is open already nothing changes, but a store that an older release wrote is brought up to date.",
        "开设账本，采用一套自始施行的管理办法。\n\n账本已启用的，内容不变；由旧版本写入的存储升级为当前版本。",
    ),
    "import": (
        "Take in an office's files: .xlsx, .xls, .ods or .csv. Or the whole log of a ledger, from a bundle.\n\n"
        "Every row of a file is judged: recorded, unchanged, in conflict with what was recorded before, or refused"
        " with a reason. The same file again changes nothing. The exit code is 1 if a row is refused or in conflict.",
        "导入单位的数据文件：.xlsx、.xls、.ods 或 .csv；或从核验包导入整个总账。\n\n"
        "逐行判定：已记录、无变化、与已入账的内容冲突，或被拒绝并说明原因。重复导入同一文件不会带来变化。"
        "有数据行被拒绝或冲突时，退出码为 1。",
    ),
    "import communities": (
        "Establish the communities of a file.\n\n"
        "Its columns are 名称, 上级 and 层级 (区县, 镇街 or 村社区). A community is known by its name and parent.",
        "导入社区（村）。\n\n各列为：名称、上级、层级（区县、镇街或村社区）。社区（村）按名称和上级辨认。",
    ),
    "import teams": (
        "Form the teams of a file.\n\n"
        "Its columns are 服务队名称, 上级服务队 and 所属镇街. A team is known by its name.",
        "导入服务队。\n\n各列为：服务队名称、上级服务队、所属镇街。服务队按名称辨认。",
    ),
    "import roster": (
        "Register the volunteers of a file.\n\n"
        "Its columns are 姓名, 志愿者编号, 所属镇街, 所属村（社区）, 服务队 and 注册日期; it may have 序号, 性别,"
        " 手机号码 and 备注. A volunteer is known by the number. Communities and teams must be there.",
        "导入志愿者名册，逐一注册。\n\n"
        "各列为：姓名、志愿者编号、所属镇街、所属村（社区）、服务队、注册日期；可另有序号、性别、手机号码、备注。"
        "志愿者按编号辨认。社区（村）和服务队须已设立。",
    ),
    "import hours": (
        "Record the service of a file, attested by whoever imports.\n\n"
        "Its columns are 记录编号, 活动名称, 活动日期, 活动地点, 服务内容, 志愿者编号, 服务时长（小时） and 组织单位;"
        " it may have 姓名, 负责人 and 品牌. A record is known by its number and the source. The roster must be there.",
        "导入服务时长，由导入者认定。\n\n"
        "各列为：记录编号、活动名称、活动日期、活动地点、服务内容、志愿者编号、服务时长（小时）、组织单位；"
        "可另有姓名、负责人、品牌。服务记录按来源和编号辨认。志愿者须已注册。",
    ),
    "import log": (
        "Take in the log of a bundle, into a place where no ledger is yet.\n\n"
        "Positions, stored bytes and root are the same afterwards, and the checkpoints come along. It is all or"
        " nothing: each line that cannot be taken is told with its reason. A bundle is what `timebank audit bundle`"
        " writes; names, phones and volunteer numbers are not in it.",
        "从核验包导入总账；导入之处须尚无账本。\n\n"
        "导入后，序号、存储的字节和根均不变，检查点一并导入。要么全部导入，要么全不导入：不能导入的每一行都说明原因。"
        "核验包由 `timebank audit bundle` 生成，其中没有姓名、电话和志愿者编号。",
    ),
    "volunteer person": (
        "Replace what the directory says of a volunteer: number, name, phone, sex and remark.\n\n"
        "It is replaced as a whole: what is not typed is known no more. Nothing of it is in the log.",
        "更新名册中志愿者的信息：编号、姓名、手机号码、性别和备注。\n\n"
        "信息整体更新：未填写的项目不再保留。这些信息均不写入总账。",
    ),
    "volunteer erase": (
        "Forget who a volunteer is, for good: number, name, phone, sex and remark.\n\n"
        "The log keeps the id and what it served. The list of erasures gets the id, so that no backup brings them"
        " back.",
        "永久清除志愿者的个人信息：编号、姓名、手机号码、性别和备注。\n\n"
        "总账只保留系统编号及其服务。系统编号列入清除名单，从备份恢复时也不会找回个人信息。",
    ),
    "backup": (
        "Write the whole ledger, its directory too, into a folder, while it is served or without that.\n\n"
        "The folder holds personal data, and only its owner may read it. It is the same for every database, so"
        " `timebank restore` moves a ledger from one to another.",
        "将整个账本连同名册备份到文件夹；账本正在提供服务时也可备份。\n\n"
        "文件夹中有个人信息，只有其所有者可以读取。备份与所用数据库无关，"
        "因此可用 `timebank restore` 将账本迁移到另一种数据库。",
    ),
    "restore": (
        "Make a ledger from a backup, where there is none.\n\n"
        "Every byte is held against the root and the checkpoints first. If anything is wrong, nothing is restored.",
        "由备份恢复账本；恢复之处须尚无账本。\n\n先以根和检查点核对每个字节；如有不符，不作任何恢复。",
    ),
    "erasures": (
        "Print the list of who was erased: ids, no names. Keep it apart from the ledger and its backups.\n\n"
        "The same list is in erasures.txt beside an embedded ledger, or in the file that TIMEBANK_ERASURES names.",
        "列出清除名单：只有编号，没有姓名。请与账本及其备份分开保管。\n\n"
        "同样的名单也在账本文件夹的 erasures.txt，或 TIMEBANK_ERASURES 指定的文件中。",
    ),
    "export": (
        "The books for other programs. Every export tells origin, position, and the root of the tree there.\n\n"
        "Nothing in one is about a person but ids: volunteers' numbers and names are in none.",
        "导出两本账，供其他程序使用。每份导出都注明账本标识、序号及哈希树的根。\n\n"
        "其中关于个人的只有系统编号，没有志愿者编号和姓名。",
    ),
    "export hledger": (
        "Write both books as a journal for hledger.\n\n"
        "Every fact that moves minutes is a transaction of its day, and each month ends with balances: `hledger -f"
        " FILE check --strict` finds any minute that was changed in it.",
        "将两本账导出为 hledger 日记账。\n\n"
        "每个使分钟变动的事件是当日的一笔交易，每月末列出余额："
        "用 `hledger -f FILE check --strict` 可查出其中任何一分钟的改动。",
    ),
    "export beancount": (
        "Write both books as a journal for beancount and Fava.\n\n"
        "Every fact that moves minutes is a transaction of its day, and each month ends with balances: `bean-check"
        " FILE` finds any minute that was changed in it.",
        "将两本账导出为 beancount 和 Fava 的日记账。\n\n"
        "每个使分钟变动的事件是当日的一笔交易，每月末列出余额：用 `bean-check FILE` 可查出其中任何一分钟的改动。",
    ),
    "export parquet": (
        "Write events, postings and service lines as Parquet into an empty or new folder, for DuckDB or Polars.\n\n"
        "It needs pyarrow: pip install 'timebank-ledger[parquet]'.",
        "将事件、分录和服务时长明细以 Parquet 格式导出到空的或新建的文件夹，供 DuckDB 或 Polars 使用。\n\n"
        "需要 pyarrow：pip install 'timebank-ledger[parquet]'。",
    ),
    "projections": (
        "Look after the views, which are folded from the log.",
        "管理由总账归集而成的视图。",
    ),
    "projections list": (
        "Where each view stands, the ledger's own and those that are followed, and how many facts it lags behind.",
        "各视图所到的序号及滞后的事件数，包括账本自身的和跟随的视图。",
    ),
    "projections follow": (
        "Keep views in a database of their own, beside the process that writes.\n\n"
        "It goes on until Ctrl-C or SIGTERM, and takes up where it was, however it ended. With --json it prints a line"
        " for each view whenever that has moved or broken. The exit code is 1 if no view is left that could go on, or"
        " with --once if one broke.",
        "在写入账本的进程之外，将视图保存在另一个数据库中，跟随更新。\n\n"
        "持续运行，直到按下 Ctrl-C 或收到 SIGTERM；无论上次如何结束，都从上次所到之处继续。"
        "使用 --json 时，每当视图有更新或出错，为其输出一行。"
        "没有可以继续的视图，或使用 --once 而有视图出错时，退出码为 1。",
    ),
    "projections rebuild": (
        "Make views anew from the log.",
        "由总账重建视图。",
    ),
    "projections check": (
        "Replay the log and hold every view against it; the exit code is 1 if one differs.",
        "重放总账，逐一核对视图；有不一致的，退出码为 1。",
    ),
    "serve": (
        "Serve the HTTP API until Ctrl-C or SIGTERM, then finish what was begun.\n\n"
        "Its pages for people are at /docs. Who calls shows a token: `timebank token issue` makes one.",
        "提供 HTTP API 服务，直到按下 Ctrl-C 或收到 SIGTERM，并完成已开始的请求。\n\n"
        "供人阅读的页面在 /docs。调用方须出示访问令牌，由 `timebank token issue` 签发。",
    ),
    "token": (
        "Tokens, by which the API knows who calls.",
        "访问令牌：API 据此识别调用方。",
    ),
    "token issue": (
        "Print a token for somebody.\n\n"
        "It is signed with the key in the file that TIMEBANK_TOKEN_KEY names, or in token-key.pem beside an embedded"
        " ledger, which is made if it is not there.",
        "签发访问令牌。\n\n"
        "签名所用的密钥在 TIMEBANK_TOKEN_KEY 指定的文件，或账本文件夹的 token-key.pem 中；没有时自动生成。",
    ),
    "token key": (
        "Print the public key, with which others can verify the tokens that are issued here.",
        "显示公钥，供他人核验此处签发的访问令牌。",
    ),
    "witness": (
        "Cosign the checkpoints of other people's ledgers, until Ctrl-C or SIGTERM.\n\n"
        "It speaks the witness protocol of C2SP (tlog-witness), and remembers of each ledger the last size and root."
        " The key is made if there is none in the folder.",
        "为他人账本的检查点作见证签名，直到按下 Ctrl-C 或收到 SIGTERM。\n\n"
        "采用 C2SP 的见证协议（tlog-witness），记住每个账本最近的事件数和根。文件夹中没有密钥时自动生成。",
    ),
    "completion": (
        "Print the script that completes this program's words in a shell.",
        "输出命令行自动补全本程序各命令所用的脚本。",
    ),
}
"""What each tool and group of tools does, by its words as they are typed."""
