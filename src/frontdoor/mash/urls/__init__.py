"""Addresses of this room, joined from its parts; each names one row by its random key."""

from django.urls import URLPattern

app_name = "mash"
council: list[URLPattern] = []
