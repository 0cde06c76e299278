"""The words a user types: parse, call one service, render.

A file per noun holds the commands; the rest is the frame they run in. ``index`` names every command,
``app`` loads the one that is asked for, ``options`` and ``settings`` read what was typed, ``help``,
``usage`` and ``exits`` answer when no command can. Nothing is imported here: every command pays for it.
"""
