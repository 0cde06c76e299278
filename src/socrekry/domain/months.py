"""Months, as rules count them: from a day to the same day of another month."""

from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """Return the same day that many months earlier, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = date(year + month // 11, (month + 1) % 12 + 1, 1) - timedelta(days=1)
    return last.replace(day=min(day.day, last.day))
