"""The Jinja environment of all pages: strict about names, escaping everything, with our components as ``ui``."""

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined, Undefined

from frontdoor.shell.forms import problems
from frontdoor.shell.pages.frame import Frame
from frontdoor.shell.rules import words

# Each component macro and the file under shell/components that holds it; the gallery shows every one.
COMPONENTS = {
    "action_bar": "actions",
    "age": "clock",
    "back": "links",
    "beside": "beside",
    "breadcrumbs": "links",
    "button": "buttons",
    "buttons": "buttons",
    "call_for_help": "help",
    "clock": "clock",
    "code": "reading",
    "columns": "record",
    "conflict": "conflict",
    "course": "course",
    "details": "disclosure",
    "empty": "messages",
    "error_summary": "errors",
    "exit_first": "help",
    "exit_page": "help",
    "field": "field",
    "fields": "field",
    "fieldset": "fieldset",
    "figures": "figures",
    "filters": "filters",
    "form": "form",
    "genogram": "genogram",
    "glance": "record",
    "inset": "messages",
    "journey": "journey",
    "kept": "form",
    "links": "record",
    "moment": "clock",
    "notice": "notice",
    "only_for": "fieldset",
    "overtaken": "conflict",
    "panel": "messages",
    "person": "person",
    "reading": "reading",
    "quote": "messages",
    "row": "fieldset",
    "sheets": "beside",
    "side_navigation": "navigation",
    "side_panel": "record",
    "speak_to": "help",
    "steps": "record",
    "story": "messages",
    "sub_navigation": "navigation",
    "success": "messages",
    "summary": "summary",
    "table": "table",
    "tabs": "tabs",
    "tag": "tag",
    "trap": "reading",
    "task_list": "tasks",
    "timeline": "timeline",
    "title_bar": "record",
    "warning": "messages",
    "waterfall": "waterfall",
}


class Components:
    """Our component macros as attributes: ``ui.button(...)``."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __getattr__(self, name: str) -> Any:
        if name not in COMPONENTS:
            raise AttributeError(f"no component {name}")
        module = self._environment.get_template(f"shell/components/{COMPONENTS[name]}.html").module
        return getattr(module, name)


class Govuk:
    """The Design System's own macros as attributes: ``govuk.error_summary({...})``.

    They ask for parameters that may be absent, so they live in an environment that lets a name be undefined.
    """

    def __init__(self) -> None:
        self._environment = Environment(
            loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=Undefined,
        )

    def __getattr__(self, name: str) -> Any:
        template = f"govuk_frontend_jinja/components/{name.replace('_', '-')}/macro.html"
        macro = "govuk" + "".join(part.capitalize() for part in name.split("_"))
        found = getattr(self._environment.get_template(template).module, macro)
        self.__dict__[name] = found
        return found


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named route, as Django's `reverse` makes it."""
    return reverse(name, args=args, kwargs=kwargs)


def environment(**options: Any) -> Environment:
    """Make the environment; Django's Jinja2 backend calls it with its loader and options (settings TEMPLATES)."""
    # The library keeps 400 templates and forgets the others, which would be read anew for each page.
    options |= {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "cache_size": 2_000}
    made = Environment(autoescape=True, **{name: value for name, value in options.items() if name != "autoescape"})
    made.globals |= {
        "form": None,
        "frame": Frame(),
        "govuk": Govuk(),
        "problems": problems,
        "static": cache(static),  # what a file is called changes with a release alone
        "ui": Components(made),
        "url": url,
    }
    made.filters |= {
        "child_age": words.age,
        "day": words.day,
        "duration": words.duration,
        "moment": words.moment,
        "short_day": words.short_day,
        "time_of_day": words.time_of_day,
    }
    return made
