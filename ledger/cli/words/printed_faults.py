"""What examinations are called and find, in Chinese, by the English that they tell; what is not here stays as it is."""

from collections.abc import Mapping, Sequence

from ledger.audit.words.notes import BAD_NOTES
from ledger.operations.words.said import Said
from projections.running.marks import PROBLEMS

EXAMINED_ZH: Mapping[str, str] = {
    "balances": "余额",
    "bytes and tree": "存储内容与哈希树",
    "checkpoints": "检查点",
    "clock": "时钟",
    "cosignatures": "见证签名",
    "database file": "数据库文件",
    "directory file": "名册文件",
    "laws of the books": "账目规则",
    "stored events": "已存事件",
    "tables and triggers": "数据表与触发器",
    "tags": "标签",
    "tree": "哈希树",
}
"""By name; that of a view follows its own word."""

UNDER_WAY_ZH: Mapping[str, str] = {
    "a year": "一年",
    "backup": "备份",
    "bundle": "核验包",
    "check": "检查",
    "compare": "比对",
    "examine": "检查",
    "import": "导入",
    "read": "读取",
    "recompute": "重新计算",
    "replay": "重放",
    "restore": "恢复",
    "verify": "核验",
    "write": "写入",
}
"""What a bar of progress is for, by name; what is not here is a view, or in Chinese already."""

FAULTS: Sequence[Said] = (
    ("it {what}", "{what}"),
    ("the view {what}", "该视图{what}"),
    ("cannot be examined: {why}", "无法检查：{why}"),
    ("cannot be compared, as the log cannot be read", "总账无法读取，不能比对"),
    (
        "is not built for this release; `timebank projections rebuild` builds it",
        "尚未按本版本建立；用 `timebank projections rebuild` 建立",
    ),
    ("broke at position {position}: {why}", "在序号 {position} 处中断：{why}"),
    (
        "tells of an error, and is not broken; `timebank projections rebuild` mends it",
        "记有故障但并未中断；用 `timebank projections rebuild` 修复",
    ),
    ("stands at {position}, the log at {head}", "位于序号 {position}，总账位于序号 {head}"),
    (
        "lacks a table; `timebank projections rebuild` mends it",
        "缺少数据表；用 `timebank projections rebuild` 修复",
    ),
    (
        "differs from what the log says; `timebank projections rebuild` mends it",
        "与总账不一致；用 `timebank projections rebuild` 修复",
    ),
    ("cannot take what the log holds: {why}", "无法接纳总账内容：{why}"),
    ("events stand before position 1", "序号 1 之前存在事件"),
    ("events stand before the first", "第一个事件之前存在事件"),
    ("position {position} is missing", "缺少序号 {position}"),
    ("position {position} is no text", "序号 {position} 不是文本"),
    ("position {position} cannot be read", "序号 {position} 无法读取"),
    (
        "type or tags of position {position} are not those of its data",
        "序号 {position} 的类型或标签与其内容不符",
    ),
    ("the index of tags is not what the events say", "标签索引与事件不符"),
    ("event {position} is missing", "缺少序号 {position} 的事件"),
    ("event {position} is no text", "序号 {position} 的事件不是文本"),
    ("event {position} cannot be read", "序号 {position} 的事件无法读取"),
    (
        "event {position} is not what the tree has a leaf of: one of the two was changed",
        "序号 {position} 的事件与哈希树的叶不符：两者之一被改动",
    ),
    (
        "event {position} is not what it has a leaf of: one of the two was changed",
        "序号 {position} 的事件与叶不符：两者之一被改动",
    ),
    (
        "the tree has {leaves} leaves, and the log {events} events",
        "哈希树有 {leaves} 个叶，总账有 {events} 个事件",
    ),
    ("it has {leaves} leaves, and the log {events} events", "有 {leaves} 个叶，总账有 {events} 个事件"),
    ("a checkpoint cannot be trusted: {why}", "有检查点不可信：{why}"),
    (
        "two checkpoints of the first {size} events contradict each other",
        "前 {size} 个事件的两个检查点相互矛盾",
    ),
    (
        "{signed} events were signed, and the log has {size}: some were taken away",
        "已签署 {signed} 个事件，总账只有 {size} 个：有事件被移除",
    ),
    (
        "a checkpoint of {size} events that was kept is not among those that are stored",
        "另行保管的 {size} 个事件的检查点不在账本中",
    ),
    (
        "the first {size} events are not those that were signed: one of them was changed since",
        "前 {size} 个事件与签署时不符：其中有事件被改动",
    ),
    ("seal {number} of the checkpoints is missing", "缺少检查点的封印 {number}"),
    (
        "the checkpoint of {size} events was taken away: it is sealed, and not there",
        "{size} 个事件的检查点被移除：有其封印而不见其本身",
    ),
    (
        "the checkpoint of {size} events is not the one that was sealed: it or a seal was changed",
        "{size} 个事件的检查点与封印不符：检查点或封印被改动",
    ),
    (
        "the checkpoint of {size} events is not cosigned by {who}",
        "{size} 个事件的检查点没有 {who} 的见证签名",
    ),
    ("{account} is not shown, and the events tell of it", "{account} 未显示，而事件中有"),
    ("the list of migrations is not that of this release", "数据库升级记录与本版本不符"),
    ("event {position} is dated before the one that precedes it", "序号 {position} 的事件早于其前一个"),
    (
        "the checkpoint of {size} events that is stored cannot be trusted: {why}",
        "所存 {size} 个事件的检查点不可信：{why}",
    ),
    ("the checkpoint of {size} events: {why}", "{size} 个事件的检查点：{why}"),
    (
        "there is no checkpoint to look at: `--checkpoint` names one that was kept",
        "没有可查看的检查点：用 `--checkpoint` 提供另行保管的检查点",
    ),
    (
        "its nodes above events {first} to {last} are not those of their leaves",
        "序号 {first} 至 {last} 的事件之上的节点与其叶不符",
    ),
    (
        "{account} is shown with {shown}, and the events say {says}",
        "{account} 显示为{shown}，按事件应为{says}",
    ),
    (
        "the account {account} is shown with {shown}, and the events say {says}",
        "账户 {account} 显示为{shown}，按事件应为{says}",
    ),
    ("{service} of service and {credits} of credits", "服务{service}、时间币{credits}"),
    ("nothing of them", "无"),
    ("nothing of it", "无"),
    (
        "the clock was ahead: events {first} to {last} are dated later than now, from {instant} UTC on",
        "时钟曾快：序号 {first} 至 {last} 的事件晚于现在，自 {instant} UTC 起",
    ),
    (
        "the clock had been ahead: events {first} to {last} bear one instant, {instant} UTC, and event {witness} was"
        " recorded {told}",
        "时钟曾快：序号 {first} 至 {last} 的事件时间相同，为 {instant} UTC，而序号 {witness} 的事件入账于{told}",
    ),
    ("at {instant} UTC", " {instant} UTC"),
    ("on {day}", " {day}"),
    ("and {more} times more", "另有 {more} 次"),
    ("and {more} more", "另有 {more} 处"),
    ("there is a state of {name}, which is no view", "有 {name} 的状态，而没有这个视图"),
    ("event {position} of {instant} UTC: {broken}", "{instant} UTC 序号 {position} 的事件：{broken}"),
    ("the record {record} is reversed, and it did not count", "记录 {record} 被撤销，而它未曾计入"),
    (
        "the record {record} was approved by the one who reported it, or whose service it is",
        "记录 {record} 由其申报人或服务者本人批准",
    ),
    ("the record {record} was attested by the one whose service it is", "记录 {record} 由服务者本人登记"),
    ("the record {record} was decided a second time", "记录 {record} 被第二次审核"),
    (
        "{volunteer} is to have served {minutes} minutes on {day}: a day has 1,440",
        "{volunteer} 在 {day} 服务 {minutes} 分钟：一天只有 1,440 分钟",
    ),
    (
        "more minutes of {volunteer} on {day} are taken back than were served",
        "{volunteer} 在 {day} 撤回的分钟数多于服务的分钟数",
    ),
    ("the lines of the credit book do not sum to zero", "时间币账各行之和不为零"),
    (
        "spending takes {whose} to {minutes} minutes, and the lowest allowed is {floor}",
        "支出使 {whose} 余 {minutes} 分钟，低于下限 {floor}",
    ),
    *BAD_NOTES.values(),
    *PROBLEMS,
)
"""As they are told, with what changes in braces: the longest that fits is meant."""

FLAWS: Sequence[Said] = (
    ("the {thing} is missing", "{thing} 缺失"),
    ("the {thing} is missing or changed", "{thing} 缺失或被改动"),
    ("the {thing} is not as it was made", "{thing} 与建立时不符"),
    ("the {thing} is none of ours", "{thing} 不属于本系统"),
    ("trigger {name} of {table}", "{table} 的触发器 {name}"),
    ("rule {name} of {table}", "{table} 的规则 {name}"),
    ("policy {name} of {table}", "{table} 的策略 {name}"),
    ("table {name}", "数据表 {name}"),
    ("index {name}", "索引 {name}"),
    ("view {name}", "视图 {name}"),
    ("function {name}", "函数 {name}"),
)
"""The same of what examinations put together: what is otherwise than it was made, and its state."""
