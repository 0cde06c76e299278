"""What a template offers is what import reads back, in both languages, whoever fills it in."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from socrekry import locale
from socrekry.domain.channels import ACTIVITY_KINDS
from socrekry.domain.errors import InvalidInput, NotFound
from socrekry.domain.intents import OUTCOMES
from socrekry.exchange import codes
from socrekry.exchange.columns import columns_of
from socrekry.exchange.tables import Table
from socrekry.exchange.template import DAY, Heading, template_of
from socrekry.exchange.template_files import as_csv, as_workbook, format_of, write_template
from socrekry.services.importing import known_stages
from socrekry.store.connect import Store
from tests.services.programme import a_cohort, a_store

LANGUAGES = pytest.mark.parametrize("language", ["en", "sv"])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as opened:
        a_cohort(opened)
        yield opened
    locale.use("en")


@LANGUAGES
def test_every_column_is_understood(store: Store, language: str) -> None:
    locale.use(language)
    for pipeline in (None, "trainee", "direct"):
        headings = template_of(store, pipeline)
        table = Table("some.csv", BytesIO(as_csv(headings)))
        assert len(columns_of(table, known_stages(store), {})) == len(headings)


@LANGUAGES
def test_every_word_that_is_offered_is_read_back(store: Store, language: str) -> None:
    locale.use(language)
    offered = {each.title: each.choices for each in template_of(store, None)}
    english, swedish = ("Source", "Outcome", "By", "Protected"), ("Källa", "Utfall", "Av", "Skyddad")
    source, outcome, by, protected = (offered[each] for each in (english if language == "en" else swedish))
    assert {codes.read_source(each) for each in source} >= set(ACTIVITY_KINDS)
    assert [codes.read_outcome(each) for each in outcome] == list(OUTCOMES)
    assert [codes.read_party(each) for each in by] == ["candidate", "employer"]
    assert codes.read_yes_or_no(protected[0])


@LANGUAGES
def test_the_workbook_has_its_columns_and_no_row_to_import(store: Store, language: str) -> None:
    locale.use(language)
    table = Table("some.xlsx", BytesIO(as_workbook(template_of(store, "trainee"))))
    columns = columns_of(table, known_stages(store), {})
    assert {"name", "stage:applied", "closed_on"} & {each.field for each in columns} >= {"name", "closed_on"}
    with pytest.raises(InvalidInput, match="file-without-rows"):
        list(table.rows())


def test_days_are_days_numbers_keep_their_zero_and_words_are_offered(store: Store) -> None:
    headings = template_of(store, "trainee")
    sheet = openpyxl.load_workbook(BytesIO(as_workbook(headings))).worksheets[0]
    wide = sheet.column_dimensions.values()
    formats = [each.number_format for each in wide for _place in range(each.min, each.max + 1)]
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert [each == "yyyy-mm-dd" for each in formats] == [each.kind == DAY for each in headings]
    assert (sheet.freeze_panes, {"date", "list"} <= kinds) == ("A2", True)


def test_a_template_of_one_pipeline_has_its_stages_alone(store: Store) -> None:
    titles = [each.title for each in template_of(store, "direct")]
    assert ("Interview on" in titles, "Trainee on" in titles, "Pipeline" in titles) == (True, False, False)


def test_a_pipeline_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFound):
        template_of(store, "nowhere")


@pytest.mark.parametrize("path", ["some.ods", "some", "csv"])
def test_a_file_is_named_after_its_form(path: str) -> None:
    with pytest.raises(InvalidInput, match="template-format-unknown"):
        format_of(path)


def test_one_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="output-not-writable"):
        write_template(str(tmp_path / "nowhere" / "some.xlsx"), [Heading("Name", "text", "x")])
