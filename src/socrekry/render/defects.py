"""The sentence of everything that can be wrong in a file: in a pipeline, or in a row to be imported.

The place (line, column, key path) is said before it, so a sentence need not. A row that fails as a
command would fail is described by that error's own sentence.
"""

from socrekry.locale import N_

DEFECTS = {
    # How a pipeline file is written
    "file-too-large": N_("the file has {bytes} bytes; at most {most} are read"),
    "toml-syntax": N_("this is not TOML: {message}"),
    "toml-unreadable": N_("this cannot be read as TOML"),
    "wrong-type": N_("this must be a TOML {expected}, and is a {found}"),
    "too-many": N_("there are {count} of these; at most {most} are allowed"),
    "key-unknown": N_("there is no key “{key}”; those there are: {keys}"),
    "key-missing": N_("the key “{key}” is missing"),
    "kind-unknown": N_("“{kind}” is not a kind of stage; those there are: {kinds}"),
    "guard-unknown": N_("there is no guard “{guard}”; those there are: {guards}"),
    "guard-repeated": N_("the guard {guard} stands twice in “{transition}”"),
    "guard-parameter-unknown": N_("the guard {guard} has no parameter “{parameter}”"),
    "guard-parameter-type": N_(
        "{parameter} of the guard {guard} must be a TOML {expected}, and is a {found}"
    ),
    "guard-parameter-out-of-range": N_(
        "{parameter} of the guard {guard} is {value}; it may be {lowest}–{highest}"
    ),
    # Names and titles
    "name-invalid": N_("“{name}” is not a name: use a–z, digits and hyphens, at most {longest} characters"),
    "name-taken": N_("the name “{name}” has another meaning already"),
    "name-repeated": N_("the name “{name}” is used already, at {first}"),
    "title-missing": N_("there is no title in the language “{lang}”"),
    "title-too-long": N_("the title in the language “{lang}” is longer than {longest} characters"),
    # Stages
    "stage-out-of-order": N_("“{stage}” must have a higher order than “{after}” before it"),
    "stay-out-of-range": N_("the longest stay in “{stage}” is {days} days; it may be {lowest}–{highest}"),
    "beginning-out-of-range": N_(
        "“{stage}” begins {terms} terms after the cohort’s own; it may be {lowest} to {highest}"
    ),
    "outcome-misplaced": N_("“{stage}” is not a lost stage, so it has no outcome"),
    "outcome-missing": N_("the lost stage “{stage}” needs an outcome: {outcomes}"),
    "outcome-unknown": N_("“{outcome}” is not an outcome; those there are: {outcomes}"),
    "mark-on-lost-stage": N_("the lost stage “{stage}” cannot be marked {mark}"),
    "mark-repeated": N_("“{stage}” is marked {mark}, and so is “{first}”: only one can be"),
    "initial-missing": N_("there is no stage to begin in"),
    "initial-final": N_("the first stage, “{stage}”, is a final one"),
    "won-missing": N_("there is no won stage"),
    "main-path-not-won": N_("the main path ends in “{stage}”, which is not a won stage"),
    "main-path-broken": N_("there is no transition from “{stage}” to “{next}”, the next on the main path"),
    "stage-unreachable": N_("no way leads to “{stage}”"),
    "stage-without-end": N_("no way leads from “{stage}” to a final stage"),
    # Transitions
    "sources-missing": N_("the transition “{transition}” leads from nowhere"),
    "stage-unknown": N_("there is no stage “{stage}”; those there are: {stages}"),
    "way-to-itself": N_("the transition “{transition}” leads from “{stage}” to itself"),
    "way-repeated": N_("“{transition}” leads from “{stage}” to “{to}”, as “{first}” does already"),
    "way-out-of-final": N_("“{transition}” leads out of “{stage}”, which is a final stage"),
    # Rows to be imported
    "column-missing": N_("the column “{name}” is missing"),
    "column-repeated": N_("the column “{name}” says what another one does (columns {letters})"),
    "column-misspelt": N_("the column “{name}” is not understood; perhaps it is {field}"),
    "column-not-understood": N_("the column “{name}” is not understood"),
    "quote-unclosed": N_("a quotation mark is never closed"),
    "quote-misplaced": N_("a quotation mark stands inside a cell that does not begin with one"),
    "row-short": N_("the row has {found} cells, the first line has {expected}"),
    "row-long": N_("the row has {found} cells, the first line has {expected}"),
    "cell-error": N_("a formula in the cell ends in an error"),
    "cell-too-long": N_("the cell holds more than 131,072 characters"),
    "formula-without-value": N_("the cell holds a formula that was never worked out"),
    "value-missing": N_("there is no value"),
    "value-missing-beside": N_("there is no value, though there is one for {beside}"),
    "column-nameless": N_("a cell is filled, but its column has no name"),
    "yes-or-no": N_("“{value}” is neither yes nor no"),
    "email-repeated": N_("{email} stands in line {first} already"),
    "candidate-differs": N_("line {first} says otherwise of candidate {candidate}"),
    "candidate-repeated": N_(
        "candidate {candidate} has an open candidacy in {cohort} already, by line {first}"
    ),
    "stage-twice": N_("another column says when {stage} was entered"),
    "history-gap": N_("no step leads from {before} to {stage}, but to {ways}"),
    "history-order": N_("{on} is before {before}, {last}"),
    "history-ended": N_("{stage} is the end already, so nothing can be closed"),
}
