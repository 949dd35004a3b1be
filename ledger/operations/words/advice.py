"""What to do about each problem, by its code."""

from ledger.operations.refused import Kind
from ledger.operations.words.parts import gathered
from ledger.operations.words.said import Said

_BY_CODE: dict[str, Said] = {
    "malformed-request": (
        "Send JSON in UTF-8, and only what a URL may hold.",
        "请以 UTF-8 编码发送 JSON，并检查地址中的字符。",
    ),
    "unauthenticated": (
        "Send `Authorization: Bearer …` with a token that has not expired; ask for a new one where it has.",
        "请在 Authorization 中携带未过期的 Bearer 令牌；已过期的请重新申请。",
    ),
    "forbidden": (
        "Ask somebody whose role may do it; the API's documentation names the roles of each operation.",
        "请由有权限的角色操作；各操作所需角色见 API 文档。",
    ),
    "not-found": (
        "Look at the address and the id. What is not yours to see is not found either.",
        "请核对地址与编号；无权查看的内容同样显示为没有找到。",
    ),
    "method-not-allowed": ("Use a method that the header Allow names.", "请使用响应头 Allow 列出的方法。"),
    "not-acceptable": ("Accept application/json.", "请接受 application/json。"),
    "request-timeout": (
        "Nothing was recorded. Send it again, all of it within 20 seconds, or less at once.",
        "没有记录任何内容。请重新发送，并在 20 秒内传完；也可分批提交。",
    ),
    "body-too-large": (
        "Send less at once: a batch is a million bytes at most, and the body of one write 65,536.",
        "请分批提交；批量请求不超过一百万字节，单笔请求内容不超过 65,536 字节。",
    ),
    "unsupported-media-type": (
        "Send `Content-Type: application/json`, in UTF-8 and not compressed.",
        "请使用 Content-Type: application/json，UTF-8 编码且不压缩。",
    ),
    "invalid-request": (
        "`errors` names each field, parameter or header that is wrong; mend it and send the request again.",
        "errors 指出有误的字段、参数或请求头，请更正后重新提交。",
    ),
    "invalid-input": (
        "`errors` names the field that is wrong; mend it and send the request again.",
        "errors 指出有误的字段，请更正后重新提交。",
    ),
    "key-reused": (
        "Send each new request under an Idempotency-Key of its own; repeat a key only with the very same request.",
        "每个新请求须使用新的 Idempotency-Key；只有完全相同的请求才可重复使用。",
    ),
    "unknown-volunteer": (
        "Nothing was recorded. Look at the number in the field that `errors` names; it has to be the whole of it.",
        "没有记录任何内容。请核对 `errors` 所指字段中的志愿者编号，字母与数字须完全一致。",
    ),
    "ambiguous": (
        "Nothing was recorded. `details.candidates` lists what the word may mean; name one of them by its id.",
        "没有记录任何内容。`details.candidates` 列出可能的对象，请以其编号指明。",
    ),
    "cannot-receive": (
        "Nothing was recorded. Ask whoever is to receive for the whole of their number; an office can say more.",
        "没有记录任何内容。请向对方核对完整的志愿者编号，或向工作人员查询原因。",
    ),
    "number-taken": (
        "Nothing was recorded. Look the number up: the person may be registered already, or somebody mistyped it.",
        "没有记录任何内容。请核对编号：此人可能已经注册，或编号有误。",
    ),
    "list-changed": (
        "Begin again, without a cursor. Figures stay the same from page to page with the `position` of the first"
        " page as `known_at`.",
        "请不带 cursor 从第一页重新查询；以第一页的 position 作为 known_at，可使各页数据保持一致。",
    ),
    "not-open": ("Whoever runs this server opens the ledger first.", "请由运维人员先启用账本。"),
    "too-many-requests": (
        "Wait for answers before asking on: one caller has 64 requests under way at most, and a batch counts as many "
        "as it has items. Whoever runs the server can allow one caller more.",
        "请等待已有请求完成；同一调用方最多同时进行 64 个请求，批量请求按其项数计。运维人员可为某一调用方放宽。",
    ),
    "not-signed": (
        "Ask again once the next checkpoint is signed; `POST /audit/checkpoints` signs one.",
        "请在下一个检查点签署后再查询；可用 POST /audit/checkpoints 签署。",
    ),
    "signing-refused": (
        "Find out what was changed: run `timebank audit verify` with a checkpoint that was kept elsewhere.",
        "请先查明原因：用另行保存的检查点运行 timebank audit verify。",
    ),
    "no-checkpoint-key": (
        "Whoever runs this server names the key's file in TIMEBANK_CHECKPOINT_KEY, or signs a first checkpoint.",
        "请由运维人员用 TIMEBANK_CHECKPOINT_KEY 指明密钥文件，或先签署一个检查点。",
    ),
    "internal-error": (
        "Nobody is told more than this. Report the `request_id`: the server's log has the rest under it.",
        "请将 request_id 告知运维人员，服务器日志中有详细记录。",
    ),
    "read-only": ("Send writes to the server that takes them.", "请向可写入的服务提交。"),
    "not-there-yet": (
        "Ask again after Retry-After, or with a lower `min_position`.",
        "请按 Retry-After 稍后重试，或降低 min_position。",
    ),
    "store-unavailable": (
        "Try again after Retry-After; a write under the same Idempotency-Key is never done twice.",
        "请按 Retry-After 稍后重试；使用相同 Idempotency-Key 的写入不会重复入账。",
    ),
}

_OF_RULES: dict[str, Said] = gathered("ADVICE")
_NOTHING_RECORDED: Said = ("Nothing was recorded. ", "没有记录任何内容。")


def advice(kind: Kind) -> Said:
    """What to do about a problem."""
    found = advice_for(kind.code)
    assert found is not None
    return found


def advice_for(code: str) -> Said | None:
    """What to do about the problem of a code, None where nobody knows it."""
    of_rules = _OF_RULES.get(code)
    if of_rules is None:
        return _BY_CODE.get(code)
    return _NOTHING_RECORDED[0] + of_rules[0], _NOTHING_RECORDED[1] + of_rules[1]
