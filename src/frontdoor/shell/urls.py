"""Addresses of the shell; `config` declares them as open addresses, since this floor lies below `access`."""

from django.urls import path

from frontdoor.shell import views

app_name = "shell"

plain = [
    path("gallery/", views.show_gallery, name="gallery"),
    path("gallery/<slug:part>/", views.show_gallery, name="gallery-part"),
    path("leave/", views.leave, name="leave"),
]
