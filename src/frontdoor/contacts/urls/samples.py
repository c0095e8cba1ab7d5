"""Addresses of reading decisions again; each names one decision by its random key."""

from django.urls import path

from frontdoor.contacts.views import samples as views

council = [
    path("contacts/sample/", views.sample, name="sample"),
    path("contacts/sample/counts/", views.counts, name="sample-counts"),
    path("contacts/sample/<uuid:key>/", views.sampled, name="sampled"),
]
