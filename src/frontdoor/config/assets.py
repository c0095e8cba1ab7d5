"""Builds the vendor folder of pages from the front-end packages: only the standard library, since it runs at set-up.

The font GDS Transport, the crown and the royal crest are for services on GOV.UK alone, so a council's service must not
hold them. They are taken out here, and the build fails if a trace is left.
"""

import json
import re
import shutil
import sys
from pathlib import Path

GOVUK = Path("govuk-frontend/dist/govuk")
MOJ = Path("@ministryofjustice/frontend/moj")
FILES = (
    GOVUK / "govuk-frontend.min.css",
    GOVUK / "govuk-frontend.min.js",
    MOJ / "moj-frontend.min.css",
    MOJ / "moj-frontend.min.js",
)
ICONS = MOJ / "assets" / "images"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_NAME = re.compile(r"[\"']?GDS Transport[\"']?\s*,\s*")
CREST = re.compile(r"[^{}]*\{[^{}]*url\([^)]*(?:crest|crown|logotype)[^)]*\)[^{}]*\}")
SOURCE_MAP = re.compile(r"(?://[#@]|/\*[#@])\s*sourceMappingURL=[^\s*]*(?:\s*\*/)?")
ICON = re.compile(r"url\([\"']?/assets/images/([a-z0-9-]+\.svg)[\"']?\)")
# What may not be left: the first four are not ours to use, the last would be an address that nothing answers.
FORBIDDEN = re.compile(
    r"gds.?transport|@font-face|url\([^)]*(?:crest|crown|logotype)|sourcemappingurl|url\(/", re.IGNORECASE
)


class Left(SystemExit):
    """Something that a council's service must not hold is still in a built file."""


def stripped(text: str) -> str:
    """A style sheet or script without font, crest and source map, its icons addressed beside it."""
    text = SOURCE_MAP.sub("", FONT_NAME.sub("", FONT_FACE.sub("", text)))
    return ICON.sub(r"url(images/\1)", CREST.sub("", text)).rstrip() + "\n"


def build(packages: Path, target: Path) -> None:
    """Write the vendor folder anew.

    :param packages: node_modules
    :raises Left: a built file still holds something that is GOV.UK's own
    """
    unfinished = target.with_name(f".{target.name}-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "images").mkdir(parents=True)
    for file in FILES:
        text = stripped((packages / file).read_text(encoding="utf-8"))
        if found := FORBIDDEN.search(text):
            raise Left(f"{file} still holds {text[found.start() : found.end() + 40]!r}")
        for icon in set(re.findall(r"url\(images/([^)]+)\)", text)):
            shutil.copyfile(packages / ICONS / icon, unfinished / "images" / icon)
        (unfinished / file.name).write_text(text + _notice(packages, file), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)


def _notice(packages: Path, file: Path) -> str:
    """The licence's notice, at the end because a style sheet's @charset must come first."""
    folder = packages.joinpath(*file.parts[: 2 if file.parts[0].startswith("@") else 1])
    about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    return f"/*! {about['name']} {about['version']}, Crown copyright, {about['license']}, changed: see assets.py */\n"


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
