"""Addresses of recommending and deciding; each names one child's matter by its random key."""

from django.urls import path

from frontdoor.contacts.views import decisions as views

council = [
    path("contacts/waiting/", views.waiting, name="waiting"),
    path("children/<uuid:key>/recommend/", views.recommend, name="recommend"),
    path("children/<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("children/<uuid:key>/decide/", views.decide, name="decide"),
    path("children/<uuid:key>/send-back/", views.send_back, name="send-back"),
    path("children/<uuid:key>/take-back/", views.void, name="void"),
    path("children/<uuid:key>/correct/", views.correct, name="correct"),
    path("children/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("children/<uuid:key>/pattern/", views.pattern, name="pattern"),
    path("children/<uuid:key>/known/", views.replay, name="replay"),
]
