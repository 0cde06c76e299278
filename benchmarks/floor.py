"""The floor: what a Typer command that changes one row and writes another costs at least.

``floor.py FILE begin`` makes the tables, ``floor.py FILE move ID STAGE`` moves. No rules, no checks, no words
of its own: what socrekry takes above this is the price of those.
"""

import gc
import sqlite3

import typer

gc.disable()  # as socrekry does
app = typer.Typer(pretty_exceptions_enable=False)
place = {"file": ""}


@app.callback()
def at(file: str) -> None:
    """Take the file."""
    place["file"] = file


@app.command()
def begin() -> None:
    """Make the tables."""
    with sqlite3.connect(place["file"]) as store:
        store.execute("CREATE TABLE candidacy (id INTEGER PRIMARY KEY, stage TEXT NOT NULL)")
        store.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, candidacy INTEGER, stage TEXT)")
        store.executemany("INSERT INTO candidacy VALUES (?, 'applied')", [(n,) for n in range(1, 1001)])


@app.command()
def move(candidacy: int, stage: str) -> None:
    """Change one row, write another, commit."""
    with sqlite3.connect(place["file"]) as store:
        store.execute("UPDATE candidacy SET stage = ? WHERE id = ?", (stage, candidacy))
        store.execute("INSERT INTO event (candidacy, stage) VALUES (?, ?)", (candidacy, stage))
    print(f"{candidacy} -> {stage}")


app()
