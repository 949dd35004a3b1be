"""Why a token is not taken, by code."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

BAD_TOKENS: Mapping[str, Said] = {
    "expired": ("it has expired", "已过期"),
    "not-yet": ("it is not good yet", "尚未生效"),
    "other-ledger": ("it is for another ledger", "属于另一账本"),
    "other-issuer": ("somebody else issued it", "签发者不符"),
    "algorithm": ("it is not signed with EdDSA", "不是用 EdDSA 签名的"),
    "other-key": ("it is not signed with this ledger's key", "不是用本账本的密钥签名的"),
    "lacking": ("it lacks one of iss, aud, sub, iat, exp", "缺少 iss、aud、sub、iat、exp 之一"),
    "unreadable": ("it cannot be read", "无法读取"),
    "long": ("it is too long", "过长"),
    "content": ("what it holds cannot be read", "内容无法读取"),
    "lifetime": ("it lasts longer than is allowed, or not at all", "有效期超过上限，或没有有效期"),
    "nobody": (
        "the token names no role, actor or community that there could be",
        "其中的角色、经办人或社区（村）不可能存在",
    ),
    "volunteer": (
        "a volunteer's token has the volunteer as its subject, and no other has",
        "志愿者令牌的主体应为该志愿者，其他令牌不得如此",
    ),
    "coordinator": (
        "a coordinator's token names a community, and no other does",
        "社区管理员令牌须写明社区（村），其他令牌不得写明",
    ),
}
