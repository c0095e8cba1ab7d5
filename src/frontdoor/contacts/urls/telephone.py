"""Addresses of a telephone call. Taking one works for any council, so that a call goes on past midnight."""

from django.urls import path

from frontdoor.contacts.views import telephone as views

council = [
    path("call/<uuid:key>/earlier/", views.earlier, name="telephone-earlier"),
    path("call/<uuid:key>/take-over/", views.take_over, name="telephone-take-over"),
    path("call/back/<uuid:key>/", views.safety_call, name="safety-call"),
]
receiving = [
    path("call/", views.telephone, name="telephone"),
    path("call/<uuid:key>/", views.call, name="telephone-call"),
    path("call/<uuid:key>/draft/", views.draft, name="telephone-draft"),
    path("call/<uuid:key>/mark/", views.mark, name="telephone-mark"),
    path("call/<uuid:key>/ended/", views.ended, name="telephone-ended"),
]
