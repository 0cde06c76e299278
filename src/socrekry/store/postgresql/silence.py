"""Notice a server that has fallen silent: a connection that asks now and then whether it still answers.

A server whose machine is frozen closes no connection; its system goes on acknowledging what it is sent, and
no timeout of TCP's or of the server's own ever comes. Whoever waited for it would wait until it is thawed. A
server that only has much to do is known by this, that it still greets whoever knocks.
"""

import logging
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from socrekry.store.engine import Row
from socrekry.store.waiting import busy_seconds

# What psycopg tells its log would reach the screen, and the reader of an error in JSON, where nobody listens.
logging.getLogger("psycopg").setLevel(logging.CRITICAL + 1)
_BEYOND = 1.0  # the server itself ends a wait for a lock, a moment before we begin to wonder


class Attentive(psycopg.Connection[Row]):
    """A connection on which no wait is longer than its server lives."""

    _is_impatient = False

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Wait meanwhile no longer than for a lock, also where the server itself waits for another."""
        self._is_impatient = True
        try:
            yield
        finally:
            self._is_impatient = False

    def wait(self, gen: Generator[Any, Any, Any], *more: Any, **options: Any) -> Any:
        """Wait as psycopg does; OperationalError, and no connection any more, where nobody is there."""
        return super().wait(self._watched(gen), *more, **options)

    def _watched(self, gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
        """Give what a wait gives; it is told now and then, also when nothing has come."""
        patience, since = busy_seconds() + _BEYOND, time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                wanted = gen.send(ready)
                if ready:
                    since = time.monotonic()
                elif time.monotonic() - since > patience:
                    self._require_hope()
                    since = time.monotonic()
        except StopIteration as over:
            return over.value

    def _require_hope(self) -> None:
        if self._is_impatient or not self._greets():
            self.pgconn.finish()
            raise psycopg.OperationalError("the server does not answer")

    def _greets(self) -> bool:
        """Knock at the server's door, beside the connection on which it is silent."""
        dsn = self.info.dsn
        patience = conninfo_to_dict(dsn).get("connect_timeout") or "10"
        here = make_conninfo(dsn, host=self.info.host, port=self.info.port, target_session_attrs="any")
        asked = make_conninfo(here, connect_timeout=patience)
        return pq.PGconn.ping(asked.encode()) in (pq.Ping.OK, pq.Ping.REJECT)
