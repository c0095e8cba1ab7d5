"""Addresses of what is typed on the pages of steps."""

from django.urls import path

from frontdoor.contacts.views import drafting as views

council = [
    path("contacts/drafts/", views.drafts, name="drafts"),
    path("contacts/drafts/<uuid:key>/take-over/", views.step_draft_take_over, name="step-draft-take-over"),
    path("contacts/drafts/<slug:step>/<uuid:key>/", views.step_draft, name="step-draft"),
    path("contacts/drafts/<slug:step>/<uuid:key>/drop/", views.step_draft_drop, name="step-draft-drop"),
]
