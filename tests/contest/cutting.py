"""A proxy before PostgreSQL that cuts a connection once COMMIT has been sent, when it is told to."""

import contextlib
import random
import socket
import threading
from pathlib import Path

_NAME = ".s.PGSQL.5432"
_COMMIT = b"COMMIT\x00"


class CuttingProxy:
    """Listens in a folder of its own as the server does in its; `cut` makes the next commit the last of its connection.

    Half of the cuts come after the server has answered, half at once: the caller cannot tell whether it was recorded.
    """

    def __init__(self, folder: Path, server: Path, seed: int) -> None:
        self.folder = folder
        self.cuts = 0
        self._server = server / _NAME
        self._random = random.Random(seed)
        self._armed = threading.Event()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / _NAME))
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Cut the next connection that commits."""
        self._armed.set()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(str(self._server))
                threading.Thread(target=self._carry, args=(client, server), daemon=True).start()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        with client, server:
            back = threading.Thread(target=self._back, args=(client, server), daemon=True)
            back.start()
            self._forth(client, server)
            _shut(client, server)
            back.join()

    def _forth(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while some := client.recv(65_536):
                if _COMMIT in some and self._armed.is_set():
                    self._armed.clear()
                    self.cuts += 1
                    self._cut(client, server, some)
                    return
                server.sendall(some)

    def _cut(self, client: socket.socket, server: socket.socket, commit: bytes) -> None:
        # First the way back, so that no answer gets through.
        client.shutdown(socket.SHUT_WR)
        server.sendall(commit)
        if self._random.random() < 0.5:
            server.settimeout(1)
            with contextlib.suppress(TimeoutError):
                server.recv(65_536)

    def _back(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while some := server.recv(65_536):
                client.sendall(some)
        _shut(client, server)


def _shut(*sockets: socket.socket) -> None:
    for one in sockets:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
