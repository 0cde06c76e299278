"""What to do about an error, where there is something to do: code -> text, for translators too.

``{name}`` is a detail of the error; in a command it is ``{name:q}``, quoted for the shell, so that it can be
copied as it stands. A remedy whose details are missing is left out.
"""

from socrekry.locale import N_

REMEDIES = {
    "term-invalid": N_("Write it as HT2025 or VT2026."),
    "term-range-reversed": N_("Write the earlier term first: {last}..{first}"),
    "date-invalid": N_("Write it as 2026-11-20."),
    "date-in-future": N_("Give today’s date or an earlier one with --on."),
    "as-of-in-future": N_("Give today’s date or an earlier one with --as-of."),
    "section-unknown": N_("Its parts: {sections}"),
    "section-not-public": N_("These are: {sections}"),
    "figure-unknown": N_("The figures there are: {figures}"),
    "report-one-section": N_("Ask for one --section at a time, or for --format json."),
    "forecast-term-past": N_("See what became of its cohorts: socrekry report --term {term}"),
    "need-without-term": N_("Say which: socrekry forecast --need {need} --term TERM"),
    "need-with-candidates": N_("Leave out --candidates, or --need."),
    "all-without-candidates": N_("Add --candidates, or leave it out."),
    "email-invalid": N_("Write it as name@example.se."),
    "nothing-to-change": N_("Name what to change; --help lists the options."),
    "ids-missing": N_(
        "Give ids, or - to read them from stdin: socrekry list --format ids | socrekry advance -"
    ),
    "format-not-offered": N_("Choose one of these: {formats}"),
    "language-unknown": N_("Choose sv or en."),
    "candidate-not-found": N_("Search for a part of the name: socrekry list --search {ref:q}"),
    "candidate-ambiguous": N_("Give the id instead."),
    "candidacy-not-found": N_("See every candidacy there is: socrekry list --all"),
    "email-known-elsewhere": N_("Ask whoever looks after the store, who sees every candidate."),
    "out-of-sight": N_(
        "Ask whoever looks after the store; socrekry db allowed shows which units you may see."
    ),
    "undo-out-of-sight": N_("Take back what you may see, one by one: socrekry undo ID"),
    "email-known": N_("To try again: socrekry add-candidacy {id} --pipeline P --term T"),
    "pipeline-not-found": N_("See those that are installed: socrekry pipelines"),
    "pipeline-version-not-found": N_("Those there are: {versions}"),
    "pipeline-invalid": N_("Mend the file, and check it again with: socrekry pipeline check FILE"),
    "stage-not-found": N_("Its stages: {stages}"),
    "stage-never-entered": N_("See where it has stood: socrekry history ID"),
    "no-waiting-list": N_("See its stages: socrekry pipeline show {pipeline:q}"),
    "fact-not-found": N_("The facts there are: {facts}"),
    "fact-text-missing": N_("Write it after an equals sign: {fact}=TEXT"),
    "fact-value-invalid": N_("It may be: {values}"),
    "fact-missing": N_("Name one, such as assessment or degree=socionomexamen."),
    "fact-held-elsewhere": N_("Withdraw it there: socrekry withdraw-fact {ref} {fact}"),
    "rolled-back": N_("Mend what was refused, or leave out --all-or-nothing."),
    "rank-invalid": N_("Use 1 for the first in line."),
    "party-invalid": N_("Choose one of these: {parties}"),
    "pause-reason-invalid": N_("Choose one of these: {reasons}"),
    "transfer-where": N_("Say where with --term, --unit or --cohort."),
    "channel-invalid": N_("Choose one of these, or an activity by its id or title: {channels}"),
    "tag-not-found": N_("The tags there are: {tags}"),
    "assign-whom": N_("Name them with --supervisor or --mentor."),
    "staff-not-found": N_(
        "See those there are: socrekry staff, or add one: socrekry add-staff NAME --role supervisor"
    ),
    "staff-ambiguous": N_("Give the id instead."),
    "activity-ambiguous": N_("Give the id instead."),
    "staff-known": N_("Change it: socrekry edit-staff {id}"),
    "role-invalid": N_("Choose supervisor or mentor."),
    "role-missing": N_("Give one with --role supervisor or --role mentor; edit-staff has --add-role."),
    "role-in-use": N_("Assign somebody else first: socrekry assign ID --{role} S-2"),
    "capacity-taken": N_("See who has room for some of them: socrekry staff --free --term {term}"),
    "wrong-role": N_(
        "See who is: socrekry staff, or let {name} be one: socrekry edit-staff {id} --add-role {role}"
    ),
    "external-known": N_(
        "Give another label, or end it first: socrekry unassign --external {label:q} --term {term} --{role}"
    ),
    "external-ambiguous": N_("Write the whole label, and the --term."),
    "external-not-found": N_("See whom everybody has: socrekry staff"),
    "external-with-ids": N_("Give one command for each."),
    "external-missing": N_("A candidate has the term of her cohort; leave --term out."),
    "term-without-capacity": N_("Give it with --capacity."),
    "outcome-invalid": N_("Choose one of these: {outcomes}"),
    "activity-kind-invalid": N_("Choose one of these: {kinds}"),
    "activity-missing": N_("Name it last: C-1 A-2"),
    "activity-not-found": N_("See those there are: socrekry activities"),
    "activity-to-come": N_("If the day is wrong, mend it: socrekry edit-activity {activity} --on DATE"),
    "activity-has-been": N_("See who: socrekry activity {activity}"),
    "title-missing": N_("Give it a title of at least a word."),
    "qualified-without-applicants": N_("Give that with --applicants."),
    "ad-known": N_("See it: socrekry activity {id}"),
    "ad-file-misplaced": N_("Give the file to an ad: socrekry add-activity ad --platsbanken FILE"),
    "pick-without-file": N_("Give it with --platsbanken FILE."),
    "touch-known": N_("To change the day: socrekry remove-touch {id} {activity}, then add-touch with --on."),
    "touch-before-activity": N_("If its day is wrong, mend it: socrekry edit-activity {activity} --on DATE"),
    "touch-not-found": N_("See who has: socrekry activity {activity}"),
    "cohort-not-found": N_("Open it: socrekry add-cohort {pipeline:q} TERM --seats N"),
    "cohort-none-fits": N_("Open one: socrekry add-cohort PIPELINE TERM --seats N"),
    "cohort-not-opened": N_("Open it: socrekry add-cohort {pipeline:q} {term} --seats N"),
    "cohort-unclear": N_("Say which with --term, --pipeline, --unit or --cohort."),
    "stage-unknown-anywhere": N_("The stages there are: {stages}"),
    "cohort-ambiguous": N_("Give the id instead."),
    "cohorts-several": N_("Name one with --cohort, --term or --unit."),
    "cohort-known": N_(
        "Tell them apart with --unit or --name, or change it: socrekry edit-cohort {id} --seats N"
    ),
    "cohort-unknown": N_("See those there are: socrekry cohorts"),
    "seats-taken": N_("See who holds them: socrekry list"),
    "unit-not-found": N_("Add it: socrekry add-unit {unit:q}"),
    "unit-ambiguous": N_("Write the whole name; those there are: socrekry units"),
    "university-ambiguous": N_("Give the code instead."),
    "university-not-found": N_("Add it: socrekry add-university {university:q} NAME TOWN"),
    "amount-invalid": N_("Write it as 1500000, 1 500 000 or 1,5 Mkr."),
    "number-invalid": N_("Write it as 20 or 2,5."),
    "text-unkeepable": N_(
        "Type the text anew; the sign cannot be seen, and came along with what was copied."
    ),
    "count-invalid": N_("Write it as 20."),
    "in-use": N_("Take away what rests on it first."),
    "cost-kind-invalid": N_("Choose one of these: {kinds}"),
    "period-invalid": N_("Write it as 2018 or VT2018."),
    "period-range-reversed": N_("Give the earlier one with --from: --from {first} --to {last}"),
    "cost-period-overlaps": N_("Keep the one or the other: record 0 for what is not to count."),
    "assumption-not-found": N_("Those there are: {assumptions}"),
    "assumption-value-unclear": N_("See how with: socrekry assume --help"),
    "assumptions-reversed": N_("Change agency-factor-high first, or that one instead."),
    "agreement-status-invalid": N_("Choose one of these: {statuses}"),
    "theme-not-found": N_("Add it: socrekry add-theme {code:q} {theme:q}"),
    "theme-ambiguous": N_("Give the code instead."),
    "voice-kind-invalid": N_("Choose one of these: {kinds}"),
    "voice-not-found": N_("See those there are: socrekry voices --texts"),
    "head-changed": N_("See what happened, then try again: socrekry history {ref}"),
    "stage-differs": N_("See what happened: socrekry history {ref}"),
    "ads-not-text": N_("Save what JobSearch answers as it is, in UTF-8."),
    "ads-not-json": N_("Save what JobSearch answers as it is; a page of Platsbanken or a table is not that."),
    "ads-nested-too-deep": N_("Give a whole answer of JobSearch’s, with “hits” in it, or one ad."),
    "ads-other-document": N_("Give a whole answer of JobSearch’s, with “hits” in it, or one ad."),
    "ad-unrecognised": N_("Give a whole answer of JobSearch’s, with “hits” in it, or one ad."),
    "ads-empty": N_(
        "JobSearch gives an ad only while it is published; add an older one without a file: "
        "socrekry add-activity ad TITLE --on DATE"
    ),
    "ad-unclear": N_("Give its id with --pick."),
    "ad-not-found": N_("The ids there are ({shown} of {total}): {ads}"),
    "ad-id-repeated": N_("Take all but one of them out of the file."),
    "file-is-a-workbook": N_("In Excel, save it as “CSV UTF-8”."),
    "file-not-text": N_("In Excel, save it as “CSV UTF-8”."),
    "demo-folder-taken": N_("Name a new folder: socrekry demo FOLDER"),
    "demo-folder-unwritable": N_("Name another folder: socrekry demo FOLDER"),
    "stories-missing": N_("Install socrekry again."),
    "story-broken": N_(
        "This is a fault in socrekry, not in what you typed. Please report it with these lines."
    ),
    "output-not-writable": N_("Choose another file with -o."),
    "columns-unfit": N_(
        "Mend the first line, or say what a column is: --map {column:q}=FIELD. "
        "With no field at all, it is left out. The fields: {known}"
    ),
    "field-unknown": N_("The fields there are: {fields}"),
    "column-unknown": N_("The columns there are: {columns}"),
    "confirmation-needed": N_("Add --yes if you are sure."),
    "input-closed": N_("Give the answer as an option instead, or add --no-input."),
    "config-key-unknown": N_("The settings there are: {keys}"),
    "config-value-invalid": N_("It may be: {values}"),
    "config-broken": N_("Mend that line, or remove the file."),
    "store-busy": N_("Try again in a moment."),
    "seconds-invalid": N_("Give a number from 0 to {longest}."),
    "store-read-only": N_("Ask for the right to write to it, or choose another with --db."),
    "store-full": N_("Make room, then try again."),
    "store-unwritable": N_("See that there is room for it, then try again."),
    "store-unreadable": N_("See that the disk or the network it lies on is well, then try again."),
    "store-unreachable": N_(
        "Check the path or the address, or choose another with --db. "
        "A server that is starting, or has no room, answers in a moment."
    ),
    "store-url-invalid": N_("Name it like this: postgresql://anna@db.example.se/socrekry"),
    "store-url-broken": N_("Name it like this: postgresql://anna@db.example.se/socrekry"),
    "store-not-utf8": N_("Make another: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"),
    "schema-not-found": N_("Make it with CREATE SCHEMA, or mend search_path."),
    "store-empty": N_("Check its name; whoever owns it makes the store with: socrekry migrate"),
    "network-disk": N_(
        "Keep it on a disk of this machine, or on PostgreSQL where many share it. If you know that this disk "
        "keeps its locks: SOCREKRY_NETWORK_DISK=allow"
    ),
    "store-seen-in-part": N_("Let its owner check it: {owner}"),
    "roles-need-postgresql": N_("Roles and row security are PostgreSQL’s: docs/shared-store.md"),
    "roles-missing": N_("Make them: socrekry db roles --apply"),
    "role-not-found": N_("An administrator makes it: CREATE ROLE anna LOGIN IN ROLE socrekry_recruiter;"),
    "access-not-found": N_("See what it is allowed: socrekry db allowed"),
    "allow-what": N_("Give --unit once or several times, or --every-unit alone."),
    "not-permitted": N_("Ask whoever looks after the store; socrekry db roles shows who may do what."),
    "connection-lost": N_("Give the command again."),
    "commit-unknown": N_("When the store answers again, look with socrekry history before you repeat it."),
    "engine-missing": N_("Install it: python -m pip install 'socrekry[{extra}]'"),
    "password-in-view": N_(
        "Leave it out, and keep it in the file .pgpass, in a service file (PGSERVICE) "
        "or in the variable PGPASSWORD."
    ),
    "store-is-a-folder": N_("Name a file in it with --db."),
    "store-not-found": N_("Check the path, or choose another with --db."),
    "store-needs-migration": N_("Bring it up to date; nothing is lost: socrekry migrate"),
    "store-newer": N_("Upgrade socrekry."),
    "not-a-store": N_("Check the path, or choose another with --db."),
    "store-damaged": N_("Copy the file, see what is wrong with socrekry check, and put back a backup."),
    "migration-failed": N_("Keep using the version of socrekry that you had, and report this."),
    "target-not-empty": N_("Name a new file, or a database with nothing in it."),
    "copy-onto-itself": N_("Name another place to copy to."),
    "source-needs-migration": N_("Bring it up to date; nothing is lost: socrekry migrate --db {store:q}"),
    "store-half-copied": N_(
        "Give the command that was copying to it again, and it goes on where it was: "
        "socrekry copy FROM {store:q}"
    ),
    "copy-under-way": N_("Let that copy end. If it does not, give yours again."),
    "copy-differs": N_("Copy to a new place, and report this."),
    "row-not-kept": N_("See what is wrong with where it comes from: socrekry check --db {source:q}"),
    "journal-beside": N_(
        "If nobody is writing to it, socrekry check --db {store:q} puts the store right; "
        "if there is no such store, move the journal away."
    ),
    "file-needed": N_("Name a file; from one database to another a store goes with: socrekry copy FROM TO"),
    "file-exists": N_("Name another file, or add --yes to replace it."),
    "place-unwritable": N_("See that its folder is there, that you may write to it, and that it has room."),
    "backup-onto-itself": N_("Name another file."),
    "backup-of-defects": N_("See what is wrong with socrekry check. To keep it as it is, name a new file."),
    "store-incomplete": N_("See what is wrong: socrekry check --db {store:q}"),
    "restore-of-defects": N_("See what is wrong, and put back an earlier one: socrekry check --db {path:q}"),
    "restore-onto-itself": N_("Name the backup, and the store to put it into with --db."),
    "restore-needs-empty": N_("Make a new database, put the backup into that, and have everybody use it."),
    "restore-differs": N_("Put back what was there, and report this: socrekry restore {kept:q}"),
    "heads-invalid": N_("Give the file as socrekry check --heads FILE wrote it."),
    "heads-of-defects": N_("See what is wrong: socrekry check"),
    "engine-not-supported": N_("Name a file, or a database: postgresql://…"),
}
