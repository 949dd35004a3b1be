"""What the libraries of the command line say in English themselves, in Chinese: titles of help, and errors.

Their errors are finished sentences, so each is found again by its form.
"""

import re
from collections.abc import Mapping

from ledger.operations.words.said import Said

USAGE: Said = ("Usage:", "用法：")
VALUES_ZH: Mapping[str, str] = {
    "ACTIVITY": "活动",
    "ACTOR": "经办人",
    "AFTER": "之后",
    "ARGS": "参数",
    "BAND": "年龄段",
    "BEFORE": "之前",
    "CODE": "代码",
    "COMMAND": "命令",
    "COMMUNITY": "社区",
    "DAY": "日期",
    "DESIGNATION": "称号",
    "DIR": "文件夹",
    "EN": "英文",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "GIVER": "转出人",
    "HOST": "主机",
    "INTO": "并入",
    "ITEMS": "件数",
    "KEY": "密钥",
    "KIND": "类别",
    "LAT": "纬度",
    "LON": "经度",
    "MINUTES": "时长",
    "MONTH": "月份",
    "N": "数",
    "NAME": "名称",
    "NUMBER": "编号",
    "NUMBERS": "编号",
    "OFFER": "兑换项目",
    "OPTIONS": "选项",
    "ORGANISATION": "单位",
    "ORIGIN": "来源",
    "PARENT": "上级",
    "PERIOD": "期间",
    "PERSON": "姓名",
    "PHONE": "手机号",
    "PLACE": "位置",
    "PORT": "端口",
    "POSITION": "序号",
    "POST": "岗位",
    "RECEIVER": "接收人",
    "RECORD": "服务记录",
    "REDEMPTION": "兑换",
    "REMARK": "备注",
    "ROLE": "角色",
    "SECONDS": "秒",
    "SEX": "性别",
    "SHIFT": "班次",
    "SIGN_UP": "报名",
    "SIZE": "事件数",
    "SKILL": "技能",
    "TEAM": "服务队",
    "TENURE": "任职",
    "TEXT": "文字",
    "TIME": "时刻",
    "TRAINING": "培训",
    "URL": "网址",
    "VENUE": "阵地",
    "VIEW": "视图",
    "VISIT": "签到",
    "VOLUNTEER": "志愿者",
    "WHEN": "时点",
    "WHO": "何人",
    "WHOM": "何人",
    "YUAN": "元",
    "ZH": "中文",
    "ZONE": "时区",
}
"""What stands for a value that is typed."""
TITLES: Mapping[str, str] = {
    "arguments_panel_title": "参数",
    "options_panel_title": "选项",
    "commands_panel_title": "命令",
    "errors_panel_title": "错误",
    "default_string": "[默认：{}]",
    "required_long_string": "[必填]",
}
"""By the settings of rich-click."""

_FORMS: Mapping[str, str] = {
    r"Invalid value for (?P<where>.+?): (?P<rest>.+)": "{where} 的值有误：{rest}",
    r"Missing argument (?P<where>'.+?')\.(?P<rest>.*)": "缺少参数 {where}。{rest}",
    r"Missing option (?P<where>'.+?')\.(?P<rest>.*)": "缺少选项 {where}。{rest}",
    r" Choose from:(?P<choices>.+)": "可选值：{choices}",
    r"No such option (?P<name>.+?)\.(?P<rest>.*)": "没有选项 {name}。{rest}",
    r"No such command (?P<name>.+?)\.(?P<rest>.*)": "没有命令 {name}。{rest}",
    r" Did you mean (?P<meant>.+)\?": "是否指 {meant}？",
    r" \(Did you mean one of: (?P<meant>.+)\?\)": "是否指其中之一：{meant}？",
    r"Option (?P<name>'.+') requires an argument\.": "选项 {name} 须填写值。",
    r"Option (?P<name>'.+') does not take a value\.": "选项 {name} 不带值。",
    r"Got unexpected extra arguments? \((?P<words>.+)\)": "多余的参数：{words}",
    r"(?P<value>.+) is not one of (?P<choices>'.+')\.": "{value} 不在可选值之列：{choices}",
    r"(?P<value>.+) is not (?P<choice>'[^']+')\.": "{value} 不是可选值，应为 {choice}",
    r"(?P<value>\S+) is not in the range (?P<range>\S+)\.": "{value} 不在范围 {range} 之内",
    r"File (?P<name>'.+') does not exist\.": "没有文件 {name}",
    r"(Directory|Path) (?P<name>'.+') does not exist\.": "没有文件夹 {name}",
    r"Directory (?P<name>'.+') is a file\.": "{name} 是文件，不是文件夹",
    r"File (?P<name>'.+') is a directory\.": "{name} 是文件夹，不是文件",
    r"(File|Directory|Path) (?P<name>'.+') is not readable\.": "{name} 无法读取",
}
"""Chinese by the form of the English; the `rest` of a sentence is another one."""


def in_chinese(message: str) -> str:
    """A sentence of the library in Chinese; what has another form is not the library's, and stays."""
    for form, chinese in _FORMS.items():
        found = re.fullmatch(form, message, re.DOTALL)
        if found is not None:
            parts = {name: in_chinese(part) for name, part in found.groupdict().items()}
            return chinese.format(**parts).replace("', '", "'、'")
    return message
