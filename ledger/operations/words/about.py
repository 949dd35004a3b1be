"""What the whole of what can be asked and done is, for who begins to program against it."""

from ledger.operations.words.said import Said

ABOUT: Said = (
    """A ledger for volunteer time banks: one log of facts, and views of it.

Reads answer with their `position` in the log and an `ETag`; with `min_position` they wait for a fact that was just
recorded. Writes are commands: they answer with the facts that follow, or with the rule that stood against them. A
write with an `Idempotency-Key` can be sent again; `dry_run=true` tells what would happen, and records nothing.

A day (`2026-03-08`) is one in the ledger's own time zone, in which it also is today; an instant is RFC 3339 in UTC
(`2026-03-08T04:00:00.000000Z`), and those that are sent may have another offset. Minutes are whole ones, and money is
in fen, hundredths of a yuan.

Volunteers are told of other volunteers no id: a name on a leaderboard is masked, and where a fact or a line names one,
`volunteer` stands instead, or what the request itself said. Proofs alone hold facts as they are stored.

Every error is a problem document with a `code`; each code is explained at `/problems/{code}`.""",
    """志愿服务时间银行的账本：一份只增不改的总账，以及由其得出的各种数据。

查询的答复带有其在总账中的序号 `position` 和 `ETag`；带上 `min_position` 时，等到刚记录的事件可见后再答复。写入即
办理一项事务：答复所产生的事件，或不予办理的规则。带 `Idempotency-Key` 的写入可以重复提交；`dry_run=true` 只显示将会
发生什么，不作记录。

日期（`2026-03-08`）按账本自己的时区，今天也是；时间为 UTC 的 RFC 3339 格式（`2026-03-08T04:00:00.000000Z`），提交时
可以带其他时差。分钟为整数，金额以分计。

志愿者看不到其他志愿者的编号：排行榜上的姓名经过遮挡，事件或明细中提到他人时以 `volunteer` 代替，或使用请求本身的写法。
只有证明按原样包含所存储的事件。

每个错误都是带有 `code` 的错误说明；各代码的含义见 `/problems/{code}`。""",
)
