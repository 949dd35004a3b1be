"""What the fields of the routes for auditors mean, by their names."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

OTHERS_EN = "A volunteer is told of another one only `volunteer`, without an id."
OTHERS_ZH = "志愿者查询到他人时只显示 `volunteer`，不显示编号。"

FIELDS: Mapping[str, Said] = {
    "adds_up": (
        "Whether the lines of all pages add up to the balance, which is kept apart from them.",
        "各页明细合计是否与另行保存的余额一致。",
    ),
    "adopted": ("The position of the fact that put the policy in force.", "颁布该管理办法的事件的序号。"),
    "checkpoint": (
        "The signed note (C2SP tlog-checkpoint): text, to be kept as it is.",
        "已签署的检查点文本（C2SP tlog-checkpoint），须原样保存。",
    ),
    "facts": ("The facts behind it, in the order of the log.", "所依据的事件，按总账中的顺序。"),
    "from": ("How many events the older tree has.", "较早的哈希树所含的事件数。"),
    "from_root": ("The root of the older tree, in base64.", "较早的哈希树的根，base64 编码。"),
    "index": ("The event's number from 0: its position less one.", "事件的下标，从 0 起，即序号减一。"),
    "proof": (
        "The hashes of the proof, in base64, in the order of RFC 9162.",
        "证明所含的哈希值，base64 编码，按 RFC 9162 的次序。",
    ),
    "receipt": (
        "The proof as a file (C2SP tlog-proof): text, to be kept as it is.",
        "证明文件（C2SP tlog-proof），即存证，须原样保存。",
    ),
    "record": ("The id of the service record.", "服务记录的编号。"),
    "root": ("The root of the tree, in base64.", "哈希树的根，base64 编码。"),
    "signed": (
        "How many events the last checkpoint covers; null where there is none.",
        "最近一个检查点涵盖的事件数；没有检查点时为 null。",
    ),
    "size": ("How many events the checkpoint covers.", "检查点涵盖的事件数。"),
    "taken_back_by": (
        "The position of the fact that undoes this line; null while none does.",
        "撤销该笔的事件的序号；未被撤销时为 null。",
    ),
    "takes_back": (
        "The position of the fact that this line undoes; null where it undoes none.",
        "该笔所撤销的事件的序号；没有撤销时为 null。",
    ),
    "thing": (
        "The id of the record, redemption, transfer, donation or grant that the line belongs to.",
        "该笔所属的服务记录、兑换、转赠、捐赠或发放的编号。",
    ),
    "to_root": ("The root of the newer tree, in base64.", "较新的哈希树的根，base64 编码。"),
    "verifier_key": (
        "The public key as verifiers take it: name+id+base64.",
        "核验工具所用的公钥：name+id+base64。",
    ),
    "why": (
        "Where these minutes come from: a sentence in the language of the caller.",
        "这些时长的由来：以调用方的语言写成的一句话。",
    ),
}

OTHERWISE: Mapping[tuple[str, str], Said] = {
    ("AppliedPolicy", "name"): ("The policy's name: a code.", "管理办法的名称：代码。"),
    ("AppliedPolicy", "version"): ("The policy's version.", "管理办法的版本。"),
    ("Consistency", "to"): ("How many events the newer tree has.", "较新的哈希树所含的事件数。"),
    ("ExplainedLine", "about"): (
        f"The id of the activity or the offer, or the account on the other side. {OTHERS_EN}",
        f"活动或兑换项目的编号，或对方账户。{OTHERS_ZH}",
    ),
    ("ExplainedLine", "credit_minutes"): (
        "Credit minutes that came (or, below zero, went) with this line.",
        "该笔增加（或为负数，即减少）的时间币，以分钟计。",
    ),
    ("ExplainedLine", "day"): (
        "The day of service, or that on which credits moved.",
        "服务日，或时间币变动的日期。",
    ),
    ("ExplainedLine", "policy"): (
        "The policy that the credits were counted under; null where none is applied.",
        "计算时间币所依据的管理办法；没有适用的管理办法时为 null。",
    ),
    ("ExplainedLine", "reason"): (
        "Why, where the fact says so: a code; null for none.",
        "原因：代码；事件中没有时为 null。",
    ),
    ("ExplainedLine", "service_minutes"): (
        "Service minutes that came (or, below zero, went) with this line.",
        "该笔增加（或为负数，即减少）的服务时长，以分钟计。",
    ),
    ("ExplanationPage", "credit_minutes"): (
        "Credit minutes that the lines of all pages add up to.",
        "各页明细合计的时间币，以分钟计。",
    ),
    ("ExplanationPage", "service_minutes"): (
        "Service minutes that the lines of all pages add up to.",
        "各页明细合计的服务时长，以分钟计。",
    ),
    ("FactReceipt", "event"): (
        "The fact as it is stored, to the byte: text that holds JSON.",
        "事件的存储原文，逐字节一致：JSON 文本。",
    ),
    ("Head", "size"): ("How many events there are.", "事件总数。"),
    ("Inclusion", "event"): (
        "The event as it is stored, to the byte: text that holds JSON.",
        "事件的存储原文，逐字节一致：JSON 文本。",
    ),
    ("TracedFact", "event"): ("The type of the fact.", "事件的类型。"),
    ("TracedFact", "reason"): (
        "Why, where the fact says so: a code; null for none.",
        "原因：代码；事件中没有时为 null。",
    ),
}
