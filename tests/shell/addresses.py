"""Addresses for tests of the shell: those of the product, and a draft that answers as told."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy
from django.urls import path

from frontdoor.access.rules import Kind, address
from frontdoor.config.urls import urlpatterns as everywhere

# What the draft does next, and what was sent to it.
ANSWER: dict[str, int] = {"status": 200}
SENT: list[dict[str, str]] = []


@address(Kind.NONE)
def draft(request: HttpRequest) -> HttpResponse:
    """Stores nothing; answers with the status in ANSWER, 302 being a sign-in page."""
    SENT.append(dict(request.POST.items()))
    if ANSWER["status"] == 302:
        return HttpResponseRedirect("/gallery/")
    return JsonResponse({"version": len(SENT)}, status=ANSWER["status"])


@address(Kind.NONE)
def writing(request: HttpRequest) -> HttpResponse:
    """A page with a form that saves itself."""
    source = """{% extends "shell/page.html" %}{% block content %}<h1>Writing</h1>
        {% call ui.form(csrf_input, draft="/draft/", version=0) %}
        <label for="story">Story</label><textarea id="story" name="story"></textarea>
        {{ ui.button("Save", key="s") }}{% endcall %}{% endblock %}"""
    token = {"csrf_input": csrf_input_lazy(request)}
    return HttpResponse(engines["jinja2"].from_string(source).render(token))


@address(Kind.NONE)
def weather(request: HttpRequest) -> HttpResponse:
    """Somewhere harmless."""
    return HttpResponse("<!DOCTYPE html><title>Weather</title><h1>Weather</h1>")


urlpatterns = [
    path("draft/", draft),
    path("weather/", weather),
    path("writing/", writing),
    *everywhere,
]
