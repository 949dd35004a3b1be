"""What people read of a ledger's public name: the operation, its field, and the refusal."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

_CALLED: Said = (
    "What the ledger is called in public; null where nobody gave it a name.",
    "账本的名称；尚未命名时为 null。",
)

SUMMARIES: Mapping[str, Said] = {
    "nameLedger": (
        "Give the ledger a public name, or another one; its origin, which signatures hold, stays as it is.",
        "为账本命名或更名；签名所用的账本标识不变。",
    ),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("Head", "name"): _CALLED,
    ("LedgerNow", "name"): _CALLED,
    ("NameLedgerBody", "name"): ("What the ledger is called in public from now on.", "账本的新名称。"),
}

TITLES_ZH = {"name-unchanged": "名称没有变化"}

ADVICE: Mapping[str, Said] = {
    "name-unchanged": ("There is nothing to do: it is called so already.", "无需办理：名称已是如此。"),
}
