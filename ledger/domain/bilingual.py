"""Errors that are no refusals, as people are told them."""

import errno
from collections.abc import Mapping


class Bilingual(Exception):
    """An error that is told in English and, where `zh` says the same, in Chinese."""

    def __init__(self, en: str, zh: str = "") -> None:
        """Without `zh` the English is told in either language."""
        super().__init__(en)
        self.zh = zh or en


_OF_THE_SYSTEM: Mapping[int, str] = {
    errno.EACCES: "没有权限",
    errno.EEXIST: "已存在",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENAMETOOLONG: "名称过长",
    errno.ENOENT: "没有该文件或文件夹",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENOTDIR: "不是文件夹",
    errno.ENOTEMPTY: "不是空文件夹",
    errno.EPERM: "不允许此操作",
    errno.EROFS: "所在磁盘只读",
}
"""What the system says in English of a file or folder, in Chinese."""


def of_the_system(error: OSError) -> tuple[str, str]:
    """What the system says of a file or folder: in English, and in Chinese where that is known."""
    english = error.strerror or str(error)
    return english, _OF_THE_SYSTEM.get(error.errno or 0, english)
