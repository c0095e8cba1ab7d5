"""Photos and documents to a report that has arrived."""

from typing import Any

from frontdoor.files.forms import UploadField
from frontdoor.portal.forms.base import Page
from frontdoor.portal.rules.attaching import MOST_FILES


class FilesForm(Page):
    """As many empty places as there is room for; each says for itself what is wrong with its file."""

    def __init__(self, *args: Any, room: int = MOST_FILES, **options: Any) -> None:
        super().__init__(*args, **options)
        for place in range(1, room + 1):
            self.fields[f"file_{place}"] = UploadField(
                label=f"File {place}" if room > 1 else "File", required=False, help_text=""
            )

    def good(self) -> list[Any]:
        """The files that are taken, whatever is wrong with the others."""
        return [found for name, found in self.cleaned_data.items() if name.startswith("file_") and found]
