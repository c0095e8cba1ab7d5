"""The table: printed, and put into the documents."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from frontdoor.config.bench.timing import Line
from frontdoor.config.cluster import CLONE

PAGE = CLONE / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

_HEAD = "| what | floor p50 / p95 | candidate p50 / p95 | ratio | target | |\n|---|---|---|---|---|---|\n"
_WORDS = {True: "met", False: "**missed**", None: ""}


def table(lines: Sequence[Line], *, size: int, command: str, server: str, of: str = "contacts") -> str:
    """The measured lines as a table, under where and when they were measured, and among how many of what."""
    rows = "".join(
        f"| {each.what} | {each.floor} | {each.candidate} | {each.ratio} | {each.target} | {_WORDS[each.met]} |\n"
        for each in lines
    )
    when = datetime.now(UTC).strftime("%-d %B %Y, %H:%M UTC")
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    where = (
        f"`{command}`, {when}: {size:,} {of}, two councils. PostgreSQL {server}, fsync on. Python"
        f" {platform.python_version()}, {os.cpu_count()} processors ({_processor()}), {_memory()} GB, load {load}.\n"
    )
    return f"{where}\n{_HEAD}{rows}"


def write(text: str, page: Path = PAGE) -> None:
    """Put a table between the markers of the page.

    :raises ValueError: the page has no markers
    """
    whole = page.read_text(encoding="utf-8")
    if BEGIN not in whole or END not in whole:
        raise ValueError(f"{page.name} has no markers")
    before, _, rest = whole.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{text}{END}{after}", encoding="utf-8")


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*: (.+)$", cpus.read_text(), re.MULTILINE) if cpus.exists() else None
    return found[1] if found else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3)
