"""What administrators type on the pages of accounts, clients and agreements."""

from frontdoor.access.forms.accounts import AccountForm, CorrectForm, EndPostForm, PostForm, SenderForm, WhyForm
from frontdoor.access.forms.agreements import AgencyForm, EndAgreementForm
from frontdoor.access.forms.clients import ClientForm
from frontdoor.access.forms.trail import TrailForm

__all__ = [
    "AccountForm",
    "AgencyForm",
    "ClientForm",
    "CorrectForm",
    "EndAgreementForm",
    "EndPostForm",
    "PostForm",
    "SenderForm",
    "TrailForm",
    "WhyForm",
]
