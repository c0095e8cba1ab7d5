"""Addresses of what a kind of contact asks for."""

from django.urls import path

from frontdoor.contacts.views import duties as views

council = [path("contacts/<uuid:key>/owed/", views.settle, name="duty")]
