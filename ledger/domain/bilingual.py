"""Errors that are no refusals, as people are told them."""

import errno
import re
from collections.abc import Mapping
from typing import Any


class Bilingual(Exception):
    """An error that is told in English and in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        """Both say the same; what a library or another process says stands in both as it is."""
        super().__init__(en)
        self.zh = zh

    def __reduce__(self) -> tuple[Any, ...]:
        """What another process makes the same error of, however a kind of it is made here."""
        return _again, (type(self), self.args), self.__dict__


def _again(kind: type[Bilingual], args: tuple[Any, ...]) -> Bilingual:
    return kind.__new__(kind, *args)


_OF_THE_SYSTEM: Mapping[int, str] = {
    errno.EACCES: "没有权限",
    errno.ECONNREFUSED: "连接被拒绝",
    errno.ECONNRESET: "连接中断",
    errno.EEXIST: "已存在",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOENT: "没有该文件或文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOTEMPTY: "不是空文件夹",
    errno.EPERM: "不允许此操作",
    errno.ETIMEDOUT: "连接超时",
    errno.EROFS: "所在磁盘只读",
}
"""What the system says in English of a file or folder, in Chinese."""


def of_the_system(error: OSError) -> tuple[str, str]:
    """What the system says of a file or folder: in English, and in Chinese where that is known."""
    english = error.strerror or str(error)
    return english, _OF_THE_SYSTEM.get(error.errno or 0, english)


_PLACE = re.compile(r"(?:field| - at) `(.+?)`|\(byte (\d+)\)")


def of_the_decoder(error: Exception) -> tuple[str, str]:
    """What is wrong with JSON that cannot be read: as the decoder says it, and with its place in Chinese."""
    english = str(error)
    field, byte = found.groups() if (found := _PLACE.search(english)) else (None, None)
    if isinstance(error, RecursionError):
        return english, "层次过深"
    if field is None:
        return english, f"不是有效的 JSON（第 {byte} 字节）" if byte else "不是有效的 JSON 或格式不符"
    return english, f"内容不符合格式（{field}）"
