"""Addresses of police notices."""

from django.urls import path

from frontdoor.contacts.views import notices as views

council = [
    path("notices/", views.notices, name="notices"),
    path("notices/files/", views.notice_files, name="notice-files"),
    path("notices/files/sample/<slug:form>/", views.notice_sample, name="notice-sample"),
    path("notices/files/<uuid:key>/", views.notice_file, name="notice-file"),
    path("notices/files/<uuid:key>/refused/", views.notice_refused, name="notice-refused"),
    path("notices/files/<uuid:key>/receipts/", views.notice_answers, name="notice-answers"),
    path("notices/look/", views.notice_looks, name="notice-looks"),
    path("notices/look/<uuid:key>/", views.notice_look, name="notice-look"),
    path("notices/join/", views.join, name="notice-join"),
    path("notices/incidents/<uuid:key>/", views.incident, name="incident"),
    path("notices/storms/<uuid:key>/", views.storm, name="storm"),
]
