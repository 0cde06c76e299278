"""A day is read from every form that means one day, and refused where it may mean two."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import to_excel  # type: ignore[import-untyped]

from socrekry.domain.errors import InvalidInput
from socrekry.exchange.days import EARLIEST, read_day

SEPTEMBER = date(2025, 9, 1)


@given(st.dates(EARLIEST, date(2089, 12, 31)))
def test_a_day_is_read_as_it_is_written_by_people_and_by_spreadsheets(day: date) -> None:
    written = (
        *(f"{day}", f"{day} 00:00:00", f"{day}T00:00:00", f"{day}T00:00:00Z", f"{day:%Y%m%d}"),
        *(f"{day.day}/{day.month} {day.year}", f"{day.day}/{day.month}-{day:%y}"),
        *(f"{day.day}.{day.month}.{day.year}", f"{day.year}/{day.month}/{day.day}"),
    )
    assert {read_day(text) for text in written} == {day}


@given(st.dates(EARLIEST, date(2099, 12, 31)))
def test_the_number_behind_a_day_is_the_one_that_excel_keeps(day: date) -> None:
    number = int(to_excel(datetime.combine(day, time())))
    assert [read_day(text) for text in (str(number), f"{number}.0", f"{number},0")] == [day] * 3


@pytest.mark.parametrize(
    "text",
    ["1 sep 2025", "1 september 2025", "den 1 sept. 2025", "1:a September 2025", "01/09-2025", "45901"],
)
def test_a_month_may_be_a_word(text: str) -> None:
    assert read_day(text) == SEPTEMBER


@pytest.mark.parametrize(
    "text",
    [
        "2025-13-01",
        "31/11 2025",
        "1/9/2025",
        "2025-09-01 12:30",
        "2025-W01-1",
        "i maj",
        "1 uly 2025",
        "٢/٩ 2025",
    ],
)
def test_what_may_mean_two_days_or_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_day(text)
    assert error.value.code == "date-invalid"


@pytest.mark.parametrize("text", ["1900-01-00", "1900-01-01", "1904-01-01", "1/1 1989", "31 dec 1989"])
def test_a_day_that_an_empty_cell_becomes_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_day(text)
    assert error.value.code == ("date-invalid" if text.endswith("00") else "date-too-early")


@pytest.mark.parametrize("text", ["0", "1", "2025", "20252", "32873", "73051", "999999"])
def test_a_number_that_is_no_day_since_1990_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as error:
        read_day(text)
    assert error.value.code == "date-serial-unclear"
