"""Addresses of this room: the door itself, and the pages on which accounts are kept."""

from typing import Any

from allauth.account import views as account
from allauth.socialaccount import views as directory
from allauth.usersessions import views as sessions
from django.urls import include, path, re_path

from frontdoor.access.views import accounts, agreements, clients, closed, senders, trail

app_name = "access"

sign_in: list[Any] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("2fa/", include("allauth.mfa.urls")),
    path("directory/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("directory/cancelled/", directory.login_cancelled, name="socialaccount_login_cancelled"),
    path("directory/error/", directory.login_error, name="socialaccount_login_error"),
    # The library links to these; nobody signs up here, and an administrator keeps the addresses.
    path("signup/", closed, name="account_signup"),
    path("directory/signup/", closed, name="socialaccount_signup"),
    path("directory/connections/", closed, name="socialaccount_connections"),
    path("password/set/", closed, name="account_set_password"),
    path("email/", closed, name="account_email"),
]
"""The sign-in library's pages, those that we open, under the names by which it finds them."""

council: list[Any] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new_account, name="new-account"),
    path("accounts/agencies/new/", agreements.new_agency, name="new-agency"),
    path("accounts/clients/", clients.clients, name="clients"),
    path("accounts/clients/new/", clients.new_client, name="new-client"),
    path("accounts/clients/<uuid:key>/", clients.client, name="client"),
    path("accounts/clients/<uuid:key>/secret/", clients.rotate, name="rotate"),
    path("accounts/clients/<uuid:key>/end/", clients.end_client, name="end-client"),
    path("accounts/posts/<uuid:key>/end/", accounts.end_post, name="end-post"),
    path("accounts/senders/<uuid:key>/end/", senders.end_sender, name="end-sender"),
    path("accounts/partners/<uuid:key>/end/", senders.end_partner, name="end-partner"),
    path("accounts/<uuid:key>/", accounts.account, name="account"),
    path("accounts/<uuid:key>/send/", senders.let_send, name="let-send"),
    path("accounts/<uuid:key>/answer/", senders.let_answer, name="let-answer"),
    path("accounts/<uuid:key>/correct/", accounts.correct, name="correct"),
    path("accounts/<uuid:key>/invite/", accounts.invite, name="invite"),
    path("accounts/<uuid:key>/wake/", accounts.wake, name="wake"),
    path("accounts/<uuid:key>/second-step/", accounts.reset_factors, name="reset-factors"),
    path("accounts/<uuid:key>/end/", accounts.end, name="end"),
    path("accounts/<uuid:key>/post/", accounts.give_post, name="give-post"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:key>/end/", agreements.end_agreement, name="end-agreement"),
    path("trail/", trail.trail, name="trail"),
    path("trail/record/<uuid:key>/", trail.subject, name="trail-subject"),
    path("trail/account/<uuid:key>/", trail.actor, name="trail-actor"),
]
plain: list[Any] = []
