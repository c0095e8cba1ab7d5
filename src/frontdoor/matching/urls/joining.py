"""Addresses of joining; each names a join, a record or a task by its random key."""

from django.urls import path

from frontdoor.matching.views import joining as views

council = [
    path("joins/", views.joins, name="joins"),
    path("joins/of/<uuid:key>/", views.of_person, name="of-person"),
    path("joins/propose/<uuid:key>/", views.propose, name="propose"),
    path("joins/told/", views.told_list, name="told-list"),
    path("joins/told/<uuid:key>/", views.told, name="told"),
    path("joins/<uuid:key>/", views.join, name="join"),
    path("joins/<uuid:key>/answer/", views.answer, name="answer"),
    path("joins/<uuid:key>/undo/", views.undo, name="undo"),
    path("joins/<uuid:key>/divide/", views.divide, name="divide"),
]
