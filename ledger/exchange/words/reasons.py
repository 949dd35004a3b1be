"""Why a file or one of its rows is not taken in: each reason once, in English and in Chinese."""

from collections.abc import Mapping

from ledger.domain import written

ROWS: Mapping[str, tuple[str, str]] = {
    "blank": ("this is empty", "不能为空"),
    "unfit": ("this is too long, or holds characters that cannot be seen", "过长或含有不可见字符"),
    "damaged-number": (
        "the spreadsheet damaged this number, of which it kept 15 digits: make the column text, and enter it anew",
        "电子表格已损坏此编号（只保留 15 位数字）：请将该列设为文本格式后重新填写",
    ),
    "nobodys-number": (
        "this is no number of anybody: enter the one that the person has",
        "这不是任何人的编号：请填写本人的编号",
    ),
    "no-day": written.DAY,
    "early-day": ("this is before 1950: who would mean that?", "早于 1950 年，应有误"),
    "error-cell": ("this is a cell with an error: mend its formula", "单元格显示错误值：请修正公式"),
    "garbled": (
        "characters of this were lost: save it in another encoding",
        "有字符已丢失：请改用其他编码保存",
    ),
    "day-to-come": ("this day has not come yet", "日期尚未到来"),
    "no-minutes": (
        f"{written.MINUTES[0]}; a number alone is of hours",
        f"{written.MINUTES[1]}；只写数字时以小时计",
    ),
    "not-above-zero": ("this is not above zero", "须大于零"),
    "beyond-a-day": ("this is more than 24 hours", "超过 24 小时"),
    "unknown-volunteer": ("no volunteer on the roster has this number", "名册中没有这个志愿者编号"),
    "several-have-number": (
        "several volunteers have this number, spelt differently: give each a number of their own ({ids})",
        "有多名志愿者使用此编号（写法不同）：请为每人更正编号（{ids}）",
    ),
    "another-name": (
        "the volunteer who has this number is called otherwise ({name}): correct the number or the name",
        "此编号的志愿者姓名（{name}）与所填不符：请更正编号或姓名",
    ),
    "unknown-name": ("nothing of this name is known", "没有这个名称"),
    "ambiguous-name": ("{count} of this name are known: {ids}", "有 {count} 个同名的：{ids}"),
    "no-level": ("a level is 区县, 镇街 or 村社区", "层级应为区县、镇街或村社区"),
    "not-a-county": ("only a county stands at the top", "最上级只能是区县"),
    "second-root": (
        "only the top of the tree has no parent, and that is {name}",
        "只有最上级没有上级，最上级已是{name}",
    ),
    "no-such-record": ("no row has the record number {number}", "没有记录编号为 {number} 的行"),
    "above-itself": ("nothing stands above itself", "上级不能是自身"),
    "conflict": (
        "it was recorded before with other content; what was recorded first stands",
        "此前已以不同内容入账，以首次入账的为准",
    ),
}
"""What is wrong with a field of a row."""

FILES: Mapping[str, tuple[str, str]] = {
    "unopened": ("{name} cannot be opened: {why}.", "无法打开 {name}：{why}。"),
    "empty": ("{name} is empty.", "{name} 是空文件。"),
    "large": ("{name} is larger than {mib} MiB.", "{name} 超过 {mib} MiB。"),
    "rows": ("{name} has more than {most:,} rows.", "{name} 超过 {most:,} 行。"),
    "columns": (
        "{name} has more than {most:,} columns in line {line}.",
        "{name} 第 {line} 行超过 {most:,} 列。",
    ),
    "cell": (
        "{name} has a cell of over {most:,} characters in line {line}.",
        "{name} 第 {line} 行有超过 {most:,} 个字符的单元格。",
    ),
    "cells": (
        "{name} has more than {most:,} filled cells, or {characters:,} characters in them: send it in several files.",
        "{name} 的非空单元格超过 {most:,} 个，或其中字符超过 {characters:,} 个：请分成几个文件报送。",
    ),
    "wide-row": (
        "{name} has a row of over {most:,} characters in line {line}.",
        "{name} 第 {line} 行超过 {most:,} 个字符。",
    ),
    "workbook-memory": (
        "{name} cannot be read as a workbook within {mib} MiB of memory: it holds too much, or a stray entry far from"
        " its table, or is damaged. Save the table as CSV, or in several files.",
        "无法在 {mib} MiB 内存内读取工作簿 {name}：内容过多，或在表格以外很远处有零星内容，或已损坏。"
        "请将表格另存为 CSV，或分成几个文件。",
    ),
    "workbook-time": (
        "{name} cannot be read as a workbook within {seconds} seconds. Save the table as CSV, or in several files.",
        "无法在 {seconds} 秒内读取工作簿 {name}。请将表格另存为 CSV，或分成几个文件。",
    ),
    "workbook-broken": (
        "{name} cannot be read as a workbook: it may be damaged, protected by a password or of another kind.",
        "无法读取工作簿 {name}：可能已损坏、设有密码或属于其他类型。",
    ),
    "no-text": ("{name} is not a text table.", "{name} 不是文本表格。"),
    "encoding": (
        "{name} is in no known encoding: neither Unicode nor GB18030 fits.",
        "无法识别 {name} 的编码：既不是 Unicode，也不是 GB18030。",
    ),
    "long-record": (
        "{name} has a row of {most:,} characters or more, from line {line} on: it is no table, or a quotation mark is"
        " not closed.",
        "{name} 自第 {line} 行起有不少于 {most:,} 个字符的行：不是表格，或有未闭合的引号。",
    ),
    "quotation": (
        "{name} cannot be read from line {line} on: a quotation mark is not closed or out of place, or a cell is too"
        " long.",
        "{name} 自第 {line} 行起无法读取：引号未闭合或位置有误，或单元格过长。",
    ),
    "workbook-untold": (
        "{name} is a workbook of a kind that does not tell what a person sees of it: cells that are hidden, merged or"
        " hold an error. Save it as .xlsx.",
        "{name} 这种格式的工作簿无法判明哪些单元格被隐藏、合并或显示错误值。请另存为 .xlsx 格式。",
    ),
    "web-page": (
        "{name} is a web page or XML, whatever its name says. Open it in a spreadsheet program, and save it as .xlsx.",
        "{name} 的内容是网页或 XML，与扩展名不符。请用表格软件打开后另存为 .xlsx 格式。",
    ),
    "no-header-seen": (
        "{name} has no row with all needed headers that a person sees; the nearest lacks {headers}. Sheets, rows and"
        " columns that are hidden or filtered are not read: unhide them.",
        "{name} 的可见内容中没有列齐所需表头的行；最接近的一行缺少{headers}。"
        "隐藏或被筛选掉的工作表、行和列不会读取：请取消隐藏。",
    ),
    "no-header": (
        "{name} has no row with all needed headers; the nearest lacks {headers}.",
        "{name} 没有列齐所需表头的行；最接近的一行缺少{headers}。",
    ),
    "header-twice": (
        "{name}, line {line}: the column {header} is there twice.",
        "{name} 第 {line} 行：“{header}”列出现了两次。",
    ),
}
"""What is wrong with a file as a whole."""

PASSED_OVER: Mapping[str, tuple[str, str]] = {
    "hidden-sheet": ("sheet {sheet} is hidden: {rows:,} rows", "工作表“{sheet}”已隐藏：{rows:,} 行"),
    "no-header": (
        "sheet {sheet} has no row with all needed headers: {rows:,} rows",
        "工作表“{sheet}”没有列齐所需表头的行：{rows:,} 行",
    ),
    "hidden-rows": (
        "sheet {sheet}, rows {place} are hidden or filtered",
        "工作表“{sheet}”第 {place} 行已隐藏或被筛选掉",
    ),
    "hidden-columns": ("sheet {sheet}, columns {place} are hidden", "工作表“{sheet}” {place} 列已隐藏"),
}
"""What stands in a file and is not judged, though it may be data."""
