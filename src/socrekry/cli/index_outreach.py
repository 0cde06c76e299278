"""The commands about outreach and reports, as the index holds them."""

from socrekry.cli.entries import OUTREACH, REPORTS, Entry
from socrekry.locale import N_

_CLI = "socrekry.cli."
VOICES = _CLI + "voices"
AGREEMENTS = _CLI + "agreements"
NEEDS = _CLI + "needs"
COSTS = _CLI + "costs"
REPORT = _CLI + "report"
CHANNELS = _CLI + "channels"
RETENTION = _CLI + "retention"
TREND = _CLI + "trend"
FORECAST = _CLI + "forecast"
ACTIVITIES = _CLI + "activities"
TOUCHES = _CLI + "touches"

ABOUT_OUTREACH = (
    Entry(
        "add-activity",
        ACTIVITIES,
        "add_activity",
        OUTREACH,
        N_("Add an activity: a class visit, a fair, an ad."),
    ),
    Entry(
        "activities",
        ACTIVITIES,
        "activities",
        OUTREACH,
        N_("List activities, what they brought and what they cost."),
    ),
    Entry("activity", ACTIVITIES, "activity", OUTREACH, N_("Show all there is about an activity.")),
    Entry("edit-activity", ACTIVITIES, "edit_activity", OUTREACH, N_("Change what is known of an activity.")),
    Entry("add-touch", TOUCHES, "add_touch", OUTREACH, N_("Note that candidates took part in an activity.")),
    Entry(
        "remove-touch",
        TOUCHES,
        "remove_touch",
        OUTREACH,
        N_("Take away that candidates took part in an activity."),
    ),
    Entry(
        "add-need",
        NEEDS,
        "add_need",
        OUTREACH,
        N_("Record how many positions a unit must fill in a term."),
    ),
    Entry("needs", NEEDS, "needs", OUTREACH, N_("List needs, with the contracts that are signed for them.")),
    Entry(
        "add-cost",
        COSTS,
        "add_cost",
        OUTREACH,
        N_("Record what agency or own staff cost in a year or a term."),
    ),
    Entry(
        "costs",
        COSTS,
        "costs",
        OUTREACH,
        N_("List the costs of staff, and what the agency staff would have paid instead."),
    ),
    Entry("assumptions", COSTS, "assumptions", OUTREACH, N_("List what the comparison of costs rests on.")),
    Entry("assume", COSTS, "assume", OUTREACH, N_("Change what the comparison of costs rests on.")),
    Entry("add-voice", VOICES, "add_voice", OUTREACH, N_("Note a wish, a concern or praise that was heard.")),
    Entry("remove-voice", VOICES, "remove_voice", OUTREACH, N_("Remove a voice that was wrong.")),
    Entry("voices", VOICES, "voices", OUTREACH, N_("Show what students wish, fear and praise most.")),
    Entry("add-theme", VOICES, "add_theme", OUTREACH, N_("Add a theme that voices are counted by.")),
    Entry("themes", VOICES, "themes", OUTREACH, N_("List themes, and how often each was heard.")),
    Entry(
        "add-agreement",
        AGREEMENTS,
        "add_agreement",
        OUTREACH,
        N_("Record the placement seats that a university is asked for, offers or confirms."),
    ),
    Entry(
        "agreements",
        AGREEMENTS,
        "agreements",
        OUTREACH,
        N_("List agreements with universities, and how many seats are used."),
    ),
    Entry("report", REPORT, "report", REPORTS, N_("Report a term, or a range of terms.")),
    Entry(
        "channels", CHANNELS, "channels", REPORTS, N_("Show where candidates come from, and what each cost.")
    ),
    Entry(
        "retention",
        RETENTION,
        "retention",
        REPORTS,
        N_("Show who is still employed after 6, 12 and 24 months."),
    ),
    Entry(
        "forecast",
        FORECAST,
        "forecast",
        REPORTS,
        N_("Show how many will begin work in each term, against what is needed."),
    ),
    Entry("trend", TREND, "trend", REPORTS, N_("Show figures term by term, and how they have changed.")),
)
