"""Django's entry for this room."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "frontdoor.referrals"
    label = "referrals"
