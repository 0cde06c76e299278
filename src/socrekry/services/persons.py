"""Persons: what is known of a candidate, mended or scrubbed, with the keys that searching needs.

A protected identity has no name, e-mail, phone or university here, and nothing that could be put back.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from socrekry.domain.errors import InvalidInput, NotFound, Refused
from socrekry.domain.ids import candidate_id
from socrekry.domain.lengths import LONGEST_NAME, LONGEST_PHONE
from socrekry.domain.names import email_key, search_key, shown_name, sort_key
from socrekry.domain.term import Term
from socrekry.services.candidacies import forget_words
from socrekry.services.finding import find_person
from socrekry.services.phones import phone_key
from socrekry.services.universities import find_university
from socrekry.services.writing import Writing, as_text
from socrekry.store.connect import Store
from socrekry.store.failures import Duplicate


class Details(NamedTuple):
    """What is known of a person, as it was typed. A protected identity has none of it."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    university: str | None = None
    graduates: Term | None = None


def add_person(writing: Writing, details: Details, *, protected: bool = False) -> int:
    """Add a person, inside a transaction; return her number."""
    store = writing.store
    if protected:
        if details != Details(graduates=details.graduates):
            raise InvalidInput("protected-has-no-details")
    elif not details.name or not details.name.strip():
        raise InvalidInput("name-missing")
    row = _row(store, details) | {"protected_number": None}
    if protected:
        row["protected_number"] = store.value("person.next_protected")
    _require_new_email(store, row["email_key"], None)
    return int(store.value("person.add", **row, void=True))


def edit_candidate(
    writing: Writing,
    ref: str,
    changes: dict[str, Any],
    *,
    add_tags: Sequence[str] = (),
    drop_tags: Sequence[str] = (),
) -> int:
    """Mend what is known of a person; ``changes`` holds the fields of `Details` to set (None empties).

    Return her number. Refused("protected-has-no-details") where her identity is protected.
    """
    with writing.transaction():
        person = find_person(writing.store, ref).person
        known, protected = read_details(writing.store, person)
        if protected and set(changes) - {"graduates"}:
            raise Refused("protected-has-no-details", id=candidate_id(person))
        details = known._replace(**changes)
        if not protected and not (details.name and details.name.strip()):
            raise InvalidInput("name-missing")
        if details.graduates != known.graduates:
            writing.crediting(person)
        keep_details(writing.store, person, details)
        stored, _ = read_details(writing.store, person)
        for field in changes:
            before, after = as_text(getattr(known, field)), as_text(getattr(stored, field))
            if before != after:
                writing.edited("person", person, field, before, after)
        set_tags(writing, person, add_tags, drop_tags)
        return person


def read_details(store: Store, person: int) -> tuple[Details, bool]:
    """Return what is known of a person, and whether her identity is protected."""
    row = store.row("person.read", person=person)
    if row is None:
        raise NotFound("candidate-not-found", ref=candidate_id(person))
    _, name, email, phone, university, graduates, protected, _ = row
    term = Term.from_code(graduates) if graduates else None
    return Details(name, email, phone, university, term), protected is not None


def keep_details(store: Store, person: int, details: Details) -> None:
    """Store what is known of a person, with the keys that are made of it.

    Refused ``email-known``, or ``email-known-elsewhere`` where row security hides whose address it is.
    """
    row = _row(store, details)
    _require_new_email(store, row["email_key"], person)
    old = store.row("person.read", person=person)
    try:
        store.write("person.keep", **row, person=person, protected_number=old[6] if old else None)
    except Duplicate as error:
        raise Refused("email-known-elsewhere") from error


def protect(writing: Writing, ref: str) -> str:
    """Scrub everything that could tell who a person is; she is still counted everywhere.

    Return what she is called from now on. This cannot be undone: nothing is left to put back.
    """
    store = writing.store
    with writing.transaction():
        person = find_person(store, ref).person
        known, protected = read_details(store, person)
        number = store.value("person.next_protected")
        if protected:
            raise Refused("already-protected", id=candidate_id(person))
        forget_words(writing, person)
        _scrub(store, person, number, Details(graduates=known.graduates))
        for (once,) in store.rows("duplicates.merged_into", person=person):  # what she was known as as well
            _scrub(store, once, store.value("person.next_protected"), Details())
        writing.created("protection", person)
        return shown_name(None, number)


def _scrub(store: Store, person: int, number: int, left: Details) -> None:
    store.write("person.keep", **_row(store, left), person=person, protected_number=number)
    store.write("person.drop_tags", person=person)
    store.write("person.scrub_remarks", person=person)
    store.write("voices.scrub", person=person)
    store.write("person.scrub_edits", person=person)


def set_tags(writing: Writing, person: int, add: Iterable[str], drop: Iterable[str]) -> None:
    """Put tags on a person and take some away, inside a transaction."""
    store = writing.store
    known = {tag for (tag,) in store.rows("person.tags", person=person)}
    for tag in dict.fromkeys(" ".join(each.split()) for each in add):
        if not 1 <= len(tag) <= 60:
            raise InvalidInput("tag-invalid", tag=tag)
        if tag not in known:
            store.write("person.add_tag", person=person, tag=tag)
            writing.created("tag", f"{person}:{tag}")
    for tag in dict.fromkeys(" ".join(each.split()) for each in drop):
        if tag not in known:
            raise NotFound("tag-not-found", tag=tag, tags=sorted(known))
        store.write("person.drop_tag", person=person, tag=tag)
        writing.edited("tag", f"{person}:{tag}", "tag", tag, None)


def _row(store: Store, details: Details) -> dict[str, Any]:
    """Return the columns of a person's row that her details decide. InvalidInput for a bad address."""
    email = valid_email(details.email) if details.email else None
    name, phone = (" ".join(text.split()) if text else None for text in (details.name, details.phone))
    for field, value, longest in (("name", name, LONGEST_NAME), ("phone", phone, LONGEST_PHONE)):
        if value and len(value) > longest:
            raise InvalidInput("text-too-long", field=field, longest=longest)
    university = find_university(store, details.university).code if details.university else None
    return columns_of(Details(name, email, phone or None, university, details.graduates))


def columns_of(details: Details) -> dict[str, Any]:
    """Return the columns of a person's row: her details, which are valid, and the keys made of them."""
    name, email, phone, university, graduates = details
    sought = search_key(name) if name else ""
    return {
        "name": name,
        "email": email,
        "phone": phone,
        "university": university,
        "graduates": graduates.code if graduates else None,
        "search_key": sought,
        "sort_key": sought if name is None or name.isascii() else sort_key(name),
        "email_key": email_key(email) if email else None,
        "phone_key": phone_key(phone),
    }


def valid_email(text: str) -> str:
    """Return an e-mail address as it should be written. InvalidInput("email-invalid") says why it is none."""
    from email_validator import EmailNotValidError, validate_email  # 20 ms, and only where there is one

    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise InvalidInput("email-invalid", email=text, reason=str(error)) from error


def require_own_email(store: Store, person: int) -> None:
    """Raise Refused("email-known") if somebody else has the person's address: she was undone in between."""
    known, _ = read_details(store, person)
    _require_new_email(store, email_key(known.email) if known.email else None, person)


def _require_new_email(store: Store, key: str | None, person: int | None) -> None:
    row = store.row("person.by_email", email=key) if key else None
    if row is not None and row[0] != person:
        raise Refused("email-known", email=key, id=candidate_id(row[0]), name=shown_name(row[1], row[2]))
