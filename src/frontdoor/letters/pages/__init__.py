"""What letters look like: on paper, and on the pages of staff."""

from frontdoor.letters.pages.pdf import DoesNotFit, letter_pdf, travelling_pdf

__all__ = ["DoesNotFit", "letter_pdf", "travelling_pdf"]
