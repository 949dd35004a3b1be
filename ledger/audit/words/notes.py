"""Why a note is none, or is not believed: each reason once, in English and in Chinese."""

from collections.abc import Mapping

BAD_NOTES: Mapping[str, tuple[str, str]] = {
    "no-key": ("this is no verifier key", "不是公钥"),
    "other-id": ("the verifier key's id is not that of its name and key", "公钥的标识与其名称和内容不符"),
    "no-note": ("this is no signed note", "不是已签署的文本"),
    "many": ("the note has too many signatures", "签名过多"),
    "signature": ("the signature of {name} is wrong", "{name} 的签名有误"),
    "cosignature": ("the cosignature of {name} is wrong", "{name} 的见证签名有误"),
    "nobody": ("nobody who is trusted signed this note", "没有可信的签名"),
    "no-signature": ("a line under the note is no signature", "文本下方有一行不是签名"),
    "no-checkpoint": ("the note is no checkpoint", "不是检查点"),
    "no-root": ("the checkpoint has no root", "检查点没有根"),
    "other-log": ("the checkpoint is another log's", "检查点属于另一份总账"),
    "other-size": (
        "it stands as that of {size} events, and was signed for {signed}",
        "保存为 {size} 个事件的检查点，签署的却是 {signed} 个",
    ),
}
