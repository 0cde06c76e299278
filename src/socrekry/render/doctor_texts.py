"""What a doctor says of each finding: what it is about, a sentence, and what helps where it is not good.

A name that ends in ``_bytes``, ``_seconds`` or ``_ms`` is shown with its unit; ``{name:q}`` is one word of a
command. What is an error of other commands has its words in ``sentences`` and ``remedies``.
"""

from typing import NamedTuple

from socrekry.locale import N_


class Told(NamedTuple):
    """What a finding is about, its sentence, and its remedy."""

    about: str
    sentence: str
    remedy: str = ""


_OTHERS_READ = N_("Others on this machine can read {path} (mode {mode}), and there are personal data in it.")
_FREE = N_("{free_bytes} are free; the store takes {size_bytes}.")
_FOR_OURSELVES = N_("chmod 600 {path:q}")
_RECRUITER = N_("For everyday work, use a user who is a recruiter: socrekry db roles")
_END_IT = N_("Ask whoever it is, or end it: SELECT pg_terminate_backend({pid})")

TEXTS = {
    # The program and its surroundings
    "program": Told(N_("Program"), N_("socrekry {version} on Python {python}, {system}")),
    "screen": Told(N_("Screen"), N_("{language}, in {encoding}")),
    "screen-poor": Told(
        N_("Screen"),
        N_("The screen is not in UTF-8 but in {encoding}: a letter that it lacks is shown as “?”."),
        N_("Set LANG=sv_SE.UTF-8, or on Windows: chcp 65001"),
    ),
    "day-given": Told(
        N_("Day"),
        N_("It is {day} because SOCREKRY_TODAY says so; everything is recorded on that day."),
        N_("Unset SOCREKRY_TODAY, unless this is a demonstration."),
    ),
    "time-zone": Told(N_("Time"), "{time} ({zone})"),
    "time-zone-foreign": Told(
        N_("Time"),
        N_("{time} ({zone}), {ahead_hours} h from Swedish time: around midnight things get another day."),
        N_("Set this machine’s time zone, or TZ=Europe/Stockholm"),
    ),
    "time-zone-unknown": Told(
        N_("Time"),
        N_("{time} ({zone}), because TZ says {told}, and this machine knows no such time zone."),
        N_("Write TZ=Europe/Stockholm, or install the time zones (tzdata)."),
    ),
    "settings-none": Told(N_("Settings"), N_("There is no config file; it would be {path}.")),
    "settings": Told(N_("Settings"), N_("{path}, yours alone")),
    "settings-open": Told(
        N_("Settings"), N_("Others on this machine can read {path} (mode {mode})."), _FOR_OURSELVES
    ),
    "settings-password": Told(
        N_("Settings"),
        N_("A password stands in {path}."),
        N_(
            "Take it out; keep it in the file .pgpass, a service file (PGSERVICE) or the variable PGPASSWORD."
        ),
    ),
    "place": Told(N_("Store"), N_("{store}, from {origin}")),
    # A store in a file
    "sqlite": Told(N_("Engine"), N_("SQLite {version}"), N_("Use a Python with SQLite 3.37 or later.")),
    "disk": Told(N_("Disk"), N_("A disk of this machine ({kind})")),
    "disk-unclear": Told(
        N_("Disk"),
        N_("This disk ({kind}) may be another machine’s as well, whose writers are not seen here."),
        N_("Let one of the two write to the store, or keep it on a disk of this machine alone."),
    ),
    "network-disk-allowed": Told(
        N_("Disk"),
        N_("A disk of the network ({kind}), which SOCREKRY_NETWORK_DISK allows."),
        N_("Let one machine at a time write to the store, or keep it on PostgreSQL."),
    ),
    "space": Told(N_("Space"), _FREE),
    "space-scarce": Told(N_("Space"), _FREE, N_("See that the disk does not run full.")),
    "space-short": Told(
        N_("Space"),
        N_("Only {free_bytes} are free; the store takes {size_bytes}, and a change may need as much again."),
        N_("Make room on the disk."),
    ),
    "file-rights": Told(N_("Rights"), N_("The store is yours alone.")),
    "file-open": Told(N_("Rights"), _OTHERS_READ, _FOR_OURSELVES),
    "folder-open": Told(
        N_("Rights"),
        N_("Others may put another file in the place of the store, in {path} (mode {mode})."),
        N_("chmod go-w {path:q}"),
    ),
    "file-foreign": Told(
        N_("Rights"), N_("{path} belongs to {owner}."), N_("Work as {owner}, or in a store of your own.")
    ),
    "file-read-only": Told(
        N_("Rights"),
        N_("You may read {path}, and not write to it."),
        N_("Ask for the right to write to it, or choose another with --db."),
    ),
    "journal-rollback": Told(
        N_("Journal"),
        N_(
            "Rollback journal (WAL is safe only from SQLite 3.51.3 on); each change waits for the disk "
            "(synchronous={synchronous})."
        ),
    ),
    "journal-wal": Told(N_("Journal"), N_("WAL, which is safe with SQLite {version}.")),
    "journal-wal-unsafe": Told(
        N_("Journal"),
        N_("WAL: SQLite {version} may lose what was done when it begins that file anew."),
        N_("While nobody works in the store: sqlite3 {path:q} 'PRAGMA journal_mode = DELETE'"),
    ),
    "journal-in-use": Told(N_("Journal"), N_("Somebody is writing to the store just now.")),
    "journal-hot": Told(
        N_("Journal"),
        N_("A command was cut off, and what it had half done is in {path}."),
        N_("Nothing is lost: the next command takes that back. Never remove the file yourself."),
    ),
    "drafts": Told(
        N_("Leftovers"),
        N_("Stores that were begun and never finished: {paths}"),
        N_("Remove them, if nobody is at work on one."),
    ),
    # What is in it
    "schema": Told(N_("Version"), N_("{version}, which is this program’s.")),
    "contents": Told(N_("Contents"), N_("Candidacies: {candidacies}; events: {events}; {size_bytes}")),
    "contents-hidden": Told(
        N_("Contents"), N_("This user may not count what is in the store."), N_("Let its owner look.")
    ),
    "reading": Told(
        N_("Speed"),
        N_("The last change is read in {took_ms}."),
        N_("See what else keeps the disk or the server busy; on PostgreSQL, VACUUM ANALYZE may help."),
    ),
    "clock": Told(N_("Clock"), N_("Later than the last change, recorded {last} UTC.")),
    "clock-behind": Told(
        N_("Clock"),
        N_("It is {now} UTC here, and something was recorded {last}: {behind_seconds} later."),
        N_("Set this machine’s clock; or, in a store for demonstrations, the day: SOCREKRY_TODAY"),
    ),
    # A store on a server
    "postgresql": Told(
        N_("Engine"),
        N_("PostgreSQL {version}, libpq {libpq}, psycopg {psycopg}"),
        N_("Upgrade the server; versions before 14 are no longer corrected."),
    ),
    "password-file-open": Told(
        N_("Rights"),
        N_("Others on this machine can read {path} (mode {mode}), so no password is taken from it."),
        _FOR_OURSELVES,
    ),
    "connection-here": Told(N_("Connection"), N_("Within this machine, where no network listens.")),
    "connection-tls": Told(
        N_("Connection"), N_("{tls} to {address}, whose certificate was proved (sslmode={sslmode}).")
    ),
    "connection-unproved": Told(
        N_("Connection"),
        N_("{tls} to {address}, but nobody has proved that it is the right server (sslmode={sslmode})."),
        N_("Add sslmode=verify-full and sslrootcert=FILE to the URL."),
    ),
    "connection-open": Told(
        N_("Connection"),
        N_("Without TLS to {address}: whoever listens on the network reads everything."),
        N_("Switch on TLS at the server, and add sslmode=verify-full to the URL."),
    ),
    "round-trip": Told(
        N_("Answers"),
        N_("An answer of the server takes {took_ms}, a connection {connect_ms}."),
        N_("A move asks the server some twenty times: work on a machine that is nearer to it."),
    ),
    "user": Told(N_("User"), N_("{user}, member of: {roles}")),
    "user-owner": Told(
        N_("User"),
        N_("{user} may do what the owner may ({owner}), and no rule of the server binds it."),
        _RECRUITER,
    ),
    "user-superuser": Told(
        N_("User"), N_("{user} is a superuser, and no rule of the server binds it."), _RECRUITER
    ),
    "row-security-off": Told(N_("Row security"), N_("Off: whoever works in the store sees every unit.")),
    "row-security": Told(N_("Row security"), N_("On; you see every unit.")),
    "row-security-part": Told(N_("Row security"), N_("On; you see your units, and limits count everybody.")),
    "row-security-nothing": Told(
        N_("Row security"),
        N_("On, and you are allowed no unit: you see only candidates without one."),
        N_("Its owner allows you some: socrekry db allow"),
    ),
    "row-security-blind": Told(
        N_("Row security"),
        N_("On, and limits count only a part: it binds whoever owns the views {views}."),
        N_("Give the views to the owner of the tables."),
    ),
    "durable": Told(
        N_("Durability"),
        N_("Each change is on the server’s disk before it is called done."),
    ),
    "not-durable": Told(
        N_("Durability"),
        N_("{off} is off: a power cut can take what was done, and ruin the database."),
        N_("Switch it on in postgresql.conf, and restart the server."),
    ),
    "standby-synchronous": Told(
        N_("Standby"),
        N_("Following: {number}; having each change before it is called done: {synchronous}."),
    ),
    "standby-behind": Told(
        N_("Standby"),
        N_("{number} follow, a little behind: the last changes may be lost together with the server."),
        N_("synchronous_standby_names on the server makes each change wait for one of them."),
    ),
    "standby-none": Told(
        N_("Standby"),
        N_("None follows: if the server’s disk is lost, the backups are what is left."),
        N_("Take backups and keep them elsewhere, or let a standby follow."),
    ),
    "standby-awaited": Told(
        N_("Standby"),
        N_("Each change waits for a standby ({names}), and none is there."),
        N_("Start it, or take it out of synchronous_standby_names."),
    ),
    "server-is-standby": Told(
        N_("Standby"),
        N_("This server is a standby: it can be read, and not written to."),
        N_("Name every server: postgresql://one,two/socrekry?target_session_attrs=read-write"),
    ),
    "clocks": Told(N_("Server clock"), N_("This machine’s clock and the server’s agree.")),
    "clocks-apart": Told(
        N_("Server clock"),
        N_("This machine’s clock and the server’s are {apart_seconds} apart."),
        N_("Let both be set from the network (NTP)."),
    ),
    "server-encoding": Told(N_("Letters"), N_("The database keeps letters in {encoding}.")),
    "collation": Told(N_("Sorting"), N_("Words are compared byte by byte, as the keys are made for it.")),
    "collation-other": Told(
        N_("Sorting"),
        N_("Words are not compared byte by byte in {columns}: they are found and sorted wrongly."),
        N_('Its owner sets it right, column by column: ALTER TABLE … ALTER COLUMN … TYPE text COLLATE "C"'),
    ),
    "connections": Told(
        N_("Connections"),
        N_("{used} of {most} are taken."),
        N_("Raise max_connections, or put a pooler before the server."),
    ),
    "lock-free": Told(N_("Lock"), N_("Nobody keeps anybody from writing.")),
    "lock-held": Told(
        N_("Lock"),
        N_("{user} has kept others from writing for {held_seconds} ({program}, {state}); {waiting} wait."),
        _END_IT,
    ),
    "lock-seen": Told(
        N_("Lock"),
        N_("{user} keeps others from writing ({program}), nobody tells you for how long; {waiting} wait."),
        N_("Ask whoever it is; a doctor of the owner’s is told more."),
    ),
    "transaction-long": Told(
        N_("Transactions"),
        N_("{number} are left open; the oldest is of {user}, for {held_seconds} ({program}, {state})."),
        _END_IT,
    ),
    "tables-tidy": Told(N_("Tables"), N_("No table needs a VACUUM.")),
    "tables-untidy": Told(
        N_("Tables"),
        N_("The server has not cleared or measured these for long: {tables}"),
        N_("See that autovacuum is on; its owner does it at once: VACUUM ANALYZE"),
    ),
}
ERRORS = {"network-disk": N_("Disk"), "store-needs-migration": N_("Version"), "store-newer": N_("Version")}
"""What errors are about that are not about the store as a whole."""
