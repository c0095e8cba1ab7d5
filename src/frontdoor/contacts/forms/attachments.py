"""A file that is added to a contact, as a clean value."""

from django import forms

from frontdoor.files.forms import UploadField


class AttachForm(forms.Form):
    """One file."""

    file = UploadField(label="Choose a file")
