"""What people read of terms: the operations, their fields, and the refusals."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "listTerms": (
        "What codes are called: kinds, roles, posts, reasons, …, in Chinese and in English.",
        "术语表：类别、角色、岗位、事由等代码的中英文名称。",
    ),
    "defineTerm": (
        "Say what a code is called: an office's own word, or another one for a code that is known.",
        "定义术语：为代码规定名称，或更改已有代码的名称。",
    ),
}

FIELDS: Mapping[str, Said] = {
    "en": ("What people read in English.", "英文名称。"),
    "zh": ("What people read in Chinese.", "中文名称。"),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("DefineTermBody", "code"): (
        "The code, which stands for the same thing for ever: small letters, digits and hyphens.",
        "代码，含义永不改变：小写字母、数字和连字符。",
    ),
    ("DefineTermBody", "kind"): ("What it is a word of.", "属于哪一类术语。"),
    ("TermItem", "code"): ("The code, as facts hold it.", "代码，事件中即记录此代码。"),
    ("TermItem", "own"): (
        "Whether an office has given it this name here; otherwise it is the field's own word.",
        "是否为本账本自行规定；否则为通用名称。",
    ),
    ("TermItem", "kind"): ("What it is a word of.", "属于哪一类术语。"),
}

TITLES_ZH = {
    "label-taken": "该名称已用于其他代码",
    "term-unchanged": "术语没有变化",
}

ADVICE: Mapping[str, Said] = {
    "label-taken": (
        "Take another name, or use the code that has this one: `timebank term list` shows all.",
        "请换一个名称，或直接使用已有此名称的代码；`timebank term list` 列出全部术语。",
    ),
    "term-unchanged": ("There is nothing to do: the code is called so already.", "无需办理：术语已是如此。"),
}
