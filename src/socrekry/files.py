"""Files that are whole or not there, and their owner's alone: answers, settings, heads of logs.

A file is written beside its place and takes it when all of it is on the disk. Half an export of personal
data, or one that everybody may read, must not exist, not even for a moment.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO


@contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """Give a file to write, which takes its place at ``path`` at the end; on an error the old one stays.

    A pipe or a device is written as it stands there. OSError where it cannot be.
    """
    place = os.path.realpath(path)
    if os.path.exists(place) and not stat.S_ISREG(os.stat(place).st_mode):
        with open(place, "wb") as device:
            yield device
        return
    beside = f"{place}.{os.urandom(4).hex()}.part"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            os.chmod(beside, 0o600)
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, place)
    except BaseException:
        os.unlink(beside)
        raise
