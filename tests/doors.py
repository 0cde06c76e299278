"""A door to a PostgreSQL server: it speaks TLS, and it can fall shut in the middle of a word.

The server of the wheel is built without TLS, so the door grants a client's wish for it and hands on the rest;
to the client it is the server. What a network does between two machines – refuse, cut off, lose the
answer to a COMMIT that was carried out – a test does here, at the word it chooses.
"""

import select
import socket
import ssl
import struct
import threading
import time
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Self

import trustme

from tests.installation import a_port
from tests.servers import Server

WISHES = (TLS, _GSSAPI) = (80877103, 80877104)  # what a client may ask before it says who it is
COMMIT = b"COMMIT\0"  # and not the one in READ COMMITTED
LATE = 1.0  # seconds


class Fate(Enum):
    """What becomes of the word at which a client is cut off."""

    NEVER_HEARD = "the server never hears it"
    CARRIED_OUT = "the server has carried it out, and the answer is lost"
    HEARD_LATE = f"the server hears it {LATE} s later"


class Door:
    """A port that leads to a server."""

    def __init__(self, server: Server, *, tls: bool = False) -> None:
        self.server, self.port = server, a_port()
        self.authority = trustme.CA() if tls else None
        self._context = _context(self.authority) if self.authority else None
        self._word: tuple[bytes, Fate] | None = None
        self._inside: dict[threading.Thread, list[socket.socket]] = {}
        self.open()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.shut()

    def uri(self, database: str = "postgres", **more: str) -> str:
        """Return where a database of the server is, through the door."""
        return self.server.uri(database, **more).replace(f":{self.server.port}/", f":{self.port}/")

    def root(self, folder: Path) -> Path:
        """Write the certificate that a client must know to trust the door; return its path."""
        assert self.authority
        path = folder / f"root-{self.port}.pem"
        self.authority.cert_pem.write_to_path(path)
        return path

    def open(self) -> None:
        """Let clients in."""
        self._is_open = True
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._porter = threading.Thread(target=self._let_in, daemon=True)
        self._porter.start()

    def keep_out(self) -> None:
        """Refuse who comes; who is inside stays."""
        self._is_open = False
        self._porter.join()
        self._listener.close()

    def shut(self) -> None:
        """Refuse who comes, and cut off who is inside."""
        self.keep_out()
        self.cut()

    def cut(self) -> None:
        """Cut off who is inside; who comes is let in."""
        for thread, sockets in tuple(self._inside.items()):
            for each in tuple(sockets):
                _end(each)
            thread.join()

    def cut_at(self, word: bytes, fate: Fate) -> None:
        """Cut off the next client that says a word, and give the word that fate."""
        self._word = (word, fate)

    @property
    def waits_for_a_word(self) -> bool:
        """Whether the word at which a client is to be cut off has not been said yet."""
        return self._word is not None

    def _let_in(self) -> None:
        while self._is_open:
            if select.select([self._listener], [], [], 0.02)[0]:
                sockets = [self._listener.accept()[0]]
                thread = threading.Thread(target=self._attend_to, args=[sockets], daemon=True)
                self._inside[thread] = sockets
                thread.start()

    def _attend_to(self, sockets: list[socket.socket]) -> None:
        with suppress(OSError, struct.error):  # whoever is cut off may be so at any moment
            said = self._greeted(sockets)
            sockets.append(socket.create_connection(("127.0.0.1", self.server.port)))
            self._carry(said, *sockets)
        for each in sockets:
            each.close()
        self._inside.pop(threading.current_thread(), None)

    def _greeted(self, sockets: list[socket.socket]) -> bytes:
        """Grant a wish for TLS and no other; return the first thing that the client says after that."""
        while True:
            said = sockets[0].recv(8)
            wish = struct.unpack("!II", said)[1]
            if wish not in WISHES:
                return said
            context = self._context if wish == TLS else None
            sockets[0].sendall(b"S" if context else b"N")
            if context:
                sockets[0] = context.wrap_socket(sockets[0], server_side=True)

    def _carry(self, said: bytes, client: socket.socket, server: socket.socket) -> None:
        """Carry words to and fro until one side ends, or a word is said at which the door falls shut."""
        server.sendall(said)
        fate = None
        while said := (speaker := _speaker(client, server)).recv(65536):
            if speaker is server:
                if fate is Fate.CARRIED_OUT:
                    return
                client.sendall(said)
                continue
            fate = self._fate_of(said)
            if fate is Fate.NEVER_HEARD:
                return
            if fate is Fate.HEARD_LATE:
                _end(client)
                time.sleep(LATE)
            server.sendall(said)

    def _fate_of(self, said: bytes) -> Fate | None:
        if self._word is None or self._word[0] not in said:
            return None
        fate, self._word = self._word[1], None
        return fate


def _speaker(client: socket.socket, server: socket.socket) -> socket.socket:
    """Wait until one of the two has something to say; return it."""
    if isinstance(client, ssl.SSLSocket) and client.pending():
        return client
    ready: list[socket.socket] = select.select([client, server], [], [])[0]
    return ready[0]


def _end(each: socket.socket) -> None:
    """End a connection in the midst of what it says, also one that TLS would take leave on."""
    with suppress(OSError):
        socket.socket.shutdown(each, socket.SHUT_RDWR)


def _context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context
