"""Channels: how a candidate and the municipality first met. A closed set, so that they can be compared."""

CHANNELS = (
    "visit",
    "fair",
    "ad",
    "referral",
    "study-visit",
    "placement",
    "summer-job",
    "unsolicited",
    "other",
)
