"""What the API's documentation says of those who call: their tokens, their roles, and whose affairs are theirs."""

from collections.abc import Mapping

from ledger.operations.access import About, Access
from ledger.operations.words.said import Said

BEARER: Said = (
    """A JWT signed with Ed25519 (`EdDSA`). The ledger's office issues it (`timebank token issue`), or
whoever was given the private key. Its claims are `iss` (`timebank-ledger`), `aud` (the ledger's origin), `sub` (who
acts), `iat` and `exp` (at most 31 days apart), `role`, and for a coordinator `community`. It is not renewed: before it
ends the caller gets another one, and one that has ended is answered 401.

* `volunteer`: a person, whose id is `sub`. Reads and records what is their own, and reads what everybody may see.
* `coordinator`: staff of one community with all beneath it.
* `auditor`: reads everything, and records nothing.
* `integration`: another platform, such as a portal, that acts for people. Reads and records everything.
* `admin`: the association's office. Reads and records everything.

A coordinator reaches what belongs to their community or one beneath it: volunteers at home there, with their records,
redemptions and training; its teams, venues, activities, shifts, offers, posts, attachments and designations; and what
somebody from elsewhere does there, which are sign-ups for and visits at its shifts and venues, the posts that they hold
there, and redemptions of its offers. What a caller does not reach answers 404, as if it were not there.""",
    """用 Ed25519（`EdDSA`）签名的 JWT，由账本的管理单位（`timebank token issue`）或持有私钥的一方签发。其内容为
`iss`（`timebank-ledger`）、`aud`（账本的标识）、`sub`（经办人）、`iat` 和 `exp`（相隔最多 31 天）、`role`，
社区管理员另有 `community`。令牌不能续期：到期前须另取一个；过期的令牌答复 401。

* `volunteer`：志愿者，`sub` 即其编号。可查询和办理本人的事务，可查询公开的内容。
* `coordinator`：某一社区（村）及其全部下级的工作人员。
* `auditor`：可查询全部，不作记录。
* `integration`：代人办理的其他平台，如门户。可查询和记录全部。
* `admin`：协会的管理单位。可查询和记录全部。

社区管理员的范围是所在社区（村）及其下级：归属其中的志愿者及其服务记录、兑换和培训；其服务队、阵地、活动、班次、兑换项目、
岗位、挂靠和称号；以及外来人员在此的事务，即对其班次和阵地的报名与签到、在此担任的岗位、对其兑换项目的兑换。范围以外的
内容一律答复 404，如同不存在。""",
)

IDEMPOTENCY: Said = (
    """The caller's own name of the request: sent again, it is answered and not done again.

Keys are the caller's own: the same one of another caller is another key. They are kept for ever. Only what was recorded
uses a key up, so that a refused request can be mended and sent under the same one; another request under a key that was
used is `key-reused`. With `dry_run=true` and a key that was used, the answer is what was recorded then.""",
    """调用方自定的请求编号：重复提交时只答复，不再办理。

各调用方的编号互不相干，永久保留。只有入账才用掉编号，因此未通过的请求可以改正后以同一编号再次提交；用已用过的编号提交
其他请求，答复 `key-reused`。带 `dry_run=true` 和已用过的编号时，答复当时入账的内容。""",
)

_HOME: Said = (
    "or that of a coordinator in whose community the volunteer is at home",
    "或志愿者归属社区（村）的社区管理员",
)
_WHOSE: Mapping[str, Said] = {
    "volunteer": (f"a volunteer's own, {_HOME[0]}", f"志愿者本人，{_HOME[1]}"),
    "record": (f"the volunteer's own, {_HOME[0]}", f"志愿者本人，{_HOME[1]}"),
    "training": (f"the volunteer's own, {_HOME[0]}", f"志愿者本人，{_HOME[1]}"),
    "sign-up": (
        "the volunteer's own, or that of a coordinator of the volunteer's home or of the shift's community",
        "志愿者本人，或志愿者归属地、班次所在社区（村）的社区管理员",
    ),
    "visit": (
        "the volunteer's own, or that of a coordinator of the volunteer's home or of the place's community",
        "志愿者本人，或志愿者归属地、签到处所在社区（村）的社区管理员",
    ),
    "redemption": (
        "the volunteer's own, or that of a coordinator of the volunteer's home or of the offer's community",
        "志愿者本人，或志愿者归属地、兑换项目所属社区（村）的社区管理员",
    ),
    "tenure": (
        "the volunteer's own, or that of a coordinator of the volunteer's home or of the post's community",
        "志愿者本人，或志愿者归属地、岗位所在社区（村）的社区管理员",
    ),
    "community": (
        "that of a coordinator of the community or of one above it",
        "该社区（村）或其上级的社区管理员",
    ),
}
_IN_A_COMMUNITY: Said = (
    "that of a coordinator of the community that it belongs to, or of one above that",
    "其所属社区（村）或该社区（村）上级的社区管理员",
)


def who(access: Access) -> Said:
    """Who may call an operation, and whose affairs it must be about."""
    if access.roles is None:
        return "Nobody need say who they are.", "无须表明身份。"
    roles = [f"`{role}`" for role in sorted(access.roles)]
    en, zh = f"For the roles {', '.join(roles)}.", f"限角色 {'、'.join(roles)}。"
    if not access.about:
        return en, zh
    english, chinese = zip(*map(_reached, access.about), strict=True)
    return (
        f"{en} For a volunteer or coordinator the affair must be theirs: {'; '.join(english)}."
        " Otherwise it is not found.",
        f"{zh}志愿者和社区管理员只能办理自己范围内的事务：{'；'.join(chinese)}。否则视为不存在。",
    )


def _reached(about: About) -> Said:
    en, zh = _WHOSE.get(about.kind, _IN_A_COMMUNITY)
    given, if_given = ("", "") if about.needed else (", where it is given,", "（如填写）")
    return f"`{about.name}`{given} is {en}", f"`{about.name}`{if_given}：{zh}"
