"""The page for analysts is run as it stands, on the demo's store."""

import re
from pathlib import Path

import pytest

from socrekry.__main__ import main

PAGE = Path(__file__).parent.parent / "docs" / "notebook.md"


def test_the_notebooks_page_answers_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["demo"]) == 0
    capsys.readouterr()
    (cell,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    before = (tmp_path / "socrekry-demo" / "demo.db").read_bytes()
    exec(compile(cell, str(PAGE), "exec"), {})
    assert capsys.readouterr().out == "9 of HT2025 have begun as trainees\n"
    assert (tmp_path / "socrekry-demo" / "demo.db").read_bytes() == before
