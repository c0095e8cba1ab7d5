"""Addresses of this room; each names one complaint or contact by its random key."""

from django.urls import path

from frontdoor.complaints import views

app_name = "complaints"
council = [
    path("complaints/", views.complaints, name="complaints"),
    path("complaints/take/", views.take, name="take"),
    path("contacts/<uuid:key>/complaint/", views.of_contact, name="of-contact"),
    path("complaints/<uuid:key>/", views.complaint, name="complaint"),
    path("complaints/<uuid:key>/owner/", views.own, name="own"),
    path("complaints/<uuid:key>/complex/", views.find_complex, name="complex"),
    path("complaints/<uuid:key>/answer/", views.reply, name="reply"),
    path("complaints/<uuid:key>/next-stage/", views.next_stage, name="next-stage"),
    path("complaints/<uuid:key>/take-back/", views.withdraw, name="withdraw"),
    path("complaints/<uuid:key>/thank/", views.thank, name="thank"),
    path("complaints/<uuid:key>/risk/", views.risk, name="risk"),
]
