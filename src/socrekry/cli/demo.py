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

from socrekry import locale
from socrekry.cli import app, exits
from socrekry.cli.options import ReportFormats, Yes
from socrekry.cli.prompts import confirm_or_cancel
from socrekry.cli.settings import CONFIG_VARIABLE, TODAY_VARIABLE, VARIABLES, current
from socrekry.domain.errors import InvalidInput, SocrekryError
from socrekry.exchange.stories import PROGRAM, Chapter, Line, chapters, copy_stories, stories_folder
from socrekry.locale import N_, _

DAY = "2026-11-20"
TERM = "HT2025"
ACTOR = "demo"
STORE = "demo.db"
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
    store = os.path.join(folder, STORE)
    _require_room(folder, store, yes)
    with _as_of(DAY):
        _build(os.path.abspath(store))
        locale.use(language)
        words = ["report", "--term", TERM, "--db", store, "--lang", language, "--format", format]
        code = app.run([*words, *(("--output", output) if output else ())])
    exits.say(_what_next(folder, store))
    return code


def _require_room(folder: str, store: str, yes: bool) -> None:
    """Ask before an older demo is replaced; in a folder with anything else in it, nothing is put at all."""
    if os.path.exists(store):
        question = _("There is a demo in {folder} already. Build it anew, without what you did in it?")
        confirm_or_cancel(question.format(folder=folder), yes)
    elif os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise InvalidInput("demo-folder-taken", folder=folder)


def _build(store: str) -> None:
    """Build the store beside its place and put it there when all is done; the files come with it."""
    folder = os.path.dirname(store)
    draft = f"{store}.{os.urandom(4).hex()}.new"
    try:
        copy_stories(folder)
        _run_all(tuple(chapters(stories_folder())), draft)
        os.replace(draft, store)
    except OSError as error:
        raise InvalidInput("output-not-writable", path=folder, reason=error.strerror or str(error)) from error
    finally:
        if os.path.exists(draft):
            os.remove(draft)


def _run_all(story: Sequence[Chapter], store: str) -> None:
    """Run every line, each in the folder of its story; say how far it has come where a person watches."""
    done, of = 0, sum(len(chapter.lines) for chapter in story)
    for chapter in story:
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
            code = app.run(["--db", store, "--lang", "en", *line.words])
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
def _as_of(day: str) -> Iterator[None]:
    """Let it be that day, in surroundings without any setting of the user's."""
    settings: Mapping[str, str] = {
        TODAY_VARIABLE: day,
        CONFIG_VARIABLE: os.devnull,
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
    where = f'"{store}"' if os.name == "nt" and " " in store else store if os.name == "nt" else shlex.quote(store)
    tries = ("today", "report --term HT2010..HT2018", "list --term HT2026", 'next "Maja Brorsson"', "cohorts")
    lines = [
        "",
        _("Everybody in it is invented. The store, and the files it was built from, are in {folder}.").format(
            folder=folder
        ),
        _("Try:"),
        *(f"  {PROGRAM} --db {where} {each}" for each in tries),
    ]
    if _another_day():
        remark = _("The stories stop on {day}; with {variable}={day} in the environment it is that day again.")
        lines.append(remark.format(day=DAY, variable=TODAY_VARIABLE))
    return "\n".join(lines)


def _another_day() -> bool:
    from socrekry.cli.settings import clock

    return clock().today.isoformat() != DAY
