"""Writing the trail and sealing it."""

from frontdoor.trail.actions.entries import Subject, record, record_each
from frontdoor.trail.actions.sealing import NoKey, note_failure, publish, seal, signing_key

__all__ = ["NoKey", "Subject", "note_failure", "publish", "record", "record_each", "seal", "signing_key"]
