"""Redis with sorted sets, on a Unix socket: the server, and as much of its protocol as is asked here."""

import contextlib
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PROGRAM = "redis-server"


def there() -> bool:
    """Whether the program is installed."""
    return shutil.which(PROGRAM) is not None


class Redis:
    """One connection, of one thread."""

    def __init__(self, path: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(path)
        self._file = self._socket.makefile("rb")

    def ask(self, *words: object) -> object:
        """One command and its answer; raises RuntimeError for an error."""
        self._socket.sendall(_command(words))
        return self._answer()

    def ask_all(self, commands: Sequence[Sequence[object]]) -> None:
        """Many commands at once; their answers are read and dropped."""
        self._socket.sendall(b"".join(map(_command, commands)))
        for _ in commands:
            self._answer()

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def _answer(self) -> object:
        line = self._file.readline()
        kind, text = line[:1], line[1:-2]
        match kind:
            case b"+":
                return text.decode()
            case b":":
                return int(text)
            case b"$":
                return None if text == b"-1" else self._file.read(int(text) + 2)[:-2].decode()
            case b"*":
                return None if text == b"-1" else [self._answer() for _ in range(int(text))]
            case _:
                raise RuntimeError(line.decode() or "Redis has hung up")


def _command(words: Sequence[object]) -> bytes:
    parts = [str(word).encode() for word in words]
    return b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%b\r\n" % (len(one), one) for one in parts)


@contextlib.contextmanager
def serving() -> Iterator[tuple[Redis, int]]:
    """A server that keeps nothing on the disk, with its process id, until this ends."""
    with tempfile.TemporaryDirectory(prefix="timebank-redis-") as folder:
        path = Path(folder) / "redis.sock"
        words = [PROGRAM, "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", folder]
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        try:
            for _ in range(100):
                if path.exists():
                    break
                time.sleep(0.1)
            redis = Redis(str(path))
            try:
                yield redis, process.pid
            finally:
                redis.close()
        finally:
            process.terminate()
            process.wait(20)
