"""Addresses of enquiries."""

from django.urls import path

from frontdoor.mash.views import enquiries

council = [
    path("enquiries/<uuid:key>/", enquiries.enquiry, name="enquiry"),
    path("enquiries/children/<uuid:key>/", enquiries.child, name="child"),
    path("handovers/<uuid:key>/enquiry/", enquiries.of_slip, name="of-slip"),
    path("handovers/<uuid:key>/enquiry/open/", enquiries.accept, name="accept"),
    path("enquiries/<uuid:key>/take/", enquiries.take, name="enquiry-take"),
    path("enquiries/<uuid:key>/rate/", enquiries.rate, name="enquiry-rate"),
    path("enquiries/<uuid:key>/question/", enquiries.question, name="enquiry-question"),
    path("enquiries/<uuid:key>/note/", enquiries.note, name="enquiry-note"),
    path("enquiries/<uuid:key>/stand-down/", enquiries.stand_down, name="enquiry-stand-down"),
    path("enquiries/<uuid:key>/join/", enquiries.join, name="enquiry-join"),
    path("enquiries/<uuid:key>/open-again/", enquiries.reopen, name="enquiry-reopen"),
    path("enquiries/<uuid:key>/safety/", enquiries.safety, name="enquiry-safety"),
]
