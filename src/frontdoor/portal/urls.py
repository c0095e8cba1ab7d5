"""Public addresses: before the council is known, and below `/<council>/report/`."""

from django.urls import path

from frontdoor.portal import views
from frontdoor.portal.views import (
    minutes,
    partner_objecting,
    partner_people,
    partner_replies,
    partner_together,
    partner_unasked,
    partners,
    sender_days,
    sender_new,
    sender_notices,
    sender_people,
    sender_tests,
    senders,
    services,
)

app_name = "portal"

portal = [
    path("", views.begin, name="begin"),
    path("report/<slug:way>/where/", views.where, name="where"),
    path("report/come-back/", views.come_back, name="come-back"),
    path("report/forgotten/", views.forgotten, name="forgotten"),
    path("young-people/", views.young, name="young"),
    path("<slug:council>/young-people/", views.young_message, name="young-message"),
    path("<slug:council>/young-people/sent/", views.young_sent, name="young-sent"),
    path("help-for-families/", services.services_where, name="services-where"),
    path("<slug:council>/help-for-families/", services.services, name="services"),
    path("<slug:council>/help-for-families/<uuid:key>/", services.service, name="service"),
    path("speak-to-a-social-worker/", views.which_council, name="which-council"),
    path("<slug:council>/report/<slug:way>/start/", views.start, name="start"),
    path("<slug:council>/report/check/", views.check, name="check"),
    path("<slug:council>/report/sent/", views.sent, name="sent"),
    path("<slug:council>/report/sent/files/", views.add_files, name="add-files"),
    path("<slug:council>/report/saved/", views.saved, name="saved"),
    path("<slug:council>/report/<slug:step>/", views.step, name="step"),
    path("<slug:council>/report/<slug:step>/<int:place>/", views.person, name="person"),
    path("<slug:council>/speak-to-a-social-worker/", views.call_back, name="call-back"),
    path("<slug:council>/speak-to-a-social-worker/asked/", views.call_back_asked, name="call-back-asked"),
]

partner = [
    path("", senders.home, name="home"),
    path("new/", sender_new.new, name="new"),
    path("new/typed/", sender_new.typed, name="typed"),
    path("sent/<uuid:key>/", senders.sent, name="sent"),
    path("sent/<uuid:key>/add/", senders.add, name="add"),
    path("day/", sender_days.day, name="day"),
    path("day/<str:day>/", sender_days.of_day, name="of-day"),
    path("notices/", sender_notices.notices, name="notices"),
    path("notices/sample/<slug:form>/", sender_notices.sample, name="notice-sample"),
    path("notices/<uuid:key>/", sender_notices.notice_file, name="notice-file"),
    path("notices/<uuid:key>/refused/", sender_notices.refused, name="notice-refused"),
    path("notices/<uuid:key>/receipts/", sender_notices.receipts, name="notice-receipts"),
    path("test/", sender_tests.tests, name="test"),
    path("people/", sender_people.people, name="people"),
    path("people/new/", sender_people.colleague, name="colleague"),
    path("people/<uuid:key>/end/", sender_people.leaver, name="leaver"),
]
"""Below `/sender/`: people of an agency who send with an account."""

agency = [
    path("", partners.home, name="home"),
    path("asked/<uuid:key>/", partners.asked, name="asked"),
    path("asked/<uuid:key>/typed/", partners.typed, name="typed"),
    path("asked/<uuid:key>/more/<uuid:asked>/", partner_replies.more, name="more"),
    path("asked/<uuid:key>/tell/", partner_unasked.tell, name="tell"),
    path("asked/<uuid:key>/analysis/", partner_together.together, name="together"),
    path("asked/<uuid:key>/confirm/", partner_unasked.confirm, name="confirm-all"),
    path("asked/<uuid:key>/disagree/", partner_objecting.disagree, name="disagree"),
    path("disagreements/<uuid:key>/", partner_objecting.disagreement, name="disagreement"),
    path("minutes/<uuid:key>/", minutes.minutes, name="minutes"),
    path("today/", partner_unasked.today, name="today"),
    path("said/<uuid:key>/correct/", partner_replies.correct, name="correct"),
    path("said/<uuid:key>/withdraw/", partner_replies.withdraw, name="withdraw"),
    path("said/<uuid:key>/confirm/", partner_replies.confirm, name="confirm"),
    path("people/", partner_people.people, name="people"),
    path("people/new/", partner_people.colleague, name="colleague"),
    path("people/<uuid:key>/end/", partner_people.leaver, name="leaver"),
]
"""Below `/partner/`: people of an agency who answer what councils ask it."""
