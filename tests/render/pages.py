"""Pages to show in tests: a small report, and one where every text is an attack."""

from datetime import date

from socrekry.render.parts import Column, Facts, Gap, Grid, Heading, Line, Page, Rows

A_REPORT = Page(
    parts=(
        Heading("Huddinge trainee: Socionom · HT2025", "Läget 2026-11-20 · Internt"),
        Line("10 platser · 12 antagna (2 från reservlistan) · 8 kvar i programmet"),
        Gap(),
        Grid(
            (
                Column("Steg", name="stage"),
                Column("Nått", "right", name="reached"),
                Column("Av föregående", "right", name="of_previous"),
                Column("Tidigast", style="quiet", name="earliest"),
                Column("Anmärkning", flexible=True, name="remark"),
            ),
            (
                ("Kontakt", "41", "–", "", ""),
                (
                    "Ansökan",
                    "28",
                    "68 %",
                    "",
                    "sökande från Örebro universitet och Södertörns högskola, flera med egen erfarenhet",
                ),
                ("Tillträtt", "–", "–", "2027-01-18", "väntar på examen"),
            ),
        ),
        Gap(),
        Facts((("Kontaktperson", "Åsa Öberg"), ("Enhet", "Barn och unga"))),
        Line("Avslutade 33: kontakt 13 (inget svar 9, valde annan kommun 4) · ansökan 16 · VFU 4", "quiet"),
        Line("Två platser saknar handledare.", "warning"),
    ),
    json={
        "term": "HT2025",
        "as_of": date(2026, 11, 20),
        "funnel": [{"stage": "applied", "of_previous": None}],
    },
    rows=Rows(
        ("stage", "reached", "share", "earliest", "open", "remark"),
        (
            ("lead", 41, None, None, True, "-5"),
            ("started", 0, 0.68, date(2027, 1, 18), False, '=HYPERLINK("http://x")'),
        ),
    ),
    ids=("C-1.1", "C-2.1"),
)

HOSTILE = (
    "\x1b[31mr\x1b]8;;http://evil\x1b\\öd\x1b]8;;\x07 \u202egnol\u2066 [/b] [link=x]y[/link] "
    "\x9b2J:smile:\r\nnext\u2028\x07end"
)
HARMLESS = "röd gnol [/b] [link=x]y[/link] :smile: next end"


def a_page_of(text: str) -> Page:
    """Return a page that has ``text`` in every place where a text can be."""
    columns = (Column(text, style="strong"), Column(text, "right", flexible=True))
    return Page(
        (Heading(text, text), Line(text, "warning"), Grid(columns, [(text, text)]), Facts([(text, text)])),
        json={"name": text},
        rows=Rows(("name",), [(text,)]),
    )
