"""Addresses of telling somebody of services."""

from typing import Any

from django.urls import path

from frontdoor.contacts.views import signposting as views

council: list[Any] = [path("contacts/<uuid:key>/services/", views.point, name="point")]
