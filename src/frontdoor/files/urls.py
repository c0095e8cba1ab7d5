"""Addresses of this room: a file, its clean copy, pictures of its pages, its release, its original."""

from django.urls import path

from frontdoor.files import views

app_name = "files"
council = [
    path("files/<uuid:key>/", views.file, name="file"),
    path("files/<uuid:key>/copy/", views.download, name="download"),
    path("files/<uuid:key>/pages/<int:number>/", views.page, name="page"),
    path("files/<uuid:key>/release/", views.release, name="release"),
    path("files/<uuid:key>/original/", views.original, name="original"),
]
