"""The Chinese title of each rule's refusal, by code; the English one is the rule as its refusal states it."""

from collections.abc import Mapping

from ledger.operations.words.parts import gathered

TITLES_ZH: Mapping[str, str] = {
    "invalid-input": "内容填写有误",
    "key-reused": "请求编号已用于其他请求",
    "not-open": "账本尚未启用",
    **gathered("TITLES_ZH"),
}
