"""Addresses of this room: one's own list, what has come back, one direction."""

from django.urls import path

from frontdoor.directions import views

app_name = "directions"
council = [
    path("directions/mine/", views.mine, name="mine"),
    path("directions/back/", views.back, name="back"),
    path("directions/<uuid:key>/", views.detail, name="detail"),
    path("directions/<uuid:key>/done/", views.do, name="do"),
    path("directions/<uuid:key>/seen/", views.check, name="check"),
    path("directions/<uuid:key>/ask/", views.ask, name="ask"),
    path("directions/<uuid:key>/move/", views.move, name="move"),
    path("directions/<uuid:key>/give-back/", views.reopen, name="reopen"),
    path("directions/<uuid:key>/take-back/", views.withdraw, name="withdraw"),
]
