"""What is wrong with what was typed, and with files that were named: sentences with places for what that was."""

from ledger.domain import written
from ledger.operations.words.said import Said

ERROR: Said = ("Error: {message}", "错误：{message}")
SEE_HELP: Said = ("`{command} -h` tells what it takes.", "用 `{command} -h` 查看用法。")
INTERRUPTED: Said = ("Interrupted.", "已中断。")

# How something is written.
NO_DAY: Said = ("{typed!r}: " + written.DAY[0], "{typed!r}：" + written.DAY[1])
NO_PERIOD: Said = ("{typed!r}: " + written.PERIOD[0], "{typed!r}：" + written.PERIOD[1])
NO_DURATION: Said = ("{typed!r}: " + written.MINUTES[0], "{typed!r}：" + written.MINUTES[1])
NO_MOMENT: Said = (
    "{typed!r} is no moment; write a position 1234, a time 2026-09-05T09:00 or a day 2026-09-05",
    "{typed!r} 不是时刻，应写作序号 1234、时间 2026-09-05T09:00 或日期 2026-09-05",
)
NO_WHOLE_NUMBER: Said = ("{typed!r} is no whole number, such as 30", "{typed!r} 不是整数，应写作如 30")
NO_NUMBER: Said = ("{typed!r} is no number, such as 0.5", "{typed!r} 不是数字，应写作如 0.5")
NO_SUM: Said = (
    "{typed!r} is no sum in yuan, such as 5000 or 5000.50",
    "{typed!r} 不是以元计的金额，应写作如 5000 或 5000.50",
)
NO_DEGREES: Said = (
    "{typed!r} is no latitude and longitude in degrees of up to six decimals, such as 30.123456,120.5",
    "{typed!r} 不是经纬度，应先纬度后经度，以度计，最多六位小数，如 30.123456,120.5",
)
NO_PLACES: Said = (
    "{typed!r} is not a role and its places, such as guide=3: 1 to {most}",
    "{typed!r} 不是角色及其名额，应写作如 guide=3，名额为 1 至 {most}",
)
NO_LABEL: Said = (
    "{typed!r} is not a public name: 1 to 200 characters that can be seen",
    "{typed!r} 不是公开名称，应为 1 至 200 个可见字符",
)
NO_TEXT: Said = ("this is not text in the terminal's encoding", "不是以终端的编码写成的文字")
NO_ADDRESS: Said = (
    "an address is HOST:PORT, such as 127.0.0.1:9100 or [::1]:9100",
    "地址应写作 HOST:PORT，如 127.0.0.1:9100 或 [::1]:9100",
)
NO_ORIGIN: Said = (
    "{typed} is not a ledger's name: small letters, digits and hyphens",
    "{typed} 不是账本标识，应由小写字母、数字和连字符组成",
)
NO_PUBLIC_NAME: Said = (
    "{typed} is no name, which has 1 to 200 visible characters",
    "{typed} 不能作为名称；名称应为 1 至 200 个可见字符",
)
NO_ZONE: Said = (
    "{typed} is not the name of a time zone, such as Asia/Shanghai",
    "{typed} 不是时区名，应写作如 Asia/Shanghai",
)
NO_SOURCE: Said = (
    "{typed} is not a source's code: small letters, digits and hyphens",
    "{typed} 不是来源的代码，应由小写字母、数字和连字符组成",
)
NO_ACTOR: Said = (
    "{typed} is not an actor's id, such as stf_office",
    "{typed} 不是经办人的编号，应写作如 stf_office",
)
NO_ID_OF_A_THING: Said = (
    "{typed} is not a {thing}'s id, such as {prefix}_…",
    "{typed} 不是{thing_zh}的编号，应写作如 {prefix}_…",
)
ACTOR_IS_AN_ID: Said = ("an actor is an id, such as stf_office", "经办人应为编号，如 stf_office")
NO_WITNESS: Said = (
    "{typed} is no address of a witness, such as https://witness.example",
    "{typed} 不是见证方的地址，应写作如 https://witness.example",
)
NO_NAME_OF_A_KEY: Said = (
    "the name of a key has 1 to 200 characters, with no space, plus sign or control character",
    "密钥的名称应为 1 至 200 个字符，不含空格、加号和控制字符",
)

# What goes together.
AT_WITH_CRS: Said = (
    "--at and --crs go together: the systems differ by hundreds of metres",
    "--at 和 --crs 须同时填写：各坐标系相差数百米",
)
CODE_OR_NONE: Said = ("--code and --no-code exclude each other", "--code 和 --no-code 不能同时填写")
VENUES_OR_KIND: Said = ("name venues, or a --kind of them", "请填写阵地，或用 --kind 填写其类别")
WITHIN_WITH_KIND: Said = ("--within goes with --kind", "--within 须与 --kind 同时填写")
WHICH_TENURE: Said = (
    "name a tenure by its id, or a volunteer with a post",
    "请填写任职记录的编号，或志愿者及其岗位",
)
COMMUNITY_OR_TEAM: Said = ("name a --community or a --team", "请填写 --community 或 --team 之一")
WHERE_HELD: Said = (
    "name the --venue, or the --place and the --community",
    "请填写 --venue，或同时填写 --place 和 --community",
)
MINUTES_OF_EACH_DAY: Said = (
    "each --day has its --minutes, in the same order",
    "每个 --day 须有各自的 --minutes，次序相同",
)
LEVEL_OF_COMMUNITIES: Said = (
    "--level says which communities are ranked: it goes with --by communities only",
    "--level 指明为哪一层级的社区（村）排名，只能与 --by communities 同时填写",
)
AROUND_ALONE: Said = (
    "--around tells one place, on the board of its own level: no --limit, no --level",
    "--around 只列出所在层级排行榜上的一个名次，不能同时填写 --limit 或 --level",
)
SHIFT_TOO: Said = ("with a volunteer, name the shift too", "填写志愿者时，还须填写班次")
SHIFT_OR_ALL: Said = ("name a shift, or say --all", "请填写班次，或 --all")
REDEMPTION_OR_DUE: Said = ("name a redemption, or say --due", "请填写兑换，或 --due")
ADULTS_OR_AGES: Said = (
    "--adults-only and --ages exclude each other",
    "--adults-only 和 --ages 不能同时填写",
)
ACTIVITY_OR_DAYS: Said = ("name an --activity, or days", "请填写 --activity，或起始日期和天数")
ROLE_NEEDS: Said = ("the role {role} needs {option}", "角色 {role} 须填写 {option}")
ROLE_TAKES_NO: Said = ("the role {role} takes no {option}", "角色 {role} 不能填写 {option}")
WATCHED_LEDGER: Said = ("a witness watches a ledger at least", "见证方至少须见证一个账本")

# What is there, or is not.
NO_VENUE_OF_KIND: Said = (
    "no venue in use is of the kind {kind}",
    "没有类别为 {kind} 的在用阵地",
)
NO_VENUE_OF_KIND_WITHIN: Said = (
    "no venue in use within {within} is of the kind {kind}",
    "{within} 没有类别为 {kind} 的在用阵地",
)
NOT_IN_ORDER: Said = (
    "position {begun:,} comes after position {ended:,}",
    "序号 {begun:,} 在序号 {ended:,} 之后",
)
NO_SUCH_POSITION: Said = ("the log has {size} events", "总账共有 {size} 个事件")
NOT_SIGNED: Said = (
    "{size} events are signed; `timebank audit sign` signs all that there are",
    "已签署 {size} 个事件；`timebank audit sign` 签署目前的全部事件",
)
NO_VIEW: Said = ("there is no view {typed}; there are {views}", "没有视图 {typed}；现有 {views}")
NOTHING_FOLLOWED: Said = ("no views are followed into {place}", "{place} 中没有跟随的视图")
NAMED_OTHERWISE: Said = (
    "this ledger is open already; `timebank ledger rename` gives it another name",
    "账本已启用；更名请用 `timebank ledger rename`",
)
OPEN_OTHERWISE: Said = (
    "this ledger is open already, and its {name} is {found}, not {typed}",
    "账本已启用，此项为 {found}，而不是 {typed}",
)

# Files and folders.
FILE_THERE: Said = (
    "{path} is there already; --force writes it anew",
    "{path} 已存在；加上 --force 可重新写入",
)
NO_FILE_THERE: Said = ("{path} is there already, and is no file", "{path} 已存在，且不是文件")
NOT_UTF_8: Said = ("it is not UTF-8", "不是 UTF-8 编码")
NOT_EMPTY_FOR_DEMO: Said = (
    "{path} is not empty; the demo wants a folder of its own",
    "{path} 不是空文件夹；演示须用单独的文件夹",
)
NO_CHECKPOINT: Said = ("{path} is no checkpoint: {why}", "{path} 不是检查点：{why}")
NO_KEYS: Said = ("{path} holds no verifier keys", "{path} 中没有公钥")
UNREADABLE_KEYS: Said = ("{path} holds no verifier keys: {why}", "{path} 中没有公钥：{why}")
NO_KEY_OF_A_LEDGER: Said = (
    "{path} holds a key that is no ledger's",
    "{path} 中有不属于账本的公钥",
)
NO_KEY_OF_A_WITNESS: Said = (
    "{path} holds a key that is no witness's",
    "{path} 中有不属于见证方的公钥",
)
LEDGER_THERE: Said = (
    "nothing is restored: {why}. A ledger is restored where there is none",
    "未作任何恢复：{why}。恢复之处须尚无账本",
)
NOTHING_RESTORED: Said = ("nothing is restored. {why}", "未作任何恢复。{why}")
PYARROW_NEEDED: Said = (
    "Parquet needs pyarrow: pip install 'timebank-ledger[parquet]'",
    "Parquet 需要 pyarrow：pip install 'timebank-ledger[parquet]'",
)
BAD_BUNDLE: Said = ("{why}; nothing was recorded{lines}", "{why}；没有记录任何内容{lines}")
LINE_OF_A_BUNDLE: Said = ("line {line}: {why}", "第 {line} 行：{why}")
MORE_LINES: Said = ("… and {more:,} more; `--json` shows them", "……另有 {more:,} 行，用 `--json` 查看")
IMPORT_STOPPED: Said = (
    "Interrupted: {judged:,} of {rows} were judged, and what was right is recorded. The same command again"
    " continues, and records nothing twice.",
    "已中断：{rows}中已处理 {judged:,} 行，其中无误的已记录。再次执行同一命令可继续，不会重复记录。",
)
DRY_RUN_STOPPED: Said = (
    "Interrupted: {judged:,} of {rows} were judged, and nothing was recorded, as this was a dry run.",
    "已中断：{rows}中已处理 {judged:,} 行；本次为试导入，没有记录任何内容。",
)
