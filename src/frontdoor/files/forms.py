"""What is uploaded, as a clean value, and the reader of uploads that stops at the largest size."""

import tempfile
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from frontdoor.files import rules
from frontdoor.shell.forms import LineField


class Upload(FileUploadHandler):
    """Takes an upload in without a name on any disk, and no more of it than may be kept.

    What is larger is counted to its end and not stored, so that the form can say how large it was.
    """

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """Begin with an empty file: in memory while it is small, then on disk without a name."""
        super().new_file(*arguments, **options)
        self.kept = tempfile.SpooledTemporaryFile(max_size=rules.PIECE)  # noqa: SIM115 (closed with the upload)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part, as long as all of it may be kept."""
        if start + len(raw_data) <= rules.MOST_BYTES:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        """The upload, with the size it had."""
        self.kept.seek(0)
        return UploadedFile(
            file=self.kept, name=self.file_name, content_type=self.content_type, size=file_size, charset=self.charset
        )

    def upload_interrupted(self) -> None:
        """Let go of what came before the line broke."""
        if hasattr(self, "kept"):
            self.kept.close()


class WhyForm(forms.Form):
    """A reason."""

    why = LineField(label="Why?", most=300, missing="Say why")


class ReleaseForm(WhyForm):
    """A reason, and the version that the person saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class UploadField(forms.FileField):
    """A file of a kind that is taken; says beside the field what `actions.keep` would say."""

    widget = forms.ClearableFileInput(attrs={"accept": rules.ACCEPT})

    def __init__(self, *, missing: str = "Choose a file", **options: Any) -> None:
        words = {"required": missing, "invalid": missing, "empty": "The file is empty. Choose it again"}
        options.setdefault("help_text", rules.TAKEN)
        super().__init__(error_messages=words, **options)

    def to_python(self, data: Any) -> Any:
        """The upload, once its size, content and name are such as are taken."""
        found = super().to_python(data)
        if found is None:
            return None
        try:
            rules.cleaned(found.name or "", rules.kind_of(cast(BinaryIO, found), found.size))
        except rules.Refused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal
        return found
