"""The entry point: answer what needs no command at once, and hand the rest to the frame.

``--version`` is answered before anything heavy is imported; ``--lang`` and ``--format`` are looked for
ahead of the parser, because an error in the command line itself must be told in the right language and
form. Without that, a script that asked for JSON would get prose, and only for its worst mistakes.
"""

import gc
import sys
from collections.abc import Sequence


def start() -> None:
    """Run this process's command line and end the process.

    Everything is written and closed by then. Python would take longer to clear its modules away, one by
    one, than most commands take to answer: the process ends without that.
    """
    import os
    from contextlib import suppress

    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody may be left to read it
            stream.flush()
    os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return the number to exit with."""
    gc.disable()  # a command lives too briefly for the collector to earn its keep
    words = sys.argv[1:] if arguments is None else list(arguments)
    from socrekry import __version__

    if words == ["--version"]:
        return say_version(__version__)
    if words[:1] == ["__complete"]:
        from socrekry.cli.completion import answer

        return answer(words[1:])
    from socrekry.cli import exits

    exits.speak_utf8()
    language, as_json = looked_for(words, "--lang"), looked_for(words, "--format") == "json"

    def action() -> int:
        from socrekry.cli import app

        return app.run(words, language)

    return exits.run(action, as_json)


def say_version(version: str) -> int:
    """Print the version with as little as Python itself needs."""
    try:
        print("socrekry", version, flush=True)  # noqa: T201 – a closed stdout is nothing to print
    except OSError as error:
        lost = error
    else:
        return 0
    from socrekry.cli import exits

    def action() -> int:
        raise lost

    return exits.run(action)


def looked_for(words: Sequence[str], option: str) -> str | None:
    """Return the last value given to ``option`` before any ``--``, without knowing the command."""
    found = None
    for position, word in enumerate(words):
        if word == "--":
            break
        if word.startswith(f"{option}="):
            found = word.partition("=")[2]
        elif word == option and position + 1 < len(words):
            found = words[position + 1]
    return found


if __name__ == "__main__":
    start()
