"""What examinations are called and find, in Chinese, by the English that they tell; what is not here stays as it is."""

from collections.abc import Mapping, Sequence

from ledger.operations.words.said import Said

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
)
"""As they are told, with what changes in braces: the longest that fits is meant."""
