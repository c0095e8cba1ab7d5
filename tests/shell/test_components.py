"""Every component is in the gallery, in sound markup; the macros draw what the Design System draws."""

import json
from pathlib import Path
from time import perf_counter

import pytest
from django.template import engines
from django.test import RequestFactory

from frontdoor.shell import views
from frontdoor.shell.pages import COMPONENTS, cells, engine, gallery
from frontdoor.shell.pages.engine import Govuk
from tests.shell.markup import attribute, parse

NPM = Path(__file__).parents[2] / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"
OURS = Path(engine.__file__).parents[1] / "jinja2" / "shell" / "components"
# Not used: the header and footer hold what is GOV.UK's own; the cookie banner, since there are no such cookies.
UNUSED = {"header", "footer", "cookie-banner", "accordion"}


def _page(part):
    request = RequestFactory().get(f"/gallery/{part}/")
    request.urlconf = "tests.shell.addresses"
    return views.show_gallery(request, part=part).content.decode()


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "tests.shell.addresses"


@pytest.mark.parametrize("component", sorted({file.parent.name for file in NPM.glob("*/fixtures.json")} - UNUSED))
def test_the_design_systems_macro_draws_what_the_design_system_draws(component):
    macro = getattr(Govuk(), component.replace("-", "_"))
    cases = json.loads((NPM / component / "fixtures.json").read_text(encoding="utf-8"))["fixtures"]
    different = [case["name"] for case in cases if parse(macro(case["options"])).plain() != parse(case["html"]).plain()]
    assert cases
    assert not different


def test_the_design_systems_own_pictures_of_its_components_are_installed():
    assert len(list(NPM.glob("*/fixtures.json"))) > 30


@pytest.mark.parametrize("part", [*gallery.PARTS, *gallery.ANSWERS])
def test_a_page_of_the_gallery_is_sound_markup(part):
    page = parse(_page(part))
    ids = attribute(page, "id")
    assert len(ids) == len(set(ids))
    for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        assert {one for value in attribute(page, name) for one in value.split()} <= set(ids)
    assert len(list(page.every("h1"))) == 1
    assert len(list(page.every("main"))) == 1


@pytest.mark.parametrize("part", [*gallery.PARTS, *gallery.ANSWERS])
def test_no_page_holds_a_script_or_style_of_its_own(part):
    page = parse(_page(part))
    assert not attribute(page, "style")
    assert not list(page.every("style"))
    assert all("src" in script.attributes for script in page.every("script"))
    assert not [name for element in page.every() for name in element.attributes if name.startswith("on")]


def test_the_gallery_shows_every_component(monkeypatch):
    shown = set()
    whole = engine.Components.__getattr__

    def noted(self, name):
        shown.add(name)
        return whole(self, name)

    monkeypatch.setattr(engine.Components, "__getattr__", noted)
    for part in [*gallery.PARTS, *gallery.ANSWERS]:
        _page(part)
    assert shown == set(COMPONENTS)


def test_every_file_of_components_is_named_and_every_name_has_its_macro():
    assert {file.stem for file in OURS.glob("*.html")} == set(COMPONENTS.values())
    ui = engines["jinja2"].env.globals["ui"]
    assert all(callable(getattr(ui, name)) for name in COMPONENTS)


def test_a_component_that_does_not_exist_is_an_error():
    with pytest.raises(Exception, match="nosuch"):
        engines["jinja2"].from_string("{{ ui.nosuch() }}").render({})


def test_an_undefined_name_is_an_error():
    with pytest.raises(Exception, match="missing_name"):
        engines["jinja2"].from_string("{{ missing_name }}").render({})


def test_a_page_whose_form_has_mistakes_says_so_in_its_title():
    assert parse(_page("mistakes")).text.startswith("Error: ")
    assert not parse(_page("fields")).text.startswith("Error: ")


def test_a_public_page_has_a_neutral_title_a_way_out_and_a_number_to_ring():
    page = parse(_page("question"))
    (title,) = page.every("title")
    assert title.text == "Your answers – Peterborough City Council"
    assert "Exit this page" in page.text
    assert "Call 999" in page.text
    assert "01632 960001" in page.text


def test_a_colour_never_says_anything_alone():
    states = {cells.clock(gallery.NOW, gallery.NOW).tone, *(cell.tone for cell in gallery._clocks())}
    assert {"late", "soon", "ok"} <= states
    for cell in gallery._clocks():
        assert "late" in cell.text if cell.tone == "late" else "late" not in cell.text
    with pytest.raises(ValueError, match="no such tone"):
        cells.tag("Red", "red")


def _queue(rows):
    content = '<h1>Queue</h1>{{ ui.table("Waiting", head, rows) }}'
    template = engines["jinja2"].from_string(
        f'{{% extends "shell/page.html" %}}{{% block content %}}{content}{{% endblock %}}'
    )
    context = {"head": gallery._lists()["head"], "rows": rows, "csrf_input": ""}
    return lambda: template.render(context)


def test_a_page_of_fifty_rows_takes_at_most_eight_milliseconds():
    draw = _queue(gallery.rows(50))
    draw()
    times = []
    for _ in range(20):
        begun = perf_counter()
        draw()
        times.append(perf_counter() - begun)
    assert min(times) <= 0.008


def test_no_macro_is_called_for_a_row(monkeypatch):
    calls = []
    whole = engine.Components.__getattr__
    monkeypatch.setattr(engine.Components, "__getattr__", lambda self, name: calls.append(name) or whole(self, name))
    counts = []
    for size in (5, 50):
        calls.clear()
        _queue(gallery.rows(size))()
        counts.append(len(calls))
    assert counts[0] == counts[1]


def test_typed_text_in_a_cell_is_text():
    drawn = _queue(
        [cells.Row((cells.text("<script>x</script>"), cells.person("<b>"), cells.link("<i>", "/?a=1&b=2")))]
    )()
    table = next(parse(drawn).every("tbody"))
    assert not list(table.every("script", "b", "i"))
    assert table.text == "<script>x</script> <b> <i>"
