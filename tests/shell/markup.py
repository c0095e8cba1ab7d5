"""Reading markup in tests: a small tree by the standard library, and comparison that does not mind white space."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path",
    "line", "rect", "circle",
}  # fmt: skip


@dataclass
class Element:
    """One element with its attributes and what stands in it; a text is a str."""

    name: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def every(self, *names: str) -> Iterator["Element"]:
        """Every element below, of these names or of all."""
        waiting = self.inside[::-1]
        while waiting:
            child = waiting.pop()
            if isinstance(child, Element):
                if not names or child.name in names:
                    yield child
                waiting.extend(reversed(child.inside))

    @property
    def text(self) -> str:
        """The words below, with single spaces."""
        parts, waiting = [], self.inside[::-1]
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                parts.append(child)
            else:
                waiting.extend(reversed(child.inside))
        return " ".join(" ".join(parts).split())

    def plain(self) -> object:
        """A value that is equal for equal markup: attributes unordered, space folded, empty texts left out."""
        inside = [child.plain() if isinstance(child, Element) else " ".join(child.split()) for child in self.inside]
        attributes = {name: " ".join(value.split()) for name, value in self.attributes.items()}
        return self.name, attributes, [child for child in inside if child]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
            self.open.pop()

    def handle_data(self, data: str) -> None:
        last = self.open[-1].inside
        if last and isinstance(last[-1], str):
            last[-1] += data
        else:
            last.append(data)


def parse(html: str) -> Element:
    """The tree of some markup; fails when an element is closed that is not open."""
    builder = _Builder()
    builder.feed(re.sub(r"<!--.*?-->", "", html, flags=re.DOTALL))
    builder.close()
    assert len(builder.open) == 1, f"not closed: {[element.name for element in builder.open[1:]]}"
    return builder.root


def attribute(root: Element, name: str) -> list[str]:
    """Every value of an attribute, in the order of the page."""
    return [element.attributes[name] for element in root.every() if name in element.attributes]
