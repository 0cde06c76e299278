"""Build both founding stories in a store of their own: ``demo``.

The stories are the same command lines that a user types, run here one after the other as of a day that
does not change. They see none of her settings, and touch no store but the new one, which takes its place
when every line has ended as the story says. A demo with a way of its own into the store would show
what no user can do.
"""

import io
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from typing import Annotated

import typer

from socrekry.cli import app, exits
from socrekry.cli.options import ReportFormats, Yes
from socrekry.cli.prompts import confirm_or_cancel
from socrekry.cli.settings import CONFIG_VARIABLE, TODAY_VARIABLE, VARIABLES, clock, current
from socrekry.domain.errors import InvalidInput, SocrekryError, StoreUnavailable
from socrekry.exchange.stories import PROGRAM, Chapter, Line, chapters, copy_stories, stories_folder
from socrekry.locale import N_, _
from socrekry.store.sqlite.connection import without_waiting

DAY = "2026-11-20"
TERM = "HT2025"
ACTOR = "demo"
STORE = "demo.db"
TRIES = (
    "today",
    'next "Maja Brorsson"',
    'history "Jonna Hallberg"',
    "list --term HT2026",
    "report --term HT2010..HT2018",
    'channels --term HT2014..HT2015 --unit "IFO Härjedalen"',
    "costs --from 2015 --to 2018",
    "forecast --need 6 --term VT2028",
)
_FOLDER = "socrekry-demo"


def demo(
    folder: Annotated[
        str, typer.Argument(metavar=N_("FOLDER"), help=N_("Where to put it; made if it is not there."))
    ] = _FOLDER,
    yes: Yes = False,
    format: ReportFormats = "table",
) -> int:
    """Build both founding stories in a store of their own.

    Huddinge's trainee programme and Härjedalen's visit to the class, as they stand on 2026-11-20, and the
    report for HT2025. The folder gets the store and the files it was built from: lists of candidates and the
    commands, line by line. Every person in it is invented. No other store is touched.

        socrekry demo
        socrekry --db socrekry-demo/demo.db today
    """
    output, language = current().output, current().lang
    folder = os.path.expanduser(folder)
    store = os.path.join(folder, STORE)
    _require_room(folder, store, yes)
    with _as_of(DAY, store, language):
        _build(os.path.abspath(store))
        words = ["report", "--term", TERM, "--db", store, "--format", format]
        code = app.run([*words, *(("--output", output) if output else ())])
    exits.say(_what_next(folder, store))
    return code


def _require_room(folder: str, store: str, yes: bool) -> None:
    """Ask before an older demo is replaced; in a folder with anything else in it, nothing is put at all."""
    if os.path.isfile(store):
        question = _("There is a demo in {folder} already. Build it anew, without what you did in it?")
        confirm_or_cancel(question.format(folder=folder), yes)
    elif os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise InvalidInput("demo-folder-taken", folder=folder)


def _build(store: str) -> None:
    """Build the store beside its place, and put it there with its files when every line is done."""
    folder = os.path.dirname(store)
    draft, is_new = f"{store}.{os.urandom(4).hex()}.new", not os.path.exists(folder)
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with without_waiting():
            _run_all(tuple(chapters(stories_folder())), draft)
        copy_stories(folder)
        _keep(draft, store)
    except OSError as error:
        raise InvalidInput(
            "demo-folder-unwritable", folder=folder, reason=error.strerror or str(error)
        ) from error
    finally:
        if os.path.exists(draft):
            os.remove(draft)
        if is_new and os.path.isdir(folder) and not os.listdir(folder):
            os.rmdir(folder)


def _keep(draft: str, store: str) -> None:
    """Give the draft its name, once all of it is on the disk."""
    with open(draft, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(draft, store)


def _run_all(told: Sequence[Chapter], store: str) -> None:
    """Run every line, each in the folder of its story; say how far it has come where a person watches."""
    done, of = 0, sum(len(chapter.lines) for chapter in told)
    for chapter in told:
        with chdir(chapter.folder):
            for line in chapter.lines:
                done += 1
                exits.progress(_("Building the stories: {done} of {of}").format(done=done, of=of))
                _run(chapter, line, store)
    exits.progress("")


def _run(chapter: Chapter, line: Line, store: str) -> None:
    """Run a line; SocrekryError ``story-broken`` if it ends in another way than the story says."""
    said, code, error = io.StringIO(), 0, ""
    try:
        with redirect_stdout(said), redirect_stderr(said):
            code = app.run(["--db", store, *line.words])
    except StoreUnavailable:  # a full disk is nobody's story
        raise
    except SocrekryError as raised:
        code, error = exits.exit_code_of(raised), str(raised)
    if code != line.expected:
        raise SocrekryError(
            "story-broken",
            file=chapter.name,
            line=line.number,
            command=shlex.join([PROGRAM, *line.words]),
            expected=line.expected,
            found=int(code),
            reason=error or said.getvalue().strip(),
        )


@contextmanager
def _as_of(day: str, store: str, language: str) -> Iterator[None]:
    """Let it be that day, in surroundings without any setting of the user's but her language."""
    settings: Mapping[str, str] = {
        TODAY_VARIABLE: day,
        CONFIG_VARIABLE: f"{os.path.abspath(store)}.toml",  # which is never there
        VARIABLES["lang"]: language,
        VARIABLES["actor"]: ACTOR,
        VARIABLES["unit"]: "",
    }
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _what_next(folder: str, store: str) -> str:
    """Return where it is and what to try, in commands that can be copied as they stand."""
    place = _("Everybody in it is invented. The store, and the files it was built from, are in {folder}.")
    lines = ["", place.format(folder=folder), _("Try:")]
    lines += [f"  {PROGRAM} --db {_in_a_shell(store)} {each}" for each in TRIES]
    if clock().today.isoformat() != DAY:
        told = _("The stories stop on {day}; with {variable}={day} in the environment it is that day again.")
        lines.append(told.format(day=DAY, variable=TODAY_VARIABLE))
    return "\n".join(lines)


def _in_a_shell(path: str) -> str:
    if os.name != "nt":
        return shlex.quote(path)
    return f'"{path}"' if " " in path else path
