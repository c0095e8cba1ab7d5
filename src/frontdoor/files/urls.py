"""Addresses of this room: a file."""

from django.urls import path

from frontdoor.files import views

app_name = "files"
council = [path("files/<uuid:key>/", views.download, name="download")]
