"""Addresses of one person's record."""

from django.urls import path

from frontdoor.people.views import index as views
from frontdoor.people.views import index_new as new
from frontdoor.people.views import lifting

council = [
    path("people/new/", new.new, name="new"),
    path("people/<uuid:key>/", views.person, name="person"),
    path("people/<uuid:key>/add/<slug:kind>/", views.add, name="add"),
    path("people/<uuid:key>/born/", new.born, name="born"),
    path("people/fact/<slug:table>/<uuid:key>/", views.row, name="row"),
    path("people/fact/<slug:table>/<uuid:key>/end/", views.end, name="end"),
    path("people/fact/<slug:table>/<uuid:key>/strike/", views.strike, name="strike"),
    path("people/address/<uuid:key>/protect/", views.protect, name="protect"),
    path("people/address/<uuid:key>/open/", views.sealed, name="sealed"),
    path("people/address/<uuid:key>/lift/", lifting.lift, name="lift"),
    path("people/lifting/", lifting.liftings, name="liftings"),
    path("people/lifting/<uuid:key>/", lifting.lifting, name="lifting"),
]
