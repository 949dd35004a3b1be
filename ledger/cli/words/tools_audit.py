"""What help says of the tools for auditors, as each is typed."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

OF_AUDITORS: Mapping[str, Said] = {
    "audit": (
        "Proofs that anyone can check: signed checkpoints, receipts of events, bundles of the whole log.",
        "任何人都可核验的证明：已签署的检查点、事件的存证、整个总账的核验包。",
    ),
    "audit sign": (
        "Sign the log's head, and print the checkpoint: whoever keeps it can tell if anything before it changes.\n\n"
        "The key is in the file that TIMEBANK_CHECKPOINT_KEY names, or in checkpoint-key.pem beside an embedded"
        " ledger. Where nothing was signed yet it is made.",
        "签署总账至今的全部内容，并输出检查点：持有检查点的人可以发现此前内容的任何改动。\n\n"
        "密钥在 TIMEBANK_CHECKPOINT_KEY 指定的文件，或账本文件夹的 checkpoint-key.pem 中；尚未签署过的，自动生成。",
    ),
    "audit cosign": (
        "Have the last checkpoint that was signed cosigned, and print it, while the ledger is served or without that.",
        "请见证方为最近签署的检查点作见证签名，并输出该检查点；账本正在提供服务时也可办理。",
    ),
    "audit key": (
        "Print the public key, with which others verify checkpoints and receipts.",
        "显示公钥，供他人核验检查点和存证。",
    ),
    "audit receipt": (
        "Print the proof that an event stands in the log, by the last checkpoint that was signed.",
        "输出事件已入总账的证明，以最近签署的检查点为准。",
    ),
    "audit bundle": (
        "Write every event, checkpoint and balance into a folder, up to the last checkpoint that was signed.",
        "将截至最近签署的检查点的全部事件、检查点和余额写入文件夹，即核验包。",
    ),
    "audit verify": (
        "Hold bytes, tree, checkpoints, tags, views and books against each other; leave with 1 if something is"
        " wrong.\n\n"
        "Tables, triggers, the database's file and the clock are looked at, too.\n\n"
        "Somebody who can write here can write everything here anew: only a checkpoint kept elsewhere tells that. Each"
        " of these must be cosigned by every witness whose key is given.",
        "相互核对存储的字节、哈希树、检查点、标签、视图和两本账；有误的，退出码为 1。\n\n"
        "数据表、触发器、数据库文件和时钟也一并检查。\n\n"
        "能在此写入的人，也能将此处的一切重写，只有另行保存的检查点才能发现。"
        "指定了见证方公钥的，这些检查点须有其全部见证签名。",
    ),
    "audit recompute": (
        "Recompute every balance from the log's bytes, and hash each byte; leave with 1 if something else is"
        " shown.\n\n"
        "The bytes are held against the tree, the last checkpoint and those given, and both books against the balances"
        " that are shown. A million events take seconds; `verify` examines more, and takes minutes.",
        "由总账存储的字节重算全部余额，并对每个字节计算哈希；与所显示的不符时，退出码为 1。\n\n"
        "以哈希树、最近的检查点和所指定的检查点核对字节，以两本账核对所显示的余额。"
        "一百万个事件只需数秒；`verify` 检查得更多，需要数分钟。",
    ),
    "audit replay": (
        "Fold the log from its first event into a ledger of its own, which can be asked like any other.\n\n"
        "It has no names, phones and volunteer numbers: those are in the ledger's directory.",
        "从第一个事件起重放总账，得到另一个可照常查询的账本。\n\n"
        "其中没有姓名、电话和志愿者编号：这些只在原账本的名册中。",
    ),
    "audit diff": (
        "What changed between two moments in any view, and by which facts.",
        "各视图在两个时刻之间的变化，及其所依据的事件。",
    ),
    "audit explain": (
        "Where each minute of a volunteer's two books comes from: the facts, who recorded them, and the policy.\n\n"
        "It leaves with 1 if the facts do not add up to the balance.",
        "志愿者两本账中每一分钟的由来：所依据的事件、经办人和管理办法。\n\n各事件之和与余额不符时，退出码为 1。",
    ),
    "audit verifier": (
        "Print a program that checks receipts and bundles without us: one file, for Python with `cryptography`.",
        "输出一个不依赖我们即可核验存证和核验包的程序：单个文件，需要 Python 和 `cryptography`。",
    ),
}
"""What each tool for auditors does, by its words as they are typed."""
