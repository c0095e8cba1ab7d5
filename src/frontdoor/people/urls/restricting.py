"""Addresses of records that few may open; each names a restriction, a record or a glass by its random key."""

from django.urls import path

from frontdoor.people.views import restricting, restricting_glass

council = [
    path("people/restricted/", restricting.restrictions, name="restrictions"),
    path("people/<uuid:key>/restrict/", restricting.restrict, name="restrict"),
    path("people/restricted/<uuid:key>/", restricting.restriction, name="restriction"),
    path("people/restricted/<uuid:key>/look/", restricting.review, name="restriction-review"),
    path("people/restricted/<uuid:key>/end/", restricting.end, name="restriction-end"),
    path("people/restricted/<uuid:key>/name/", restricting.name_reader, name="restriction-name"),
    path("people/restricted/<uuid:key>/bar/", restricting.bar, name="restriction-bar"),
    path("people/restricted/named/<uuid:key>/end/", restricting.end_reader, name="reader-end"),
    path("people/restricted/barred/<uuid:key>/end/", restricting.unbar, name="bar-end"),
    path("people/restricted/<uuid:key>/open/", restricting_glass.glass, name="glass"),
    path("people/opened/", restricting_glass.glasses, name="glasses"),
    path("people/opened/<uuid:key>/", restricting_glass.look, name="glass-look"),
    path("people/opened/<uuid:key>/close/", restricting_glass.end_glass, name="glass-end"),
    path("people/mine/", restricting.mine, name="mine"),
    path("people/declared/", restricting.declared, name="declared"),
    path("people/declared/<uuid:key>/", restricting.answer_declared, name="declared-answer"),
]
