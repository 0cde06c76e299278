"""Keys for names: what people search by and sort by, computed here so that every engine agrees."""

import unicodedata

# Swedish sorts å, ä and ö after z; these four characters follow z in every byte order.
_SWEDISH_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


def search_key(text: str) -> str:
    """Return the text without case, accents and doubled spaces: ``"  Åsa  ÖBERG"`` gives ``"asa oberg"``."""
    if text.isascii():
        return " ".join(text.lower().split())
    plain = unicodedata.normalize("NFKD", _folded(text))
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def sort_key(text: str) -> str:
    """Return a key that sorts as a Swedish reader expects: ``z`` before ``å``, ``ä``, ``ö``."""
    if text.isascii():
        return " ".join(text.lower().split())
    swedish = unicodedata.normalize("NFC", _folded(text)).translate(_SWEDISH_LAST)
    plain = unicodedata.normalize("NFKD", swedish)
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def _folded(text: str) -> str:
    """Return the text in small letters; a styled letter has another case only once it is a plain one."""
    return unicodedata.normalize("NFKC", text).casefold()


def email_key(email: str) -> str:
    """Return what makes two addresses the same person's."""
    return email.strip().casefold()


def shown_name(name: str | None, protected_number: int | None) -> str:
    """Return a person's name, or what stands for it everywhere when her identity is protected.

    The words are those that the record itself carries (the practice of Gävle kommun), in any language.
    """
    return name if name is not None else f"Skyddade personuppgifter, kandidat {protected_number}"
