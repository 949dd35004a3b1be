"""What the fields that any answer may have, problems and batches too, mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.parts.fields_audit import OTHERS_EN, OTHERS_ZH
from ledger.operations.words.said import Said

FIELDS: Mapping[str, Said] = {
    "actor": ("The id of the one who calls.", "调用方的编号。"),
    "at": ("When the ledger learned of it: an instant in UTC.", "入账时间：UTC 时刻。"),
    "body": ("The body of the write, as it would be sent alone.", "该笔写入的内容，与单独提交时相同。"),
    "by": (
        f"The id of the one who acted: a volunteer, staff, or a program. {OTHERS_EN}",
        f"经办人的编号：志愿者、工作人员或程序。{OTHERS_ZH}",
    ),
    "cause": ("The request or import that it came by.", "来源的请求或导入批次。"),
    "code": (
        "The code that is shown at the clock-in point; it is never told.",
        "打卡点公示的打卡码；查询时从不显示。",
    ),
    "day": (
        "The day on which it takes effect; today in the ledger's time zone unless said.",
        "生效日期；未填写时为账本时区的当天。",
    ),
    "days_a_record": ("How many days one record may span at most.", "一条记录最多跨多少天。"),
    "detail": (
        "What happened this time, in the language of the caller, for people.",
        "本次具体情况，以调用方的语言写给人看。",
    ),
    "details": ("What the detail's sentence speaks of, for programs.", "具体情况所述的内容，供程序读取。"),
    "dry_run": (
        "There, and true, where nothing was recorded.",
        "为 true 时表示没有记录任何内容；其他情况下没有此项。",
    ),
    "errors": ("The fields that are wrong.", "有误的各项。"),
    "events": ("The facts, in the order of the log.", "各事件，按总账中的顺序。"),
    "header": (
        "The name of the header that is wrong; null where it is none.",
        "有误的请求头名称；不是请求头时为 null。",
    ),
    "id": (
        "The id: a prefix, an underscore, and letters and digits.",
        "编号：前缀、下划线，后接字母和数字。",
    ),
    "items": ("The items of this page.", "本页各项。"),
    "kind": ("Of what kind it is: a code of the office's own.", "类别：自定的代码。"),
    "limits": ("What a record may hold at most.", "一条记录的上限。"),
    "made": ("The ids of what the write made, by name.", "本次写入新建各项的编号，按名称列出。"),
    "minutes_a_day": ("How many minutes may count for one day.", "一天最多计入的分钟数。"),
    "name": ("The public name.", "公开名称。"),
    "next_cursor": (
        "What to send as `cursor` for the next items; null where there are no more.",
        "查询下一页时作为 `cursor` 提交；没有下一页时为 null。",
    ),
    "on": ("The local day on which it takes effect.", "生效日期，按账本时区。"),
    "origin": (
        "The ledger's own name among ledgers: the audience of its tokens, and what it signs by.",
        "账本标识，用以区别各账本；其访问令牌的受众即为此标识。",
    ),
    "parameter": (
        "The name of the parameter that is wrong; null where it is none.",
        "有误的参数名称；不是参数时为 null。",
    ),
    "pointer": (
        "A JSON pointer to the field of the body that is wrong; null where it is none.",
        "指向请求内容中有误字段的 JSON 指针；不是字段时为 null。",
    ),
    "position": ("The position in the log.", "总账中的序号。"),
    "reason": (
        "Why: a code of the office's own, never a sentence about a person.",
        "原因：自定的代码，不得写成对个人的描述。",
    ),
    "request_id": ("The id of the request in the server's log.", "服务器日志中该请求的编号。"),
    "role": (
        "The role: a code, such as `volunteer` or `leader`.",
        "角色：代码，如 `volunteer`、`leader`。",
    ),
    "since": ("The day from which on it holds.", "开始日期，自当天起有效。"),
    "state": ("What has become of it.", "当前状态。"),
    "status": ("The HTTP status.", "HTTP 状态码。"),
    "title": (
        "The title of the code, in the language of the caller.",
        "该错误代码的标题，以调用方的语言书写。",
    ),
    "to": (
        "The path of the write, beneath `/api/v1` and with the ids in it.",
        "该笔写入的请求路径，不含 `/api/v1`，已填入编号。",
    ),
    "today": ("The day that it is in the ledger's time zone.", "账本时区的今天。"),
    "type": ("The type of the fact.", "事件的类型。"),
    "until": (
        "The first day on which it holds no more; null where that is open.",
        "结束日期，自当天起不再有效；未定时为 null。",
    ),
    "version": ("Which version of its name it is.", "同名之下的版本号。"),
    "zone": (
        "The ledger's time zone, by its IANA name: days are days there.",
        "账本的时区，以 IANA 名称表示；日期均按此时区。",
    ),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("Answers", "items"): ("The answers, in the order of the writes.", "各笔的答复，按提交的顺序。"),
    ("Item", "body"): (
        "The body of the write, as it would be sent alone; left out for an empty one.",
        "该笔写入的内容，与单独提交时相同；为空时可以省略。",
    ),
    ("ItemAnswer", "body"): (
        "What would be answered to it alone: a receipt or a problem document.",
        "单独提交该笔时的答复：回执或错误说明。",
    ),
    ("Items", "items"): ("The writes.", "各笔写入。"),
    ("Me", "role"): (
        "Who the caller is here: `volunteer`, `coordinator`, `auditor`, `integration` or `admin`.",
        "调用方的身份：`volunteer`、`coordinator`、`auditor`、`integration` 或 `admin`。",
    ),
    ("PartAnswer", "about"): ("The id of what this one is about.", "该项所涉及对象的编号。"),
    ("Problem", "code"): (
        "One of a closed list of codes; `type` leads to the page that explains it.",
        "错误代码，取自固定的列表；`type` 指向其说明页。",
    ),
    ("Problem", "type"): ("The page that explains the code.", "该错误代码的说明页。"),
    ("WrongField", "detail"): ("What is wrong with it.", "错在何处。"),
}
