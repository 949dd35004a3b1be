"""Why a line stands in a volunteer's books, by the fact that it comes from."""

from collections.abc import Mapping

_RULE = (
    " the policy {policy}, version {version}, gives {credits} of credits for it ({per} for {served} served)",
    "按管理办法 {policy} 第 {version} 版（每服务{served}计{per}）计时间币{credits}",
)
RECEIVED = "received"

LINES: Mapping[str, tuple[str, str]] = {
    "service-approved": (
        "{reported_by} reported {minutes} at {activity_name} and {by} approved it:" + _RULE[0] + ".",
        "{reported_by} 上报“{activity_name}”{minutes}，{by} 审核通过；" + _RULE[1] + "。",
    ),
    "service-attested": (
        "{by} attested {minutes} at {activity_name}:" + _RULE[0] + ".",
        "{by} 认定“{activity_name}”{minutes}；" + _RULE[1] + "。",
    ),
    "service-reversed": (
        "{by} took back {minutes} at {activity_name} ({reason}), and with it {credits} of credits.",
        "{by} 撤销“{activity_name}”{minutes}（{reason}），并扣回时间币{credits}。",
    ),
    "credits-transferred": (
        "{minutes} were given to {receiver}, recorded by {by}.",
        "向 {receiver} 转赠{minutes}，由 {by} 登记。",
    ),
    RECEIVED: (
        "{minutes} came from {giver}, recorded by {by}.",
        "收到 {giver} 转赠的{minutes}，由 {by} 登记。",
    ),
    "credits-donated": (
        "{minutes} were donated to the pool of {community}, recorded by {by}.",
        "向 {community} 公益池捐赠{minutes}，由 {by} 登记。",
    ),
    "credits-granted": (
        "{minutes} were granted out of the pool of {community}, recorded by {by}.",
        "{community} 公益池发放{minutes}，由 {by} 登记。",
    ),
    "redemption-placed": (
        "{minutes} were set aside for {items} × {offer_name}, recorded by {by}.",
        "预约“{offer_name}”{items} 份，占用{minutes}，由 {by} 登记。",
    ),
    "redemption-cancelled": (
        "{minutes} that were set aside for {offer_name} came back: {by} cancelled it ({reason}).",
        "{by} 取消“{offer_name}”的预约（{reason}），释放{minutes}。",
    ),
    "redemption-expired": (
        "{minutes} that were set aside for {offer_name} came back: the time was over, as {by} recorded.",
        "“{offer_name}”的预约已过期，释放{minutes}，由 {by} 登记。",
    ),
    "redemption-returned": (
        "{minutes} that were spent on {offer_name} came back: it was returned ({reason}), recorded by {by}.",
        "“{offer_name}”已退回（{reason}），退还{minutes}，由 {by} 登记。",
    ),
}
