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
ACTIVITY_KINDS = tuple(channel for channel in CHANNELS if channel != "unsolicited")
"""What a municipality can do to meet candidates: every channel but that in which they come by themselves."""
