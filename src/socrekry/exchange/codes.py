"""Words that a cell may hold for a code of ours: the code itself, or what people call it in Swedish.

Case, accents and ``-`` do not matter. Whatever else stands there is an error that lists the codes: a word
that was taken for another would be counted as another for ever.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from socrekry.domain.channels import ACTIVITY_KINDS, CHANNELS
from socrekry.domain.errors import InvalidInput
from socrekry.domain.ids import activity_id, parsed_activity
from socrekry.domain.intents import OUTCOMES, PARTIES
from socrekry.services.imported import column_key

_CHANNELS = {
    "klassbesök": "visit",
    "arbetsmarknadsdag": "fair",
    "annons": "ad",
    "rekommendation": "referral",
    "studiebesök": "study-visit",
    "VFU": "placement",
    "sommarvikariat": "summer-job",
    "spontanansökan": "unsolicited",
    "annat": "other",
    "övrigt": "other",
}
_OUTCOMES = {
    "gick inte vidare": "rejected",
    "avslag": "rejected",
    "ej behörig": "not-eligible",
    "tog tillbaka ansökan": "withdrawn",
    "tackade nej": "declined",
    "avbröt": "discontinued",
    "avbröt VFU": "discontinued",
    "avbröt trainee": "discontinued",
    "inget svar": "no-reply",
    "tjänsten tillsatt": "position-filled",
}
_PARTIES = {
    "kandidaten": "candidate",
    "kandidat": "candidate",
    "arbetsgivaren": "employer",
    "arbetsgivare": "employer",
}
_FACT_VALUES = {
    "annan examen": "other-degree",
    "bevis från Socialstyrelsen": "socialstyrelsen-proof",
}
_YES = frozenset(("yes", "y", "true", "1", "x", "ja", "j", "sant"))
_NO = frozenset(("no", "n", "false", "0", "nej", "falskt"))


def _table(codes: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    return {column_key(word): code for word, code in [*words.items(), *zip(codes, codes, strict=True)]}


_CHANNEL_OF = _table(CHANNELS, _CHANNELS)
_OUTCOME_OF = _table(OUTCOMES, _OUTCOMES)
_PARTY_OF = _table(PARTIES, _PARTIES)
_FACT_VALUE_OF = _table((), _FACT_VALUES)


@lru_cache(512)
def read_source(text: str) -> str:
    """Return the channel that the words mean, an activity's id (``A-3``), or else the words: a title."""
    number = parsed_activity(text)
    return _CHANNEL_OF.get(column_key(text), text) if number is None else activity_id(number)


def read_activity_kind(text: str) -> str:
    """Return the kind of activity that the words mean; InvalidInput ``activity-kind-invalid``."""
    code = _CHANNEL_OF.get(column_key(text))
    if code not in ACTIVITY_KINDS:
        raise InvalidInput("activity-kind-invalid", kind=text, kinds=list(ACTIVITY_KINDS))
    return code


@lru_cache(512)
def read_outcome(text: str) -> str:
    """Return the outcome that the words mean; InvalidInput ``outcome-invalid``."""
    code = _OUTCOME_OF.get(column_key(text))
    if code is None:
        raise InvalidInput("outcome-invalid", outcome=text, outcomes=list(OUTCOMES))
    return code


@lru_cache(512)
def read_party(text: str) -> str:
    """Return who ended it; InvalidInput ``party-invalid``."""
    code = _PARTY_OF.get(column_key(text))
    if code is None:
        raise InvalidInput("party-invalid", party=text, parties=list(PARTIES))
    return code


@lru_cache(512)
def read_fact_value(text: str) -> str:
    """Return the code that the words mean, or the words themselves: the fact's kind knows what it may say."""
    return _FACT_VALUE_OF.get(column_key(text), text)


def read_yes_or_no(text: str) -> bool:
    """Return whether a cell says yes; InvalidInput ``yes-or-no``."""
    word = text.casefold()
    if word not in _YES | _NO:
        raise InvalidInput("yes-or-no", value=text)
    return word in _YES
