"""Addresses of this room: whom we owe an answer, the letters of one matter, one letter."""

from django.urls import path

from frontdoor.letters import views

app_name = "letters"
council = [
    path("letters/", views.to_be_told, name="to-be-told"),
    path("letters/about/<str:kind>/<uuid:key>/", views.about, name="about"),
    path("letters/<uuid:key>/", views.letter, name="letter"),
    path("letters/<uuid:key>/hold/", views.hold, name="hold"),
    path("letters/<uuid:key>/release/", views.release, name="release"),
    path("letters/<uuid:key>/cancel/", views.cancel, name="cancel"),
    path("letters/<uuid:key>/nobody/", views.nobody, name="nobody"),
    path("letters/<uuid:key>/another-way/", views.another_way, name="another-way"),
    path("letters/<uuid:key>/told/", views.told, name="told"),
    path("letters/<uuid:key>/send-again/", views.send_again, name="send-again"),
    path("letters/<uuid:key>/print/", views.print_letter, name="print"),
    path("letters/<uuid:key>/posted/", views.posted, name="posted"),
]
