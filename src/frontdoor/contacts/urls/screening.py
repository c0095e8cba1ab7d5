"""Addresses of the first look and of screening; those that only look first or protect work for any council."""

from django.urls import path

from frontdoor.contacts.views import screening as views

council = [
    path("contacts/", views.queue, name="queue"),
    path("contacts/next/", views.take_next, name="take-next"),
    path("contacts/calls/", views.calls, name="calls"),
    path("contacts/calls/<uuid:key>/", views.call, name="call"),
    path("contacts/advice/", views.advice, name="advice"),
    path("contacts/advice/new/", views.add_consultation, name="add-consultation"),
    path("contacts/advice/<uuid:key>/", views.consultation, name="consultation"),
    path("contacts/advice/<uuid:key>/contact/", views.convert, name="convert"),
    path("contacts/oversight/", views.oversight, name="oversight"),
    path("contacts/oversight/<uuid:key>/", views.oversee, name="oversee"),
    path("contacts/oversight/<uuid:key>/after/", views.write_after, name="write-after"),
    path("contacts/mistakes/", views.mistakes, name="mistakes"),
    path("contacts/mistakes/<uuid:key>/", views.mistake_said, name="mistake-said"),
    path("contacts/questions/<uuid:key>/answer/", views.answer, name="answer"),
    path("contacts/questions/<uuid:key>/screen-again/", views.screen_again, name="screen-again"),
    path("contacts/links/<uuid:key>/undo/", views.unlink, name="unlink"),
    path("contacts/<uuid:key>/give/", views.give, name="give"),
    path("contacts/<uuid:key>/give-back/", views.give_back, name="give-back"),
    path("contacts/<uuid:key>/keep/", views.keep, name="keep"),
    path("contacts/<uuid:key>/take-flag/", views.take_flag, name="take-flag"),
    path("contacts/<uuid:key>/ask/", views.ask, name="ask"),
    path("contacts/<uuid:key>/attempt/", views.attempt, name="attempt"),
    path("contacts/<uuid:key>/end/", views.end, name="end"),
    path("contacts/<uuid:key>/mistake/", views.mistake, name="mistake"),
    path("contacts/<uuid:key>/link/", views.link, name="link"),
    path("contacts/<uuid:key>/agreement/", views.agreement, name="agreement"),
    path("contacts/<uuid:key>/basis/", views.basis, name="basis"),
]
receiving = [
    path("look/", views.look, name="look"),
    path("look/<uuid:key>/", views.look_at, name="look-at"),
    path("flag/<uuid:key>/", views.flag, name="flag"),
    path("protect/<uuid:key>/", views.protect, name="protect"),
]
