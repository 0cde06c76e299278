"""Every command by name: where it lives, where help shows it, and what it does in a line.

Help and lookup read this table instead of the commands, so that nothing but the command asked for is
imported. A test holds each line equal to the first line of the command's docstring. A command that is
not named here does not exist.
"""

from socrekry.cli.entries import DATA, EVERYDAY, OUTREACH, PANELS, PEOPLE, PRIVACY, PROGRAMME, Entry
from socrekry.cli.index_outreach import ABOUT_OUTREACH
from socrekry.locale import N_

__all__ = ["COMMANDS", "GROUPS", "OUTREACH", "PANELS", "Entry", "entry", "names"]

_CLI = "socrekry.cli."
WAITING = _CLI + "waiting"
MOVES = _CLI + "moves"
FACTS = _CLI + "facts"
CANDIDATES = _CLI + "candidates"
DUPLICATES = _CLI + "duplicates"
NOTES = _CLI + "notes"
UNDO = _CLI + "undo"
LISTS = _CLI + "lists"
ASSIGNMENTS = _CLI + "assignments"
TRANSFERS = _CLI + "transfers"
PAUSES = _CLI + "pauses"
COHORTS = _CLI + "cohorts"
STAFF = _CLI + "staff"
UNITS = _CLI + "units"
UNIVERSITIES = _CLI + "universities"
PIPELINES = _CLI + "pipelines"
DEMO = _CLI + "demo"
IMPORTS = _CLI + "imports"
STORE = _CLI + "store"
MOVING = _CLI + "moving"
DOCTOR = _CLI + "doctor"
CONFIG = _CLI + "config"
COMPLETION = _CLI + "completion_install"
DATABASE = _CLI + "database"
EXPORTS = _CLI + "exports"
SCHEMAS = _CLI + "schemas"

COMMANDS = (
    Entry("today", WAITING, "today", EVERYDAY, N_("Show what waits for you, each with its command.")),
    Entry(
        "next",
        WAITING,
        "next_moves",
        EVERYDAY,
        N_("Show where a candidate may go from here, and what is missing."),
    ),
    Entry(
        "advance", MOVES, "advance", EVERYDAY, N_("Move candidates to the next stage, or to one you name.")
    ),
    Entry("close", MOVES, "close", EVERYDAY, N_("Close candidacies that lead no further, and say why.")),
    Entry("reopen", MOVES, "reopen", EVERYDAY, N_("Reopen candidacies that were closed.")),
    Entry("reserve", MOVES, "reserve", EVERYDAY, N_("Put candidates on the waiting list for a seat.")),
    Entry("record", FACTS, "record", EVERYDAY, N_("Record a fact that a rule asks for.")),
    Entry("note", NOTES, "note", EVERYDAY, N_("Write a note about a candidate.")),
    Entry("undo", UNDO, "undo", EVERYDAY, N_("Take back the last change.")),
    Entry("list", LISTS, "list_candidacies", EVERYDAY, N_("List candidates and where they stand.")),
    Entry("show", LISTS, "show", EVERYDAY, N_("Show all there is about a candidate.")),
    Entry(
        "history", LISTS, "history", EVERYDAY, N_("Show what has happened to a candidate, and who did it.")
    ),
    Entry("add-candidate", CANDIDATES, "add_candidate", PEOPLE, N_("Add a candidate.")),
    Entry("add-candidacy", CANDIDATES, "add_candidacy", PEOPLE, N_("Let a known candidate try again.")),
    Entry(
        "duplicates",
        DUPLICATES,
        "duplicates",
        PEOPLE,
        N_("List candidates who may be the same person."),
    ),
    Entry("merge", DUPLICATES, "merge", PEOPLE, N_("Merge two candidates who are the same person.")),
    Entry("edit-candidate", CANDIDATES, "edit_candidate", PEOPLE, N_("Change what is known of a candidate.")),
    Entry("assign", ASSIGNMENTS, "assign", PEOPLE, N_("Give candidates a supervisor or a mentor.")),
    Entry("unassign", ASSIGNMENTS, "unassign", PEOPLE, N_("End a supervisor's or a mentor's assignment.")),
    Entry("withdraw-fact", FACTS, "withdraw_fact", PEOPLE, N_("Withdraw a fact that was recorded.")),
    Entry("transfer", TRANSFERS, "transfer", PEOPLE, N_("Move candidates to another term, unit or cohort.")),
    Entry("pause", PAUSES, "pause", PEOPLE, N_("Pause candidacies; the time is left out of stay times.")),
    Entry("resume", PAUSES, "resume", PEOPLE, N_("Take up candidacies that were paused.")),
    Entry("correct", UNDO, "correct", PEOPLE, N_("Mend the date of a move.")),
    Entry(
        "add-cohort", COHORTS, "add_cohort", PROGRAMME, N_("Open a cohort: a pipeline, a term and its seats.")
    ),
    Entry("cohorts", COHORTS, "cohorts", PROGRAMME, N_("List cohorts and their seats.")),
    Entry(
        "edit-cohort",
        COHORTS,
        "edit_cohort",
        PROGRAMME,
        N_("Change a cohort's seats, name or registry number."),
    ),
    Entry("add-staff", STAFF, "add_staff", PROGRAMME, N_("Add a supervisor or a mentor.")),
    Entry("staff", STAFF, "staff", PROGRAMME, N_("List supervisors and mentors, and who has room.")),
    Entry("edit-staff", STAFF, "edit_staff", PROGRAMME, N_("Change a supervisor or a mentor.")),
    Entry("add-unit", UNITS, "add_unit", PROGRAMME, N_("Add a unit that candidates work in.")),
    Entry("units", UNITS, "units", PROGRAMME, N_("List units.")),
    Entry("add-university", UNIVERSITIES, "add_university", PROGRAMME, N_("Add a university.")),
    Entry("universities", UNIVERSITIES, "universities", PROGRAMME, N_("List universities.")),
    Entry("pipelines", PIPELINES, "pipelines", PROGRAMME, N_("List the pipelines that are installed.")),
    Entry("pipeline show", PIPELINES, "show_pipeline", PROGRAMME, N_("Show a pipeline's stages and rules.")),
    Entry(
        "pipeline check",
        PIPELINES,
        "check_pipeline",
        PROGRAMME,
        N_("Check a pipeline file without installing it."),
    ),
    Entry(
        "pipeline install", PIPELINES, "install_pipeline", PROGRAMME, N_("Install a pipeline from a file.")
    ),
    *ABOUT_OUTREACH,
    Entry("demo", DEMO, "demo", DATA, N_("Build both founding stories in a store of their own.")),
    Entry(
        "import",
        IMPORTS,
        "import_candidates",
        DATA,
        N_("Import candidates from a spreadsheet or a CSV file."),
    ),
    Entry(
        "export",
        EXPORTS,
        "export_store",
        DATA,
        N_("Export candidates as a table that import reads, or the event log."),
    ),
    Entry("doctor", DOCTOR, "doctor", DATA, N_("Say what is wrong, what to look at and what is good.")),
    Entry("check", STORE, "check", DATA, N_("Check that the store is whole.")),
    Entry("migrate", STORE, "migrate", DATA, N_("Bring the store up to this version.")),
    Entry("backup", MOVING, "backup", DATA, N_("Keep the store in a file, and see that it is all there.")),
    Entry("restore", MOVING, "restore", DATA, N_("Put a backup back.")),
    Entry("copy", MOVING, "copy", DATA, N_("Copy the whole store to another place or engine.")),
    Entry("db roles", DATABASE, "roles", DATA, N_("Show or make the roles of a store on PostgreSQL.")),
    Entry(
        "db row-security",
        DATABASE,
        "row_security",
        DATA,
        N_("Let everybody see only the candidates of the units that they are allowed."),
    ),
    Entry("db allow", DATABASE, "allow", DATA, N_("Allow a role of the database to see units.")),
    Entry("db allowed", DATABASE, "allowed", DATA, N_("Show which units each role may see.")),
    Entry("config", CONFIG, "config", DATA, N_("Show and change your settings.")),
    Entry(
        "completion install",
        COMPLETION,
        "install_completion",
        DATA,
        N_("Make Tab complete commands, options, candidates, terms and all else."),
    ),
    Entry(
        "completion show",
        COMPLETION,
        "show_completion",
        DATA,
        N_("Print the script that makes a shell complete."),
    ),
    Entry(
        "completion remove",
        COMPLETION,
        "remove_completion",
        DATA,
        N_("Undo what completion install has done for a shell."),
    ),
    Entry("schema", SCHEMAS, "print_schema", DATA, N_("Print the JSON Schema of a command’s answer.")),
    Entry(
        "protect",
        CANDIDATES,
        "protect",
        PRIVACY,
        N_("Remove what identifies a candidate with protected identity."),
    ),
)

GROUPS = {
    "completion": N_("Make Tab complete, in bash, zsh, fish and PowerShell."),
    "db": N_("Say who may do and see what in a store on PostgreSQL."),
    "pipeline": N_("Show, check and install pipelines."),
}


def entry(name: str) -> Entry | None:
    """Return the command of that name (``"pipeline show"`` for one in a group), or None."""
    for command in COMMANDS:
        if command.name == name:
            return command
    return None


def names(group: str = "") -> list[str]:
    """Return the words that may follow ``socrekry`` (or the group), in the order help shows them."""
    if group:
        return [
            command.name.removeprefix(f"{group} ")
            for command in COMMANDS
            if command.name.startswith(f"{group} ")
        ]
    return list(dict.fromkeys(command.name.split(" ")[0] for command in COMMANDS))
