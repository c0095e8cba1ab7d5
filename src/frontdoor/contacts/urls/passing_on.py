"""The address of one child for those to whom it was handed."""

from django.urls import path

from frontdoor.contacts.views import passing_on as views

council = [
    path("children/<uuid:key>/handed-on/", views.passed, name="passed"),
    path("passed/<uuid:key>/report/", views.received_report, name="received-report"),
]
