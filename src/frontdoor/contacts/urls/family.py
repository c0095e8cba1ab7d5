"""Addresses of telling a family, reaching people safely, and calls from parents; no name of anybody stands in one."""

from django.urls import path

from frontdoor.contacts.views import calling, family, safe

council = [
    path("families/", family.families, name="families"),
    path("families/<uuid:key>/", family.telling, name="telling"),
    path("families/<uuid:key>/choose/", family.choose, name="telling-choose"),
    path("families/<uuid:key>/told/", family.tell, name="telling-tell"),
    path("families/<uuid:key>/not-told/", family.not_tell, name="telling-not"),
    path("contacts/<uuid:key>/family/", family.add, name="telling-add"),
    path("contacts/<uuid:key>/safe/", safe.safe, name="safe"),
    path("safe/", safe.reviews, name="safe-reviews"),
    path("safe/<uuid:key>/", safe.review, name="safe-review"),
    path("safe/<uuid:key>/end/", safe.safe_end, name="safe-end"),
    path("safe/address/<uuid:key>/", safe.open_address, name="safe-address"),
    path("safe/address/<uuid:key>/lift/", safe.lift, name="safe-lift"),
    path("call/family/", calling.family_calls, name="family-calls"),
    path("call/family/<uuid:key>/", calling.family_call, name="family-call"),
]
