"""Addresses of requests to agencies, and of the agencies that a council asks."""

from django.urls import path

from frontdoor.mash.views import agencies, asking, room

council = [
    path("enquiries/<uuid:key>/asking/", asking.asking, name="asking"),
    path("enquiries/<uuid:key>/asking/agreement/", asking.agreement, name="agreement"),
    path("enquiries/<uuid:key>/asking/without-agreement/", asking.dispense, name="dispense"),
    path("enquiries/<uuid:key>/asking/grounds/", asking.grounds, name="grounds"),
    path("enquiries/<uuid:key>/asking/grounds/<uuid:desk>/", asking.grounds_of, name="grounds-of"),
    path("enquiries/<uuid:key>/asking/send/", asking.send, name="send"),
    path("enquiries/<uuid:key>/said/", room.said, name="said"),
    path("asked/<uuid:key>/told/", asking.told, name="told"),
    path("asked/<uuid:key>/side/", asking.side, name="side"),
    path("asked/<uuid:key>/stop/", asking.stop, name="stop-request"),
    path("agencies/", agencies.agencies, name="agencies"),
    path("agencies/add/", agencies.add, name="agency-add"),
    path("agencies/<uuid:key>/", agencies.agency, name="agency"),
    path("agencies/<uuid:key>/today/", agencies.capacity, name="capacity"),
]
