"""Find every text in the source that a person may read.

Texts are what ``_``, ``N_``, ``ngettext`` and ``pgettext`` are called with, and the docstrings of the
commands, whose help they are. Commands are those that the command index names, read from its syntax
tree: importing the program to find its texts would need the program to be whole. A text that this
misses stays English for a Swedish reader, and nobody is told.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from socrekry.locale import paragraphs

KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
ENTRY_FIELDS = ("name", "module", "function")
TRANSLATOR_COMMENT = "Translators:"


class Command(NamedTuple):
    """A command as the index names it: ``socrekry.cli.moves``, ``advance``."""

    module: str
    function: str


class Found(NamedTuple):
    """A command's function: its file, its line and its docstring."""

    path: Path
    line: int
    docstring: str


def messages_of(source: Path) -> tuple[Catalog, list[str]]:
    """Return the texts under ``source`` (the folder that holds the package), and what could not be found."""
    template = Catalog(fuzzy=False)
    for path in sorted(source.rglob("*.py")):
        _add_marked_texts(template, path, path.relative_to(source.parent).as_posix())
    unfindable = []
    indexes = sorted((source / "socrekry" / "cli").glob("index*.py"))
    for command in (each for index in indexes for each in commands_of(index)):
        if found := _function_of(source, command):
            _add_docstring(template, found, found.path.relative_to(source.parent).as_posix())
        else:
            unfindable.append(
                f"the command index names {command.module}.{command.function}; no docstring there"
            )
    return template, unfindable


def commands_of(index: Path) -> Iterator[Command]:
    """Yield the commands that an index lists as ``Entry(name, module, function, …)``."""
    tree = ast.parse(index.read_text(encoding="utf-8"))
    constants = {
        name: node.value for node in tree.body if isinstance(node, ast.Assign) for name in _names(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Entry":
            given: dict[str | None, ast.expr] = dict(zip(ENTRY_FIELDS, node.args, strict=False))
            given.update({keyword.arg: keyword.value for keyword in node.keywords})
            yield Command(_text(given["module"], constants), _text(given["function"], constants))


def _names(assignment: ast.Assign) -> list[str]:
    return [target.id for target in assignment.targets if isinstance(target, ast.Name)]


def _text(node: ast.expr, constants: dict[str, ast.expr]) -> str:
    """Read a text: given outright, by the name of a constant, or joined of both."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=name):
            return _text(constants[name], constants)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left, constants) + _text(right, constants)
    message = f"the command index has something other than a text: {ast.unparse(node)}"
    raise ValueError(message)


def _add_marked_texts(template: Catalog, path: Path, shown: str) -> None:
    for found in extract_from_file("python", path, KEYWORDS, (TRANSLATOR_COMMENT,), strip_comment_tags=True):
        line, text, comments, context = found
        template.add(text, locations=[(shown, line)], auto_comments=comments, context=context)


def _add_docstring(template: Catalog, found: Found, shown: str) -> None:
    for paragraph in paragraphs(found.docstring):
        template.add(paragraph, locations=[(shown, found.line)])


def _function_of(source: Path, command: Command) -> Found | None:
    stem = source.joinpath(*command.module.split("."))
    for path in filter(Path.is_file, (stem.with_suffix(".py"), stem / "__init__.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name == command.function:
                docstring = ast.get_docstring(node)
                return Found(path, node.lineno, docstring) if docstring else None
    return None
