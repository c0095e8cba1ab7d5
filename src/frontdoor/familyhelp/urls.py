"""Addresses of this room; each names one family's help, or one row of it, by its random key."""

from django.urls import path

from frontdoor.familyhelp.views import team

app_name = "familyhelp"
council = [
    path("family-help/<uuid:key>/", team.family, name="family"),
    path("family-help/<uuid:key>/team/add/", team.join, name="join"),
    path("family-help/<uuid:key>/team/lead/", team.lead, name="lead"),
    path("family-help/<uuid:key>/team/<uuid:practitioner>/leave/", team.leave, name="leave"),
]
