"""Build kandidater.xlsx: a list of candidates as a municipality really keeps it, with all its faults.

Every person is invented, and so are the supervisors. What is wrong is meant to be: titles above the columns,
names of columns that nobody else uses, days in six forms, telephone numbers that lost their zero, empty rows,
a formula that failed, somebody entered twice, a day that is none. ../../docs/from-a-spreadsheet.md walks from
this file to a report. Run it with ``python build_workbook.py``; it needs XlsxWriter, which socrekry brings
along, and always writes the same file.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

FILE = Path(__file__).with_name("kandidater.xlsx")
HEADER_ROW = 3  # below two lines of talk and an empty one


class Formula(NamedTuple):
    """A formula, and what it came to when the workbook was saved."""

    text: str
    value: str | int


COLUMNS = (
    *(
        "Nr",
        "Namn",
        "Mejl",
        "Mobilnr",
        "Lärosäte",
        "Klar",
        "Första kontakt",
        "Kontakt datum",
        "Ansökan datum",
    ),
    *("Antagen den", "VFU start", "Trainee från", "Erbjudande datum", "Avtal skrivet"),
    *("Utfall", "Avslutad", "Varför", "Handledare", "Anteckning"),
)
E_, K, P, L = None, "Karin Sjödin", "Per-Olof Ahl", "Lena Hult"
D = date

# Name, e-mail, phone, university, degree, first met; then the days of contact, application, selection,
# placement, trainee post, offer and contract; outcome, day, why; supervisor; note. A row ends where nothing
# more is known.
HT2025: tuple[tuple[Any, ...], ...] = (
    ("Agnes Lindqvist", "agnes.lindqvist@example.se", 701740601, "sh", "VT26", "klassbesök",
     D(2024, 11, 12), D(2025, 2, 14), D(2025, 4, 9), D(2025, 9, 1), D(2026, 1, 19), "5/10 2026",
     D(2026, 11, 9), E_, E_, E_, K),
    ("Bahar Hosseini ", "bahar.hosseini@example.se", "070-174 06 02", "sh", "VT26", "klassbesök",
     D(2024, 11, 12), "20/2 2025", D(2025, 4, 9), D(2025, 9, 1), D(2026, 1, 19), "2026-10-05", "12/11-26",
     E_, E_, E_, K, "Vill arbeta på barn och unga"),
    ("Cecilia  Åkerman", "CECILIA.AKERMAN@example.se", "070-1740603", "oru", "vt 2026", "Arbetsmarknadsdag",
     "2025-01-30", "2025-02-27", "2025-04-09", "2025-09-01", "2026-01-19", "2026-10-12 00:00:00",
     E_, E_, E_, E_, P),
    ("Daniel Öhrn", "daniel.ohrn@example.se", "0701740604", "sh", "VT26", "klassbesök",
     D(2024, 11, 12), D(2025, 2, 20), D(2025, 4, 10), D(2025, 9, 1), D(2026, 1, 19), E_, E_, E_, E_, E_, P),
    ("Emine Yilmaz", "emine.yilmaz@example.se", 701740605, "su", "20261", "annons",
     "3/2 2025", "3/3-25", "10/4 2025", "1/9 2025", "19/1 2026", E_, E_, E_, E_, E_, P, "Talar turkiska"),
    ("Filip Norén", "filip.noren@example.se", "070-174 06 06", "Södertörn", "HT26", "rekommendation",
     20250203, 20250305, 20250411, 20250901, E_, E_, E_, "avbröt", "2026-01-12", "flyttade till Umeå", L),
    (),
    ("Greta Fjällström", "greta.fjallstrom@example.se", "070-174 06 07", "sh", "VT26", "Klassbesök",
     45608, 45708, 45757, 45901, 46041, E_, E_, E_, E_, E_, L),
    ("Hamid Rezai", "hamid.rezai@example.se", "070-174 06 08", "mchs", "VT26", "annons",
     D(2025, 2, 3), D(2025, 3, 10), "ca 15 april", D(2025, 9, 1), E_, E_, E_, E_, E_, E_, L,
     "Vill vänta med traineetjänsten"),
    ("Ingrid Påls", "ingrid.pals@example.se", "070-174 06 09", "sh", "VT26", "VFU",
     D(2025, 1, 15), D(2025, 3, 11), D(2025, 4, 14), D(2025, 9, 1), D(2026, 1, 26), E_, E_, E_, E_, E_, L),
    ("Jonas Bergdahl", "jonas.bergdahl@example.se", 701740610, "uu", "HT26", "arbetsmarknadsdag",
     D(2025, 1, 30), D(2025, 3, 12), E_, E_, E_, E_, E_, "gick inte vidare", D(2025, 4, 15),
     "sökte annan inriktning"),
    ("Klara Wester", "klara.wester@example.se", "070-174 06 11", "sh", "VT26", "klassbesök",
     D(2024, 11, 12), D(2025, 3, 12), D(2025, 4, 15), E_, E_, E_, E_, "tackade nej", "2/6 2025",
     "valde annan kommun"),
    ("Leila Abdi", Formula("=VLOOKUP(B16,Listor!A1:B3,2,FALSE)", "#N/A"), "070-174 06 12", "sh", "VT26",
     "klassbesök", D(2024, 11, 12), D(2025, 3, 14), D(2025, 4, 15), D(2025, 9, 1), D(2026, 1, 19), E_, E_,
     E_, E_, E_, K),
    ("Måns Eklöf", "mans.eklof@example.se", "070-174 06 13", "sh", "VT26", "klassbesök",
     D(2024, 11, 12), E_, E_, E_, E_, E_, E_, "inget svar", D(2025, 5, 5)),
    ("Nadja Kovač", "nadja.kovac@example.se", "070-174 06 14", "oru", "VT26", "arbetsmarknadsdag",
     D(2025, 1, 30), E_, E_, E_, E_, E_, E_, "inget svar", "2025-05-05"),
    ("Oskar Tjärnberg", "oskar.tjarnberg@example.se", "070-174 06 15", "su", "HT26", "spontanansökan",
     E_, D(2025, 3, 20), E_, E_, E_, E_, E_, "tog tillbaka ansökan", D(2025, 4, 2), "fick annan praktik"),
    (),
    ("Petra Sund", "petra.sund@example.se", "070-174 06 16", "sh", "VT26", "klassbesök",
     D(2024, 11, 12), D(2025, 3, 21), E_, E_, E_, E_, E_, "gick inte vidare", D(2025, 4, 15)),
    ("Daniel Öhrn", "daniel.ohrn@example.se", "0701740604", "sh", "VT26", "klassbesök", D(2024, 11, 12)),
    ("   ", "", " "),
    (),
)  # fmt: skip
VT2026: tuple[tuple[Any, ...], ...] = (
    ("Rasmus Holmgren", "rasmus.holmgren@example.se", "070-174 06 21", "sh", "HT26", "klassbesök",
     D(2025, 4, 8), D(2025, 9, 15), D(2025, 10, 20), D(2026, 1, 19), E_, E_, E_, E_, E_, E_, K),
    ("Sara Nordlund", "sara.nordlund@example.se", 701740622, "sh", "HT26", "klassbesök",
     D(2025, 4, 8), "16/9 2025", "20/10 2025", "19/1 2026", E_, E_, E_, E_, E_, E_, P),
    ("Klara Wester", "klara.wester@example.se", "070-174 06 11", "sh", "HT26", "rekommendation",
     D(2025, 9, 10), D(2025, 9, 22), D(2025, 10, 21), D(2026, 1, 19), E_, E_, E_, E_, E_, E_, L,
     "Sökte redan HT2025"),
    ("Tuva Björkman", "tuva.bjorkman@example.se", "070-174 06 23", "mchs", "HT26", "annons",
     D(2025, 9, 1), D(2025, 9, 24), E_, E_, E_, E_, E_, "gick inte vidare", D(2025, 10, 21)),
    ("Viktor Dahlin", "viktor.dahlin@example.se", "070-174 06 24", "sh", "HT26", "klassbesök",
     D(2025, 4, 8), E_, E_, E_, E_, E_, E_, "inget svar", D(2025, 11, 3)),
    (),
)  # fmt: skip


def content() -> bytes:
    """Return the workbook."""
    written = BytesIO()
    with Workbook(written, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.set_properties({"created": datetime(2026, 11, 12, tzinfo=UTC), "author": "Maria"})
        _people(workbook, "HT2025", "Traineeprogrammet, socionomer: intag HT 2025", HT2025)
        _people(workbook, "VT2026", "Traineeprogrammet, socionomer: intag VT 2026", VT2026)
        _sums(workbook)
        words = workbook.add_worksheet("Listor")
        words.write_column(0, 0, ["Annons", "Klassbesök", "VFU"])
        words.hide()
    return written.getvalue()


def _people(workbook: Workbook, name: str, title: str, people: Sequence[Sequence[Any]]) -> None:
    sheet = workbook.add_worksheet(name)
    bold, grey = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format({"italic": True})
    sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, title, bold)
    sheet.write_string(1, 0, "Senast ändrad av Maria 2026-11-12. Nya rader sist, tack!", grey)
    sheet.write_row(HEADER_ROW, 0, COLUMNS, workbook.add_format({"bold": True, "bg_color": "#DDEBF7"}))
    sheet.set_column(1, 2, 26)
    sheet.set_column(3, len(COLUMNS) - 1, 14)
    for number, person in enumerate(people, 1):
        row = HEADER_ROW + number
        if person and person[0].strip():
            sheet.write_formula(row, 0, f"=ROW()-{HEADER_ROW + 1}", None, number)
        for place, value in enumerate(person, 1):
            _write(sheet, row, place, value)


def _write(sheet: Worksheet, row: int, place: int, value: Any) -> None:
    match value:
        case None:
            return
        case Formula(text, result):
            sheet.write_formula(row, place, text, None, result)
        case date():
            sheet.write_datetime(row, place, datetime(value.year, value.month, value.day))  # noqa: DTZ001
        case _:
            sheet.write(row, place, value)


def _sums(workbook: Workbook) -> None:
    sheet = workbook.add_worksheet("Sammanställning")
    sheet.write_row(0, 0, ("Intag", "Platser", "Antal sökande"))
    for row, (name, people) in enumerate((("HT2025", HT2025), ("VT2026", VT2026)), 1):
        sheet.write_row(row, 0, (name, 10))
        sheet.write_formula(row, 2, f"=COUNTA({name}!B5:B40)", None, sum(map(bool, people)))


if __name__ == "__main__":
    FILE.write_bytes(content())
    print(f"{FILE.name} is written.")
