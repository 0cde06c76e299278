"""A file of heads: one line for each candidacy, in CSV, with its id, its last entry and that one's hash.

The file is read and written a line at a time, whatever its length. It tells who exists, though not by
name: like every file of ours, it is its owner's alone.
"""

import csv
from collections.abc import Iterable, Iterator

from socrekry.domain.errors import InvalidInput
from socrekry.domain.ids import parsed_id
from socrekry.files import whole_file
from socrekry.services.heads import Head

COLUMNS = ("candidacy", "seq", "hash")


def write_heads(path: str, heads: Iterable[Head]) -> int:
    """Write heads to a file, all or none; return how many. InvalidInput("output-not-writable")."""
    written = 0
    try:
        with whole_file(path) as file:
            file.write(f"{','.join(COLUMNS)}\n".encode())
            for head in heads:
                file.write(f"{head.label},{head.seq},{head.hash}\n".encode())
                written += 1
    except OSError as error:
        raise InvalidInput("output-not-writable", path=path, reason=error.strerror or str(error)) from error
    return written


def read_heads(path: str) -> Iterator[Head]:
    """Give the heads in a file; InvalidInput "heads-invalid" with the line that is none.

    InvalidInput "file-not-found", "file-unreadable" or "file-not-text" for the file as a whole.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            for row in lines:
                if lines.line_num > 1 or tuple(row) != COLUMNS:
                    yield _head(path, lines.line_num, row)
    except FileNotFoundError as error:
        raise InvalidInput("file-not-found", path=path) from error
    except OSError as error:
        raise InvalidInput("file-unreadable", path=path, reason=error.strerror or str(error)) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInput("file-not-text", path=path) from error


def _head(path: str, line: int, row: list[str]) -> Head:
    if line > 1 and len(row) == len(COLUMNS):
        label, seq, hash_ = row
        person, number = parsed_id(label) or (0, None)
        if number is not None and seq.isascii() and seq.isdigit() and len(seq) < 10 and len(hash_) == 64:
            return Head(person, number, int(seq), hash_)
    raise InvalidInput("heads-invalid", path=path, line=line)
