"""Addresses of this room; each names one row by its random key."""

from django.urls import path

from frontdoor.referrals.views import referrals

app_name = "referrals"
council = [
    path("referrals/<uuid:key>/", referrals.detail, name="referral"),
    path("referrals/<uuid:key>/pick-up/", referrals.pick_up, name="pick-up"),
    path("referrals/<uuid:key>/visit/", referrals.visit, name="visit"),
    path("referrals/<uuid:key>/visits/<uuid:visit>/strike/", referrals.strike_visit, name="strike-visit"),
    path("referrals/<uuid:key>/date/", referrals.date, name="date"),
    path("referrals/<uuid:key>/dates/<slug:kind>/strike/", referrals.strike_date, name="strike-date"),
    path("referrals/<uuid:key>/need/", referrals.need, name="need"),
    path("referrals/<uuid:key>/give/", referrals.give, name="give"),
    path("referrals/<uuid:key>/pass-on/", referrals.pass_on, name="pass-on"),
    path("referrals/<uuid:key>/open-case/", referrals.open_case, name="open-case"),
    path("referrals/<uuid:key>/join/", referrals.join, name="join"),
    path("referrals/<uuid:key>/close/", referrals.close, name="close"),
    path("referrals/<uuid:key>/open-again/", referrals.reopen, name="reopen"),
]
