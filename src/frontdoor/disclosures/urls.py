"""Addresses of this room; each names one request or contact by its random key."""

from django.urls import path

from frontdoor.disclosures.views import answering, elsewhere, lists, preparing, requests

app_name = "disclosures"
council = [
    path("requests/", lists.requests, name="requests"),
    path("disclosures/", lists.ledger, name="ledger"),
    path("contacts/<uuid:key>/disclosures/", lists.ledger_of_contact, name="of-contact"),
    path("contacts/<uuid:key>/request/", requests.begin, name="begin"),
    path("requests/<uuid:key>/", requests.detail, name="request"),
    path("requests/<uuid:key>/take/", requests.take, name="take"),
    path("requests/<uuid:key>/kind/", requests.sort, name="sort"),
    path("requests/<uuid:key>/risk/", requests.risk, name="risk"),
    path("requests/<uuid:key>/pass-on/", elsewhere.pass_on, name="pass-on"),
    path("requests/<uuid:key>/by-hand/", elsewhere.by_hand, name="redirect"),
    path("requests/<uuid:key>/answered-there/", elsewhere.answered, name="there"),
    path("requests/<uuid:key>/came-back/", elsewhere.came_back, name="came-back"),
    path("requests/<uuid:key>/end/", requests.end, name="end"),
    path("requests/<uuid:key>/asker/", preparing.asker, name="asker"),
    path("requests/<uuid:key>/grounds/", preparing.grounds, name="grounds"),
    path("requests/<uuid:key>/people/", preparing.people, name="people"),
    path("requests/<uuid:key>/person/", preparing.person, name="person"),
    path("requests/<uuid:key>/search/", preparing.search, name="search"),
    path("requests/<uuid:key>/answer/", answering.propose, name="propose"),
    path("requests/<uuid:key>/take-back/", answering.take_back, name="take-back"),
    path("requests/<uuid:key>/send-back/", answering.send_back, name="send-back"),
    path("requests/<uuid:key>/approve/", answering.approve, name="approve"),
    path("requests/<uuid:key>/correct/", answering.correct, name="correct"),
    path("requests/<uuid:key>/send/", answering.send, name="send"),
    path("requests/<uuid:key>/open-again/", answering.reopen, name="reopen"),
]
