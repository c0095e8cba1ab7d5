"""Addresses of one contact's record."""

from django.urls import path

from frontdoor.contacts.views import record as views

council = [
    path("contacts/<uuid:key>/", views.detail, name="detail"),
    path("contacts/<uuid:key>/referrer/", views.referrer, name="referrer"),
]
