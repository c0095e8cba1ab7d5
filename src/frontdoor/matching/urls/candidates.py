"""Addresses of what matching weighs."""

from django.urls import path

from frontdoor.matching.views import candidates as views

council = [path("matching/weights/", views.weights, name="weights")]
