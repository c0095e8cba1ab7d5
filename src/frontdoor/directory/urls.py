"""Addresses of this room: finding services, keeping the directory, and the open endpoints for everybody."""

from django.urls import path

from frontdoor.directory.views import keeping, opening, searching

app_name = "directory"
council = [
    path("services/", searching.services, name="services"),
    path("services/<uuid:key>/", searching.service, name="service"),
    path("services/<uuid:key>/correct/", keeping.correct, name="correct"),
    path("services/keep/", keeping.keep, name="keep"),
    path("services/keep/sources/new/", keeping.new_source, name="new-source"),
    path("services/keep/sources/<uuid:key>/", keeping.source, name="source"),
    path("services/keep/sources/<uuid:key>/file/", keeping.bring_file, name="bring-file"),
    path("services/keep/sources/<uuid:key>/read/", keeping.read_now, name="read-now"),
    path("services/keep/sources/<uuid:key>/stop/", keeping.stop_source, name="stop-source"),
    path("services/keep/readings/<uuid:key>/", keeping.one_reading, name="reading"),
    path("services/keep/readings/<uuid:key>/report.csv", keeping.findings, name="findings"),
    path("services/keep/readings/<uuid:key>/apply/", keeping.apply_reading, name="apply"),
    path("services/keep/readings/<uuid:key>/drop/", keeping.drop_reading, name="drop"),
    path("services/keep/corrections/", keeping.corrections, name="corrections"),
    path("services/keep/corrections/<uuid:key>/", keeping.correction, name="correction"),
    path("services/keep/corrections/<uuid:key>/undo/", keeping.undo_correction, name="undo-correction"),
    path("services/keep/corrections/<uuid:key>/keep/", keeping.keep_correction, name="keep-correction"),
    path("services/keep/old/", keeping.old, name="old"),
]

opened = [
    path("", opening.about, name="about"),
    path("services", opening.services, name="services"),
    path("services/<str:key>", opening.service, name="service"),
    path("taxonomies", opening.taxonomies, name="taxonomies"),
    path("taxonomies/<str:key>", opening.taxonomy, name="taxonomy"),
    path("taxonomy_terms", opening.terms, name="terms"),
    path("taxonomy_terms/<str:key>", opening.term, name="term"),
    path("service_at_locations", opening.at_locations, name="at-locations"),
    path("service_at_locations/<str:key>", opening.at_location, name="at-location"),
]
"""As the profile lays them down, without a slash at the end."""
