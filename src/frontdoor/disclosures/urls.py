"""Addresses of this room; each names one request or contact by its random key."""

from django.urls import path

from frontdoor.disclosures.views import answering, children, copies, elsewhere, lists, preparing, requests

app_name = "disclosures"
council = [
    path("requests/", lists.requests, name="requests"),
    path("disclosures/", lists.ledger, name="ledger"),
    path("contacts/<uuid:key>/disclosures/", children.of_contact, name="of-contact"),
    path("contacts/<uuid:key>/disclosures/not-shared/", children.not_shared, name="not-shared"),
    path("people/<uuid:key>/disclosures/", children.of_person, name="of-person"),
    path("contacts/<uuid:key>/copies/", copies.copy_for, name="copy-for"),
    path("copies/", copies.waiting, name="copies-waiting"),
    path("copies/<uuid:key>/", copies.copy, name="copy"),
    path("copies/<uuid:key>/ask/", copies.copy_ask, name="copy-ask"),
    path("copies/<uuid:key>/release/", copies.copy_release, name="copy-release"),
    path("copies/<uuid:key>/send-back/", copies.copy_refuse, name="copy-refuse"),
    path("copies/<uuid:key>/not-given/", copies.copy_drop, name="copy-drop"),
    path("copies/<uuid:key>/print/", copies.copy_print, name="copy-print"),
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
