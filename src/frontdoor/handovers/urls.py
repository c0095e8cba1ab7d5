"""Addresses of this room: lists, one slip, and what another council passed."""

from django.urls import path

from frontdoor.handovers import views

app_name = "handovers"
council = [
    path("handovers/inbox/", views.inbox, name="inbox"),
    path("handovers/taken-on/", views.accepted, name="accepted"),
    path("handovers/given/", views.given, name="given"),
    path("handovers/refused-twice/", views.escalated, name="escalated"),
    path("handovers/<uuid:key>/", views.detail, name="detail"),
    path("handovers/<uuid:key>/print/", views.travels, name="print"),
    path("handovers/<uuid:key>/accept/", views.accept, name="accept"),
    path("handovers/<uuid:key>/refuse/", views.refuse, name="refuse"),
    path("handovers/<uuid:key>/put-right/", views.correct, name="correct"),
    path("handovers/<uuid:key>/chase/", views.chase, name="chase"),
    path("handovers/<uuid:key>/send-again/", views.send_again, name="send-again"),
    path("handovers/<uuid:key>/take-back/", views.withdraw, name="withdraw"),
    path("handovers/<uuid:key>/take-over/", views.take_over, name="take-over"),
    path("handovers/<uuid:key>/settle/", views.settle, name="settle"),
    path("handovers/<uuid:key>/their-answer/", views.answer_outside, name="answer-outside"),
    path("passed/<uuid:key>/", views.copy, name="copy"),
    path("passed/<uuid:key>/accept/", views.accept_copy, name="accept-copy"),
    path("passed/<uuid:key>/refuse/", views.refuse_copy, name="refuse-copy"),
    path("passed/<uuid:key>/put-right/", views.correct_copy, name="correct-copy"),
]
