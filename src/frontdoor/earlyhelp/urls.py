"""Addresses of this room; each names one row by its random key."""

from django.urls import path

from frontdoor.earlyhelp.views import ending, episodes, providers, signposting

app_name = "earlyhelp"
council = [
    path("handovers/<uuid:key>/early-help/", episodes.of_slip, name="of-slip"),
    path("handovers/<uuid:key>/accept-family/", episodes.accept, name="accept"),
    path("early-help/providers/", providers.providers, name="providers"),
    path("early-help/providers/add/", providers.add_provider, name="add-provider"),
    path("early-help/providers/<uuid:key>/", providers.places, name="places"),
    path("early-help/providers/<uuid:key>/end/", providers.end_provider, name="end-provider"),
    path("early-help/<uuid:key>/", episodes.episode, name="episode"),
    path("early-help/<uuid:key>/take/", episodes.take, name="take"),
    path("early-help/<uuid:key>/agreement/<uuid:member>/", episodes.agreement, name="agreement"),
    path("early-help/<uuid:key>/reaching/", episodes.attempt, name="attempt"),
    path("early-help/<uuid:key>/triage/", episodes.triage, name="triage"),
    path("early-help/<uuid:key>/offer/", episodes.offer, name="offer"),
    path("early-help/<uuid:key>/answer/", episodes.answer, name="answer"),
    path("early-help/<uuid:key>/take-back/", episodes.take_back, name="take-back"),
    path("early-help/<uuid:key>/look-again/", episodes.review, name="review"),
    path("early-help/<uuid:key>/stop/", ending.stop, name="stop"),
    path("early-help/<uuid:key>/look/", ending.look, name="look"),
    path("early-help/<uuid:key>/front-door/", ending.step_up, name="step-up"),
    path("early-help/<uuid:key>/end/", ending.close, name="close"),
    path("early-help/<uuid:key>/open-again/", ending.reopen, name="reopen"),
    path("early-help/<uuid:key>/note/", ending.note, name="note"),
    path("early-help/<uuid:key>/services/", signposting.signpost, name="signpost"),
    path("early-help/<uuid:key>/services/<uuid:signpost>/", signposting.uptake, name="uptake"),
]
