"""Furnish a new store: the pipelines that come with the program, and the universities that teach.

Both are only a beginning: a municipality installs pipelines of its own and adds universities. They are
put in by an actor of their own, so that no user's ``undo`` takes them for her last command.
"""

import os
from datetime import UTC, datetime

import socrekry.pipelines
from socrekry.services.pipelines import check_pipeline, put_in_store
from socrekry.services.universities import University
from socrekry.services.writing import Occasion, Writing
from socrekry.store.connect import Store

ACTOR, COMMAND = "socrekry", "found"

# Who teaches the programme, and where; Lund and Linnaeus in two towns each.
PROVIDERS = (
    University("du", "Högskolan Dalarna", "Falun"),
    University("gu", "Göteborgs universitet", "Göteborg"),
    University("hh", "Högskolan i Halmstad", "Halmstad"),
    University("hig", "Högskolan i Gävle", "Gävle"),
    University("hkr", "Högskolan Kristianstad", "Kristianstad"),
    University("hv", "Högskolan Väst", "Trollhättan"),
    University("ju", "Jönköping University", "Jönköping"),
    University("kau", "Karlstads universitet", "Karlstad"),
    University("liu", "Linköpings universitet", "Norrköping"),
    University("lnu", "Linnéuniversitetet", "Växjö/Kalmar"),
    University("lu", "Lunds universitet", "Lund/Helsingborg"),
    University("mau", "Malmö universitet", "Malmö"),
    University("mchs", "Marie Cederschiöld högskola", "Stockholm"),
    University("mdu", "Mälardalens universitet", "Eskilstuna"),
    University("miun", "Mittuniversitetet", "Östersund"),
    University("oru", "Örebro universitet", "Örebro"),
    University("sh", "Södertörns högskola", "Huddinge"),
    University("su", "Stockholms universitet", "Stockholm"),
    University("umu", "Umeå universitet", "Umeå"),
    University("uu", "Uppsala universitet", "Uppsala"),
)


def furnish(store: Store, now: datetime | None = None) -> None:
    """Put the shipped pipelines and the universities into a new store, in one transaction."""
    moment = now or datetime.now(UTC)
    writing = Writing(store, Occasion(ACTOR, COMMAND, moment.date(), moment))
    with writing.transaction():
        writing.sign()
        for source in shipped():
            first = check_pipeline(source)._replace(version=1)
            put_in_store(store, first, source, writing.occasion.recorded_at)
        store.write_many("programme.add_university", [each._asdict() for each in PROVIDERS])


def shipped() -> tuple[str, ...]:
    """Return the text of each pipeline that comes with the program, by the name of its file."""
    folder = os.path.dirname(socrekry.pipelines.__file__)
    texts = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                texts.append(file.read())
    return tuple(texts)
