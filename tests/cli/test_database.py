"""The roles of a shared store and its row security, as those meet them whom they let in and keep out."""

import json
import shlex
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from socrekry.cli.exits import ExitCode
from tests.cli.conftest import Outcome, Run
from tests.engines import migrated_database, new_database, uri_of
from tests.shared import READER, RECRUITER, Somebody, a_login, the_demo, url_of
from tests.units_apart import Apart, units_apart

As = Callable[[str, str], Outcome]
REPORTS = (
    "report --term HT2025",
    "report --term HT2025 --public",
    "report --term HT2020..VT2027 --format csv --section channels",
    "report --term HT2025 --unit 'Barn och unga' --as-of 2025-05-02",
    "channels --term HT2014..HT2025 --by activity --shared",
    "channels --term HT2025 --activities",
    "voices --term VT2025..HT2025 --by university",
    "voices --theme supervision --university sh",
    "needs",
    "costs",
    "assumptions",
    "retention --by channel",
    "retention --by university",
    "retention --as-of 2018-08-01",
    "forecast",
    "forecast --as-of 2025-06-01",
    "forecast --need 3 --term HT2027",
    "trend",
    "trend --figure seats",
    "cohorts",
    "units",
    "universities",
    "themes",
    "pipelines",
    "pipeline show trainee",
)
TELLING = (
    "today",
    "list",
    "list --format ids",
    "show C-1",
    "show Maja",
    "history C-1",
    "next C-1",
    "staff",
    "activities",
    "activity A-1",
    "agreements",
    "voices --texts",
    "retention --by supervisor",
    "forecast --candidates",
    "check",
)
WRITING = (
    "add-candidate Eva --pipeline trainee --term HT2026",
    "advance C-1",
    "note C-1 text",
    "undo",
    "assign C-1 --mentor S-1",
    "add-voice A-1 wish supervision",
    "add-cohort trainee HT2027 --seats 1",
    "edit-candidate C-1 --name x",
    "protect C-1 --yes",
    "add-unit Ny",
)


@pytest.fixture
def as_(cli: Run, monkeypatch: pytest.MonkeyPatch) -> As:
    """Give a way to run a command line in the store of the founding stories as one who logs in."""
    monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")

    def run(login: str, typed: str) -> Outcome:
        monkeypatch.setenv("SOCREKRY_DB", url_of(the_demo(), login))
        return cli(*shlex.split(typed))

    return run


@pytest.fixture(scope="module")
def logins() -> dict[str, str]:
    the_demo()  # with which the groups are made
    return {group: a_login(group) for group in (RECRUITER, READER)}


@pytest.fixture(scope="module")
def people() -> set[str]:
    """The names of all candidates and staff."""
    with closing(Somebody(the_demo(), "postgres")) as superuser:
        return {
            name for (name,) in superuser.run("SELECT name FROM person UNION SELECT name FROM staff") if name
        }


@pytest.mark.parametrize("command", REPORTS)
def test_a_reader_reads_the_reports_as_the_owner_does(
    command: str, as_: As, logins: dict[str, str], people: set[str]
) -> None:
    owner, reader = as_("postgres", command), as_(logins[READER], command)
    assert reader == owner
    assert (owner.code, owner.err) == (ExitCode.DONE, "")
    assert not any(name in reader.out for name in people)


@pytest.mark.parametrize("command", [*TELLING, *WRITING])
def test_whatever_tells_or_changes_more_is_refused_to_a_reader(
    command: str, as_: As, logins: dict[str, str], people: set[str]
) -> None:
    code, out, err = as_(logins[READER], command)
    assert (code, out) == (ExitCode.UNAVAILABLE, "")
    assert "not" in err
    assert not any(name in err for name in people)


@pytest.mark.parametrize("command", [*REPORTS, *TELLING[:-1]])
def test_a_recruiter_reads_all_that_the_owner_reads(command: str, as_: As, logins: dict[str, str]) -> None:
    assert as_(logins[RECRUITER], command) == as_("postgres", command)


def test_a_refusal_says_what_and_whom_to_ask(as_: As, logins: dict[str, str]) -> None:
    _, _, err = as_(logins[READER], "show C-1 --format json")
    error = json.loads(err)["error"]
    assert (error["code"], "permission denied" in error["message"]) == ("not-permitted", True)
    assert "socrekry db roles" in error["details"]["remedy"]


@pytest.mark.parametrize("command", ["db roles --apply", "db row-security on", "db allow x --every-unit"])
def test_what_is_the_owner_s_is_refused_to_others(command: str, as_: As, logins: dict[str, str]) -> None:
    assert [as_(login, command).code for login in logins.values()] == [ExitCode.UNAVAILABLE] * 2


@pytest.mark.parametrize(
    "command", ["db roles", "db roles --apply", "db row-security on", "db allow x --every-unit", "db allowed"]
)
def test_a_file_has_no_roles(command: str, cli: Run) -> None:
    code, out, err = cli(*command.split())
    assert (code, out) == (ExitCode.REFUSED, "")
    assert "whoever may read it may read all of it" in err


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> str:
    database = new_database(migrated_database())
    monkeypatch.setenv("SOCREKRY_DB", uri_of(database))
    return database


class TestRoles:
    """`db roles` prints SQL, or runs it."""

    def test_what_is_printed_is_sql_from_the_first_line_to_the_last(self, cli: Run, empty: str) -> None:
        code, out, err = cli("db", "roles")
        assert (code, err, out.splitlines()[0], out.splitlines()[-1]) == (0, "", "BEGIN;", "COMMIT;")
        with psycopg.connect(uri_of(empty), autocommit=True) as connection:
            connection.execute(out.encode())
        assert cli("db", "roles").out == out

    def test_it_may_be_had_in_json(self, cli: Run, empty: str) -> None:
        assert json.loads(cli("db", "roles", "--format", "json").out)["sql"] == cli("db", "roles").out

    def test_what_is_applied_is_told(self, cli: Run, empty: str) -> None:
        login = a_login(RECRUITER)
        code, out, _ = cli("db", "roles", "--apply")
        assert code == ExitCode.DONE
        assert "The roles hold in the schema public." in out
        assert (
            login in json.loads(cli("db", "roles", "--apply", "--format", "json").out)["roles"][1]["members"]
        )

    def test_a_role_that_is_more_than_a_group_is_warned_of(self, cli: Run, empty: str) -> None:
        cli("db", "roles", "--apply")
        with closing(Somebody(empty, "postgres")) as superuser:
            superuser.run(f"ALTER ROLE {READER} BYPASSRLS")
            told = cli("db", "roles", "--apply").out
            superuser.run(f"ALTER ROLE {READER} NOBYPASSRLS")
        assert f"{READER} can log in by itself" in told

    def test_a_file_may_take_it(self, cli: Run, empty: str, tmp_path: Path) -> None:
        cli("db", "roles", "-o", str(tmp_path / "roles.sql"))
        assert (tmp_path / "roles.sql").read_text(encoding="utf-8") == cli("db", "roles").out


class TestRowSecurity:
    """`db row-security`, `db allow` and `db allowed`."""

    @pytest.fixture
    def apart(self, monkeypatch: pytest.MonkeyPatch) -> Apart:
        apart = units_apart()
        monkeypatch.setenv("SOCREKRY_DB", apart.url())
        monkeypatch.setenv("SOCREKRY_TODAY", "2026-11-20")
        return apart

    def test_it_is_switched_off_and_on(self, cli: Run, apart: Apart) -> None:
        assert "is off" in cli("db", "row-security", "off").out
        assert "is off" in cli("db", "row-security", "off").out
        answer = json.loads(cli("db", "row-security", "on", "--format", "json").out)
        assert (answer["before"], answer["row_security"]) == (False, True)
        assert json.loads(cli("db", "row-security", "on", "--format", "json").out)["before"] is True

    def test_a_rehearsal_leaves_it_as_it_was(self, cli: Run, apart: Apart) -> None:
        assert "Nothing was kept" in cli("db", "row-security", "off", "--dry-run").out
        assert json.loads(cli("db", "allowed", "--format", "json").out)["row_security"] is True

    @pytest.mark.parametrize("switch", ["on", "off"])
    def test_its_sql_may_be_had_instead(self, switch: str, cli: Run, apart: Apart) -> None:
        cli("db", "row-security", "off" if switch == "on" else "on")
        out = cli("db", "row-security", switch, "--print").out
        with psycopg.connect(apart.url(), autocommit=True) as connection:
            connection.execute(out.encode())
        assert json.loads(cli("db", "allowed", "--format", "json").out)["row_security"] is (switch == "on")
        assert cli("db", "row-security", "off").code == ExitCode.DONE  # whose it is has not changed

    def test_whom_one_may_not_see_is_not_found_and_not_listed(
        self, cli: Run, apart: Apart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_DB", apart.url(apart.logins.children))
        for command in (
            "show C-2",
            "history C-2.1",
            "next C-5",
            "advance C-2",
            "undo C-2",
            "note C-2 x",
            "pause C-2 --until 2027-01-01 --reason leave",
        ):
            assert cli(*command.split()).code == ExitCode.NOT_FOUND, command
        listed = cli("list", "--all").out
        assert ("Anna Ek" in listed, "Bo Ed" in listed) == (True, False)

    @pytest.mark.parametrize(
        ("who", "placed"),
        [("children", 1), ("reader", 1), ("everything", 2), ("every_reader", 2)],
    )
    def test_figures_are_of_whom_one_may_see_and_limits_of_everybody(
        self, who: str, placed: int, cli: Run, apart: Apart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_DB", apart.url(getattr(apart.logins, who)))
        asked = ("--pipeline", "trainee", "--format", "json")
        (counted,) = json.loads(cli("report", "--term", "HT2026", *asked).out)["cohorts"]
        (cohort,) = json.loads(cli("cohorts", *asked).out)
        assert (counted["funnel"][3]["reached"], cohort["seats_taken"]) == (placed, 2)

    def test_staff_have_those_who_are_hidden_as_well(
        self, cli: Run, apart: Apart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_DB", apart.url(apart.logins.children))
        assert "C-1.1 Anna Ek, (+1 hidden)" in cli("staff", "--term", "HT2026").out
        (load,) = json.loads(cli("staff", "--format", "json").out)[0]["terms"]
        assert (load["assigned"], len(load["candidates"]), load["out_of_sight"]) == (2, 1, 1)

    def test_what_would_go_out_of_sight_is_refused_with_a_remedy(
        self, cli: Run, apart: Apart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_DB", apart.url(apart.logins.children))
        code, out, err = cli("transfer", "C-1", "--unit", "Vuxen")
        assert (code, "whom you may not see" in out + err, "socrekry db allowed" in out + err) == (
            1,
            True,
            True,
        )
        assert cli("add-candidate", "Ny", "--pipeline", "trainee", "--unit", "Vuxen").code == ExitCode.REFUSED

    def test_access_is_given_shown_taken_and_taken_back(self, cli: Run, apart: Apart) -> None:
        login = a_login(RECRUITER)
        cli("db", "allow", login, "--unit", "vuxen", "--unit", "Barn och unga")
        assert f"{login}  Barn och unga and Vuxen" in cli("db", "allowed").out
        cli("db", "allow", login, "--unit", "Vuxen", "--remove")
        cli("db", "allow", login, "--every-unit")
        assert f"{login}  every unit" in cli("db", "allowed").out
        cli("undo")
        assert f"{login}  Barn och unga\n" in cli("db", "allowed").out
        cli("undo")
        assert f"{login}  Barn och unga and Vuxen" in cli("db", "allowed").out

    def test_access_given_twice_is_given_once(self, cli: Run, apart: Apart) -> None:
        before = cli("db", "allowed", "--format", "csv").out
        assert cli("db", "allow", apart.logins.children, "--unit", "Barn och unga").code == ExitCode.DONE
        assert cli("db", "allowed", "--format", "csv").out == before

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("nobody --unit Vuxen", ExitCode.NOT_FOUND),
            ("{login} --unit Nowhere", ExitCode.NOT_FOUND),
            ("{login} --unit Vuxen --remove", ExitCode.NOT_FOUND),
            ("{login}", ExitCode.USAGE),
            ("{login} --unit Vuxen --every-unit", ExitCode.USAGE),
        ],
    )
    def test_what_cannot_be_allowed_is_refused(self, typed: str, code: int, cli: Run, apart: Apart) -> None:
        before = cli("db", "allowed").out
        assert cli("db", "allow", *shlex.split(typed.format(login=apart.logins.children))).code == code
        assert cli("db", "allowed").out == before

    def test_a_role_that_is_gone_is_told_of_and_lets_nobody_in(self, cli: Run, apart: Apart) -> None:
        gone = a_login(RECRUITER)
        cli("db", "allow", gone, "--every-unit")
        with closing(apart.past_the_program()) as superuser:
            superuser.run(f"DROP ROLE {gone}")
        assert f"{gone} is no role of the database any more." in cli("db", "allowed").out
        with closing(apart.past_the_program(apart.logins.nothing)) as nothing:
            assert nothing.run("SELECT id FROM person") == [(3,)]
        assert cli("db", "allow", gone, "--every-unit", "--remove").code == ExitCode.DONE

    def test_a_unit_that_somebody_is_allowed_stays(self, cli: Run, apart: Apart) -> None:
        cli("add-unit", "Äldre", "--actor", "Gun")
        cli("db", "allow", apart.logins.children, "--unit", "Äldre")
        assert cli("undo", "--actor", "Gun").code == ExitCode.REFUSED

    def test_a_recruiter_sees_what_she_is_allowed_and_decides_nothing(
        self, cli: Run, apart: Apart, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SOCREKRY_DB", apart.url(apart.logins.children))
        assert cli("db", "allowed").code == ExitCode.DONE
        assert cli("db", "allow", apart.logins.children, "--every-unit").code == ExitCode.UNAVAILABLE
