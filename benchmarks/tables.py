"""What was measured, as records for a program and as a table for a person."""

import platform
from collections.abc import Mapping, Sequence
from statistics import median, quantiles
from typing import Any

from processes import COLUMNS, HAS_TERMINALS, TELLS_CPU
from rounds import Measured

_MARK = "above"


def record(each: Measured, bare: Measured) -> dict[str, Any]:
    """Return a case's figures: milliseconds, and multiples of a bare Python in the same place."""
    limit = each.case.limit
    return {
        "name": each.case.name,
        "pipe": _figures(each.pipe, bare.pipe, limit.pipe if limit else None),
        "terminal": _figures(each.terminal, bare.terminal, limit.terminal if limit else None),
    }


def _figures(times: Sequence[float], bare: Sequence[float], limit: float | None) -> dict[str, Any] | None:
    if not times:
        return None
    ratio = median(times) / median(bare)
    low, _, high = quantiles(times, n=4)
    return {
        "ms": round(median(times) * 1000, 1),
        "quartiles_ms": [round(low * 1000, 1), round(high * 1000, 1)],
        "ratio": round(ratio, 2),
        "limit": limit,
        "above": limit is not None and ratio > limit,
    }


def circumstances(programs: str, runs: int) -> dict[str, Any]:
    """Return what the figures were measured with."""
    return {
        "programs": programs,
        "system": f"{platform.system()} {platform.machine()}",
        "runs": runs,
        "time": "Processor" if TELLS_CPU else "Wall-clock",
        "columns": COLUMNS if HAS_TERMINALS else None,
    }


def lines(answer: Mapping[str, Any]) -> list[str]:
    """Return the table, line by line."""
    about = answer["circumstances"]
    told = [
        f"{about['programs']}, {about['system']}",
        f"{about['time']} time of a process, median of {about['runs']} interleaved runs; × the first line",
    ]
    if not TELLS_CPU:
        told.append("This system does not tell what a process has used: the figures are of a stopwatch.")
    if not HAS_TERMINALS:
        told.append("This system has no pseudo-terminals: only pipes were measured.")
    told += ["", _line("", "pipe ms", "×", "limit", "", "terminal ms", "×", "limit", "")]
    for each in answer["commands"]:
        told.append(_line(each["name"], *_cells(each["pipe"]), *_cells(each["terminal"])))
    if not answer["peer"]:
        told.append("Without sqlite-utils, which is not installed there; --fresh installs it.")
    told += [f"Left out: {each}" for each in answer["left_out"]]
    if answer["import"]:
        told += ["", *_import_lines(answer["import"])]
    return told


def _line(name: str, *cells: str) -> str:
    widths = (8, 7, 7, 6, 12, 7, 7, 6)
    aligned = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    return (name.ljust(28) + "".join(aligned)).rstrip()


def _cells(figures: Mapping[str, Any] | None) -> tuple[str, str, str, str]:
    if figures is None:
        return ("", "", "", "")
    limit = "" if figures["limit"] is None else f"{figures['limit']:g}"
    return f"{figures['ms']:.1f}", f"{figures['ratio']:.2f}", limit, _MARK if figures["above"] else ""


def _import_lines(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    told = [f"{'import':<28}{'seconds':>8}{'rows/s':>8}{'peak MiB':>10}"]
    for each in figures:
        peak = f"{each['peak_mib']:.0f}" if each["peak_mib"] else "not told"
        told.append(f"{each['name']:<28}{each['seconds']:>8.1f}{each['rows_per_second']:>8.0f}{peak:>10}")
    return told
