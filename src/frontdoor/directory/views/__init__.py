"""The pages of the directory for staff, and the open endpoints for everybody."""
