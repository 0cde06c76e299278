"""Move socionomer from first contact to employment, and report where they come from.

Only the version lives here. Every command passes through this file, so anything eager in it is
paid for by every command.
"""

__version__ = "0.1.0"
