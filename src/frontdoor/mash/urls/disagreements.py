"""Addresses of disagreements between professionals."""

from django.urls import path

from frontdoor.mash.views import disagreements

council = [
    path("disagreements/", disagreements.disagreements, name="disagreements"),
    path("contacts/<uuid:key>/disagree/", disagreements.disagree, name="disagree"),
    path("disagreements/<uuid:key>/", disagreements.disagreement, name="disagreement"),
    path("disagreements/<uuid:key>/say/", disagreements.say, name="disagreement-say"),
    path("disagreements/<uuid:key>/owner/", disagreements.own, name="disagreement-own"),
    path("disagreements/<uuid:key>/later-stage/", disagreements.take_on, name="disagreement-take-on"),
    path("disagreements/<uuid:key>/resolve/", disagreements.resolve, name="disagreement-resolve"),
]
