"""Addresses of possible doubles; each names one by its random key."""

from django.urls import path

from frontdoor.matching.views import doubles as views

council = [
    path("doubles/", views.doubles, name="doubles"),
    path("doubles/search/", views.running, name="doubles-search"),
    path("doubles/<uuid:key>/", views.double, name="double"),
]
