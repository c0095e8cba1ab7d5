"""Addresses of the night."""

from django.urls import path

from frontdoor.contacts.views import night as views

council = [
    path("night/", views.night, name="night"),
    path("night/rota/", views.add_shift, name="add-shift"),
    path("night/rota/<uuid:key>/end/", views.end_shift, name="end-shift"),
]
