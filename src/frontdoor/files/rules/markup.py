"""The words of a page, without what in it could run, load or hide. It knows nothing of the house, as `cleaning.py`."""

import re
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol", "hr"})
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})


class _Words(HTMLParser):
    """Keeps the words of a page and nothing that could run, load or hide."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _BREAKS:
            self.pieces.append("\n")
        elif tag in {"td", "th"}:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            del self._silent[self._silent.index(tag) :]
        elif tag in _BREAKS:
            self.pieces.append("\n")
        if tag == "body":
            self._silent.clear()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(re.sub(r"\s+", " ", data))


def without_markup(html: str) -> str:
    """The words of an HTML message with its line breaks; nothing in it is run, fetched or kept as markup.

    Words that a style would hide are shown: whoever reads it reads more than the sender's page did, never less.
    """
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
