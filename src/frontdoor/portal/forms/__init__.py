"""What people type who are not staff, one thing a page."""

from frontdoor.portal.forms.base import Page
from frontdoor.portal.forms.files import FilesForm
from frontdoor.portal.forms.own import HopingForm, OwnForm
from frontdoor.portal.forms.planned import AgreementForm, OrganisationForm, TriedForm, WantedForm
from frontdoor.portal.forms.report import (
    AdultForm,
    AnswerForm,
    CallBackForm,
    ChildForm,
    CouncilForm,
    DangerForm,
    DetailsForm,
    FamilyForm,
    HelpingForm,
    MoreForm,
    PersonForm,
    PostcodeForm,
    WhereForm,
    WordsForm,
    WorryForm,
    YouForm,
)
from frontdoor.portal.forms.returning import CodeForm
from frontdoor.portal.forms.young import YoungForm

FORMS: dict[str, type[Page]] = {
    "you": YouForm,
    "worry": WorryForm,
    "danger": DangerForm,
    "words": WordsForm,
    "where": WhereForm,
    "helping": HelpingForm,
    "family": FamilyForm,
    "details": DetailsForm,
    "answer": AnswerForm,
    "tried": TriedForm,
    "wanted": WantedForm,
    "agreement": AgreementForm,
    "organisation": OrganisationForm,
    "hoping": HopingForm,
    "own": OwnForm,
}
"""The form of each page that holds one."""

PEOPLE: dict[str, type[PersonForm]] = {"children": ChildForm, "adults": AdultForm}
"""The form of one person, of each page that holds a list."""

__all__ = [
    "FORMS",
    "PEOPLE",
    "AdultForm",
    "CallBackForm",
    "ChildForm",
    "CodeForm",
    "CouncilForm",
    "FilesForm",
    "MoreForm",
    "OrganisationForm",
    "Page",
    "PostcodeForm",
    "YoungForm",
]
