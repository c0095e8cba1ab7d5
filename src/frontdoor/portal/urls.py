"""Public addresses: before the council is known, and below `/<council>/report/`."""

from django.urls import path

from frontdoor.portal import views

app_name = "portal"

portal = [
    path("", views.begin, name="begin"),
    path("report/<slug:way>/where/", views.where, name="where"),
    path("report/come-back/", views.come_back, name="come-back"),
    path("report/forgotten/", views.forgotten, name="forgotten"),
    path("young-people/", views.young, name="young"),
    path("<slug:council>/young-people/", views.young_message, name="young-message"),
    path("<slug:council>/young-people/sent/", views.young_sent, name="young-sent"),
    path("speak-to-a-social-worker/", views.which_council, name="which-council"),
    path("<slug:council>/report/<slug:way>/start/", views.start, name="start"),
    path("<slug:council>/report/check/", views.check, name="check"),
    path("<slug:council>/report/sent/", views.sent, name="sent"),
    path("<slug:council>/report/saved/", views.saved, name="saved"),
    path("<slug:council>/report/<slug:step>/", views.step, name="step"),
    path("<slug:council>/report/<slug:step>/<int:place>/", views.person, name="person"),
    path("<slug:council>/speak-to-a-social-worker/", views.call_back, name="call-back"),
    path("<slug:council>/speak-to-a-social-worker/asked/", views.call_back_asked, name="call-back-asked"),
]
