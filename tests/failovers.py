"""A failover under load: a primary is killed and its standby promoted, and clients go on all the while."""

import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.clients import Answer, Clients
from tests.servers import Server, uri_of


class Failover(NamedTuple):
    """How a failover went; times in seconds since the primary was killed."""

    answers: list[Answer]
    done_before: int
    promoting: float
    promoted: float
    first_done: float
    not_done: dict[str, int]

    @property
    def done(self) -> list[Answer]:
        """Every command that socrekry said was done."""
        return [each for each in self.answers if each.code == 0]

    def __str__(self) -> str:
        return (
            f"{self.done_before} done before the kill, {len(self.done) - self.done_before} after it; "
            f"not done: {self.not_done or 'none'}; promoting began after {self.promoting:.2f} s, "
            f"ended after {self.promoted:.2f} s; the first was done after {self.first_done:.2f} s"
        )


def fail_over(primary: Server, standby: Server, folder: Path, *, clients: int, turns: int) -> Failover:
    """Kill a primary at which clients are at work and promote its standby; return how it went.

    Each client has ``turns`` commands done before the kill, and as many that it gives after the promotion.
    """
    url = uri_of([primary, standby], "store", target_session_attrs="read-write")
    with Clients(url, folder, clients) as working:
        working.wait_until_each_has(turns)
        killed = time.time()
        primary.kill()
        promoting = time.time()
        standby.promote()
        promoted = time.time()
        working.wait_until_each_has(turns, since=promoted)
    answers = [each for account in working.answers() for each in account]
    done = [each.answered for each in answers if each.code == 0]
    return Failover(
        answers,
        sum(when < promoting for when in done),
        promoting - killed,
        promoted - killed,
        min(when for when in done if when > promoting) - killed,
        dict(Counter(each.error for each in answers if each.code)),
    )
