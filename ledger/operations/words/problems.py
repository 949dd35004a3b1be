"""What stands between a caller and an answer beside the rules, by code: the titles of problems."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

PROBLEMS: Mapping[str, Said] = {
    "forbidden": ("Your role may not do this", "当前角色无权进行此操作"),
    "not-found": ("There is nothing here", "没有找到"),
    "invalid-request": ("A field holds what it may not", "字段填写有误"),
    "unknown-volunteer": ("Nobody has this volunteer number", "没有这个志愿者编号"),
    "cannot-receive": ("The receiver cannot receive credits", "接收方不能接收时间币"),
    "ambiguous": ("A word may mean several things", "该名称可指多个对象"),
    "number-taken": ("Somebody else has this volunteer number", "该志愿者编号已属于他人"),
    "list-changed": ("The list has changed since its first page", "列表在翻页期间已变动"),
    "not-signed": ("No checkpoint covers it yet", "尚无检查点涵盖此内容"),
    "signing-refused": (
        "The log does not agree with what was signed or stored before",
        "账本与此前签署或存储的内容不符",
    ),
    "no-checkpoint-key": ("This server has no key for checkpoints", "本服务没有检查点密钥"),
    "not-there-yet": ("The view is not there yet", "数据尚未更新到所需序号"),
    "store-unavailable": ("The ledger is out of reach", "账本暂时不可用"),
}

PROBLEMS_OF_HTTP: Mapping[str, Said] = {
    "malformed-request": ("The request cannot be read", "无法解析该请求"),
    "unauthenticated": ("A valid bearer token is needed", "需要有效的访问令牌"),
    "method-not-allowed": ("This cannot be done here", "此处不支持该方法"),
    "not-acceptable": ("Answers are JSON", "仅提供 JSON 格式"),
    "request-timeout": ("The body came too slowly", "请求内容传送过慢"),
    "body-too-large": ("The body is too large", "请求内容过大"),
    "unsupported-media-type": ("Bodies are JSON", "请求内容须为 JSON"),
    "too-many-requests": ("Too many requests at once", "同时请求过多"),
    "internal-error": ("Something failed on our side", "系统内部错误"),
    "read-only": ("This server only reads", "本服务只提供查询"),
}
"""Those that HTTP alone knows."""
