"""The field's own words for the codes that the log and the pipelines speak in.

One table for each kind of code; a code without a word is shown as it is.
"""

from socrekry.locale import N_, _

FACTS = {
    "degree": N_("degree"),
    "register-check-seen": N_("criminal-record extract seen"),
    "assessment": N_("assessment"),
    "university-confirmed": N_("confirmation by the university"),
    "placement-completed": N_("placement completed"),
    "traineeship-completed": N_("traineeship completed"),
    "references-checked": N_("references checked"),
    "offer-accepted": N_("offer accepted"),
    "thesis": N_("thesis"),
    "left": N_("left"),
    "still-employed": N_("still employed"),
}
GUARDS = {
    "free-seat": N_("free seat"),
    "supervisor": N_("supervisor"),
    "mentor": N_("mentor"),
    "last-year": N_("last year of study"),
    "degree-or-graduation": N_("degree, or graduation soon"),
    "register-check": N_("criminal-record extract"),
    "transition": N_("step"),
    "open": N_("open candidacy"),
    "order": N_("order of dates"),
    "date": N_("date"),
    "pause": N_("pause"),
    "transfer": N_("transfer"),
    "undo": N_("undo"),
}
OUTCOMES = {
    "rejected": N_("rejected"),
    "not-eligible": N_("not eligible"),
    "withdrawn": N_("withdrew the application"),
    "declined": N_("declined"),
    "discontinued": N_("discontinued"),
    "no-reply": N_("no reply"),
    "position-filled": N_("position filled"),
}
STATES = {"open": N_("open"), "won": N_("hired and started"), "lost": N_("closed"), "void": N_("undone")}
ROLES = {"supervisor": N_("supervisor"), "mentor": N_("mentor")}
PARTIES = {"candidate": N_("by the candidate"), "employer": N_("by the employer")}
PAUSE_REASONS = {"leave": N_("leave"), "studies": N_("studies"), "other": N_("other")}
VALUES = {
    "yes": "",
    "socionomexamen": "socionomexamen",
    "other-degree": N_("other degree"),
    "socialstyrelsen-proof": N_("proof from Socialstyrelsen"),
    "criminal": N_("criminal record"),
    "criminal+suspicion": N_("criminal record and suspicion register"),
}
CHANNELS = {
    "visit": N_("class visit"),
    "fair": N_("career fair"),
    "ad": N_("ad"),
    "referral": N_("referral"),
    "study-visit": N_("study visit"),
    "placement": N_("placement"),
    "summer-job": N_("summer cover"),
    "unsolicited": N_("unsolicited application"),
    "other": N_("other"),
}
VOICE_KINDS = {"wish": N_("wish"), "concern": N_("concern"), "praise": N_("praise")}
AGREEMENTS = {"asked": N_("asked for"), "offered": N_("offered"), "confirmed": N_("confirmed")}


def word(table: dict[str, str], code: str | None) -> str:
    """Return the reader's word for a code of that table; "" for none."""
    if code is None:
        return ""
    text = table.get(code, code)
    return _(text) if text else ""


def guard_word(code: str) -> str:
    """Return the reader's word for a guard: many are called as the fact they ask for."""
    return word(GUARDS if code in GUARDS else FACTS, code)


def capital(text: str) -> str:
    """Return the text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
