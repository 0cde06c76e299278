"""What the store undid by itself is tried again, in time and only where that cannot do it twice."""

from collections.abc import Callable
from itertools import chain, repeat

import pytest

from socrekry.domain.errors import StoreUnavailable
from socrekry.services import persisting
from socrekry.services.persisting import persistently, settled
from socrekry.store.failures import ConnectionLost, Contended
from tests.builders import Office

BROKEN = ConnectionLost(store="somewhere", reason="gone")
BROKEN_AT_COMMIT = ConnectionLost(while_committing=True, store="somewhere", reason="gone")


@pytest.fixture(autouse=True)
def _in_no_mood_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOCREKRY_BUSY_SECONDS", "0.2")
    monkeypatch.setattr(persisting, "CONTENDED_SECONDS", 0.2)


def after(*errors: Exception) -> Callable[[], str]:
    """Return an attempt that ends in each of these errors before it succeeds."""
    ends = chain(errors, repeat(None))

    def attempt() -> str:
        error = next(ends)
        if error is not None:
            raise error
        return "done"

    return attempt


@pytest.mark.parametrize(
    "errors", [(Contended(),), (Contended(), Contended()), (BROKEN,), (BROKEN, Contended())]
)
def test_what_was_undone_is_done_again(office: Office, errors: tuple[Exception, ...]) -> None:
    assert persistently(office.store, after(*errors)) == "done"


@pytest.mark.parametrize("error", [Contended(), BROKEN])
def test_nobody_tries_for_ever(office: Office, error: Exception) -> None:
    with pytest.raises(type(error)):
        persistently(office.store, after(*[error] * 1_000_000))


@pytest.mark.parametrize("error", [BROKEN_AT_COMMIT, StoreUnavailable("store-full"), ValueError()])
def test_what_may_have_been_kept_or_would_not_help_is_not_tried_again(
    office: Office, error: Exception
) -> None:
    with pytest.raises(type(error)):
        persistently(office.store, after(error))


def test_a_part_of_a_transaction_is_not_tried_again_by_itself(office: Office) -> None:
    with office.store.transaction(), pytest.raises(Contended):
        persistently(office.store, after(Contended()))


def test_what_became_of_a_commit_is_asked_until_the_store_answers(office: Office) -> None:
    look = after(StoreUnavailable("store-busy"), BROKEN)
    assert settled(office.store, BROKEN_AT_COMMIT, look) == "done"
    assert not office.store.within_transaction


def test_where_no_answer_comes_the_first_loss_is_told(office: Office) -> None:
    with pytest.raises(ConnectionLost) as raised:
        settled(office.store, BROKEN_AT_COMMIT, after(*[StoreUnavailable("store-busy")] * 1_000_000))
    assert raised.value is BROKEN_AT_COMMIT
