"""Addresses of one person's family: relationships, households, changes of who lives where."""

from django.urls import path

from frontdoor.people.views import families as views
from frontdoor.people.views import families_moving as moving

council = [
    path("people/<uuid:key>/family/", views.family, name="family"),
    path("people/<uuid:key>/family/relate/", views.relate, name="relate"),
    path("people/<uuid:key>/family/<uuid:row>/", views.relationship, name="relationship"),
    path("people/<uuid:key>/family/<uuid:row>/end/", views.end_relationship, name="relationship-end"),
    path("people/<uuid:key>/family/<uuid:row>/strike/", views.strike_relationship, name="relationship-strike"),
    path("people/<uuid:key>/household/", moving.new_household, name="household-new"),
    path("people/<uuid:key>/household/<uuid:home>/", moving.household, name="household"),
    path("people/<uuid:key>/household/<uuid:home>/rename/", moving.rename, name="household-rename"),
    path("people/<uuid:key>/household/<uuid:home>/join/", moving.join, name="household-join"),
    path("people/<uuid:key>/household/<uuid:home>/change/", moving.ask, name="household-change"),
    path("people/<uuid:key>/member/<uuid:row>/", moving.member, name="member"),
    path("people/<uuid:key>/member/<uuid:row>/strike/", moving.strike_member, name="member-strike"),
    path("people/<uuid:key>/change/<uuid:change>/", moving.change, name="change"),
    path("people/<uuid:key>/change/<uuid:change>/make/", moving.make, name="change-make"),
    path("people/<uuid:key>/change/<uuid:change>/drop/", moving.drop, name="change-drop"),
    path("people/<uuid:key>/change/<uuid:change>/undo/", moving.undo, name="change-undo"),
]
