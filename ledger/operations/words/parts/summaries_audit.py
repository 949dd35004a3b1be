"""What the operations for auditors do."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

SUMMARIES: Mapping[str, Said] = {
    "getHead": (
        "How many events the log has, the root of their tree, and how many of them are signed.",
        "总账的事件数、哈希树的根，以及已签署的事件数。",
    ),
    "listCheckpoints": (
        "Every checkpoint that was signed, the newest first.",
        "已签署的全部检查点，最近的在前。",
    ),
    "getCheckpoint": (
        "The checkpoint of so many events, or the `latest`; as text/plain the signed note alone.",
        "涵盖若干事件的检查点，或最近的一个（`latest`）；以 text/plain 只取已签署的检查点文本。",
    ),
    "getCheckpointKey": (
        "The public key with which checkpoints and receipts are verified; as text/plain the key alone.",
        "核验检查点和存证所用的公钥；以 text/plain 只取公钥。",
    ),
    "getConsistency": (
        "The proof that the first events of the log begin a longer one: nothing before was changed.",
        "总账由其较早的部分延续而来的证明：此前的内容没有改动。",
    ),
    "getProof": (
        "An event as it is stored, and the proof that it stands in the log; as text/plain its receipt alone.",
        "事件的存储原文，及其在总账中的证明；以 text/plain 只取存证。",
    ),
    "getRecordReceipt": (
        "Every fact about a service record as it is stored, each with its receipt, for its volunteer to keep.",
        "一条服务记录的全部事件的存储原文，各附存证，供志愿者留存。",
    ),
    "getExplanation": (
        "Where each minute of a volunteer's two books comes from: facts, who recorded them, and the policy.",
        "志愿者两本账中每一分钟的由来：所依据的事件、经办人和管理办法。",
    ),
    "signCheckpoint": (
        "Sign all that the log holds; the last checkpoint again where nothing was recorded since.",
        "签署涵盖总账全部内容的检查点；自上次以来没有新入账的，仍为上次的检查点。",
    ),
}
