"""Addresses of analysis, recommendation and decision; each names one row by its random key."""

from django.urls import path

from frontdoor.mash.views import deciding

council = [
    path("enquiries/<uuid:key>/deciding/", deciding.concluded, name="deciding"),
    path("enquiries/<uuid:key>/deciding/analysis/", deciding.analyse, name="analyse"),
    path("enquiries/<uuid:key>/deciding/missing/", deciding.missing, name="missing"),
    path("asked/<uuid:key>/view/", deciding.view, name="view"),
    path("enquiries/children/<uuid:key>/recommend/", deciding.recommend, name="recommend"),
    path("enquiries/children/<uuid:key>/withdraw/", deciding.withdraw, name="withdraw"),
    path("enquiries/children/<uuid:key>/send-back/", deciding.send_back, name="send-back"),
    path("enquiries/children/<uuid:key>/decide/", deciding.decide, name="decide"),
    path("enquiries/children/<uuid:key>/take-back/", deciding.take_back, name="take-back"),
    path("enquiries/decisions/<uuid:key>/known/", deciding.known, name="known"),
]
