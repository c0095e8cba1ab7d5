"""Addresses of this room; each names one row by its random key."""

from django.urls import URLPattern

app_name = "referrals"
council: list[URLPattern] = []
