"""Addresses of records that are kept apart; a secret pair is never named in one."""

from django.urls import path

from frontdoor.matching.views import apart as views

council = [
    path("apart/", views.apart, name="apart"),
    path("apart/of/<uuid:key>/", views.keep, name="keep-apart"),
    path("apart/agree/", views.agree, name="apart-agree"),
    path("apart/<uuid:key>/end/", views.end, name="apart-end"),
]
