"""What the tools print that an office runs beside what it does and asks."""

from collections.abc import Mapping

from ledger.operations.words.said import Said

PRINTED_BY_TOOLS: Mapping[str, Said] = {
    # What the log tells of its past.
    "explained": ("Where the minutes of {who} come from{when}", "{who} 的时长来源{when}"),
    "of_service": ("{minutes} of service", "服务时长 {minutes}"),
    "of_credits": ("{minutes} of credits", "时间币 {minutes}"),
    "no_minutes": ("no minutes", "无变动"),
    "explained_line": (
        "{line}. {day}: {moved}; {service} of service and {credits} of credits then",
        "{line}. {day}：{moved}；此后服务时长 {service}，时间币 {credits}",
    ),
    "policy_adopted": ("policy adopted: {name}, version {version}", "管理办法施行：{name}，第 {version} 版"),
    "fact_by": ("{event} by {by}{why}", "{event}，经办人 {by}{why}"),
    "fact_why": (", {reason}", "，原因：{reason}"),
    "taken_back": ("   Taken back by event {position:,}.", "   已由序号 {position:,} 的事件撤回。"),
    "lines_in_all": (
        "{lines}: {service} of service, {credits} of credits.",
        "共 {lines}：服务时长 {service}，时间币 {credits}。",
    ),
    "adds_up": ("The lines add up to the balance: yes.", "各行合计与余额相符。"),
    "does_not_add_up": (
        "The lines add up to the balance: NO, which says {service} of service and {credits} of credits.",
        "各行合计与余额不符：余额为服务时长 {service}，时间币 {credits}。",
    ),
    "replayed": (
        "Replayed up to position {position:,}, into {folder}",
        "已重放至序号 {position:,}，存入 {folder}",
    ),
    "replayed_ledger": (
        "It can be asked like any ledger, with --data; people have their ids there, and no names.",
        "可用 --data 像其他账本一样查询；其中各人只有系统编号，没有姓名。",
    ),
    "compared": ("From position {before:,} to {after:,}", "自序号 {before:,} 至序号 {after:,}"),
    "changed_in": ("What changed in {view}", "视图 {view} 的变化"),
    "no_view_changed": ("No view changed.", "没有视图发生变化。"),
    "nothing_changed": ("Nothing.", "没有变化。"),
    "and_more": ("{facts} and {count} more", "{facts}，另有 {count} 个"),
    # Views.
    "no_views": ("There are no views.", "没有视图。"),
    "no_position": ("-", "无"),
    "followed": ("Followed", "跟随的视图"),
    "agrees": ("agrees with the log", "与总账一致"),
    "rebuilt": ("rebuilt, the same as before", "已重建，与原来相同"),
    "rebuilt_otherwise": ("rebuilt, and it differs from before", "已重建，与原来不同"),
    "not_rebuilt": ("cannot be rebuilt: {problem}", "无法重建：{problem}"),
    "following": (
        "Following; Ctrl-C ends it, and it takes up from there the next time.",
        "正在跟随；按 Ctrl-C 结束，下次从此处继续。",
    ),
    # Proofs.
    "all_is_well": ("all is well", "正常"),
    "nothing_examined": ("Nothing was examined.", "没有检查项。"),
    "events_of": ("{events} of {origin}, root {root}", "{origin}：{events}，根 {root}"),
    "no_checkpoints": ("Nothing was signed yet.", "尚未签署。"),
    "nothing_signed": ("Nothing of it is signed", "均未签署"),
    "signed_up_to": ("Signed up to event {position:,}", "已签署至序号 {position:,}"),
    "both": ("{one}, {other}", "{one}，{other}"),
    "not_cosigned": ("{url} did not cosign: {fault}", "{url} 未作见证签名：{fault}"),
    # Imports.
    "rows_not_recorded": ("Rows that are not recorded", "未入账的行"),
    "rows_told_as_notes": ("Notes, which are no data", "说明行（不作为数据）"),
    "passed_over": ("  not judged: {what}", "  未审核：{what}"),
    "file_read": ("{file}: {rows} of {kind}", "{file}：{kind} {rows}"),
    "communities_file": ("communities", "社区（村）"),
    "teams_file": ("teams", "服务队"),
    "roster_file": ("roster", "名册"),
    "hours_file": ("hours", "服务时长"),
    "dry_run": (
        "  a dry run: nothing was recorded; it would have been",
        "  试导入：未作记录；正式导入时将为",
    ),
    "rows_judged": (
        "  {recorded:,} recorded, {unchanged:,} unchanged, {conflict:,} in conflict, {refused:,} refused",
        "  入账 {recorded:,} 行，未变 {unchanged:,} 行，冲突 {conflict:,} 行，未通过 {refused:,} 行",
    ),
    "columns_passed_over": ("  columns passed over: {columns}", "  未采用的列：{columns}"),
    "rows_more": (
        "… and {count:,} more; `--json` shows all.",
        "……另有 {count:,} 行；使用 `--json` 查看全部。",
    ),
    "log_dry_run": (
        "A dry run: nothing was recorded; it would have been",
        "试导入：未作记录；正式导入时将为",
    ),
    "signed_with_key": ("{checkpoints}, signed with this key", "{checkpoints}，以此公钥核验签名无误"),
    "signed_by_whom": ("{checkpoints}; --key verifies who signed", "{checkpoints}；使用 --key 核验签名方"),
    "no_directory": (
        "No names, phones or volunteer numbers: they are in the directory, which no bundle holds.",
        "不含姓名、手机号码和志愿者编号：这些在名册中，核验包不含名册。",
    ),
    # Backups and beginnings.
    "backed_up": ("A backup of {origin} is in {folder}.", "{origin} 的备份已存入 {folder}。"),
    "left_out": ("{doubted}: it is left out", "{doubted}：未纳入备份"),
    "first_signed": ("the first {count:,} events are signed", "前 {count:,} 个事件已签署"),
    "none_signed": ("none is signed", "均未签署"),
    "directory_holds": ("{volunteers}, {persons:,} in charge", "{volunteers}，{persons:,} 名负责人"),
    "keys_taken": ("{keys}: whoever has this folder has them", "{keys}：持有此文件夹者即持有密钥"),
    "and": (" and ", "、"),
    "no_keys_found": (
        "none is where this ledger's keys are looked for, so none was taken in",
        "在该账本存放密钥之处没有找到密钥，因此未纳入",
    ),
    "keys_left_out": (
        "left out; `--keys` takes them in. Without checkpoint-key.pem nothing further can be signed",
        "未纳入；使用 `--keys` 纳入。没有 checkpoint-key.pem 就不能继续签署",
    ),
    "restored": ("{origin} is restored, and is what was backed up.", "{origin} 已恢复，与备份时一致。"),
    "erased_again": (
        "{listed:,} on the list; the backup knew {known:,} of them, who stay erased",
        "名单上 {listed:,} 名；备份中有其中 {known:,} 名，仍为已清除",
    ),
    "known_again": (
        "Whoever was erased after {taken} is known again, unless --erasures names a newer list.",
        "{taken} 之后清除的人会重新出现，除非用 --erasures 提供更新的清除名单。",
    ),
    "key_not_in_backup": ("none in the backup: {put_back}", "备份中没有密钥：{put_back}"),
    "put_key_back": (
        "put checkpoint-key.pem back from where you keep it, to sign on",
        "如需继续签署，请将另行保管的 checkpoint-key.pem 放回",
    ),
    "key_stays": (
        "{key} stays in the backup, as nobody said where it goes",
        "{key} 仍在备份中，因未指明存放位置",
    ),
    "key_in_place": ("{key} is in its place", "{key} 已放回原处"),
    "semicolon": ("; ", "；"),
    "opened": ("The ledger is open.", "账本已启用。"),
    "open_already": ("The ledger was open already; nothing was changed.", "账本此前已启用，未作更改。"),
    "confirm_erasing": ("Forget who {who} is, for good?", "确定永久清除 {who} 的个人信息？"),
    "no_answer": ("invalid input", "请输入 y 或 n"),
    "nobody_known": (
        "Nobody knows any more who {who} is; nothing was changed.",
        "{who} 的个人信息此前已清除，未作更改。",
    ),
    "would_be_erased": ("{who} would be erased. Nobody was.", "将清除 {who} 的个人信息。本次未作清除。"),
    "erased": (
        "{who} is erased: the log keeps the id alone.",
        "{who} 的个人信息已清除：总账只保留系统编号。",
    ),
    "would_be_replaced": (
        "The directory would say that it is {who}. Nothing was changed.",
        "名册中的信息将更新为：{who}。本次未作更改。",
    ),
    "replaced": ("The directory says now that it is {who}.", "名册中的信息已更新为：{who}。"),
    # The demos.
    "kept_in": ("Its ledger is kept in {folder}", "账本存放在 {folder}"),
    "files_go_in": (
        "1. The files go in: every row is judged, and none is dropped in silence",
        "1. 导入文件：逐行核对，没有一行不作交代",
    ),
    "year_told": (
        "{count:,} facts in {seconds:.0f} s. Refused were, as they must be:",
        "{count:,} 个事件，用时 {seconds:.0f} 秒。依规则未予办理的：",
    ),
    "what_next": ("3. What to type next", "3. 接下来可以输入"),
    "api_of_a_portal": ("4. The API that a portal asks", "4. 供门户网站调用的接口"),
    "the_volunteer": ("the volunteer {number}", "志愿者 {number}"),
    "a_coordinator": ("a coordinator of {town}", "{town}的社区管理员"),
    "an_auditor": ("an auditor", "审计员"),
    "own_balance": ("their own balance", "本人的余额"),
    "town_contributed": ("what the town contributed", "该镇街的贡献"),
    "who_served_most": ("who served most", "服务时长排行"),
    "token_of": ("# the token of {who}, for a day", "# {who}的访问令牌，有效期一天"),
    "who_asks": ("# {who} asks: {what}", "# {who}查询：{what}"),
    # Serving.
    "serving": (
        "Serving at {address}/api/v1, described at {address}/docs; Ctrl-C ends it.",
        "服务地址 {address}/api/v1，说明见 {address}/docs；按 Ctrl-C 结束。",
    ),
    "cosigning": (
        "Cosigning for {origins} at {address}; Ctrl-C ends it.",
        "正在为 {origins} 作见证签名，地址 {address}；按 Ctrl-C 结束。",
    ),
    "its_key": ("Its key: {key}", "其公钥：{key}"),
    "open_to_others": (
        "Warning: open to others than their owner: {paths}; `chmod go-rwx {quoted}` closes them.",
        "警告：所有者以外的用户可以访问：{paths}；用 `chmod go-rwx {quoted}` 收回权限。",
    ),
    "warning": ("Warning: {detail}", "警告：{detail}"),
}
