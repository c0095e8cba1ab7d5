"""Addresses of this room; each names one family's help, or one row of it, by its random key."""

from django.urls import path

from frontdoor.familyhelp.views import assessing, meetings, outcomes, plan, printing, standing, team

app_name = "familyhelp"
council = [
    path("family-help/<uuid:key>/", team.family, name="family"),
    path("family-help/<uuid:key>/team/add/", team.join, name="join"),
    path("family-help/<uuid:key>/team/lead/", team.lead, name="lead"),
    path("family-help/<uuid:key>/team/<uuid:practitioner>/leave/", team.leave, name="leave"),
    path("family-help/<uuid:key>/front-door/", team.worry, name="worry"),
    path("family-help/<uuid:key>/plan/", plan.plan, name="plan"),
    path("family-help/<uuid:key>/plan/goals/add/", plan.goal, name="goal"),
    path("family-help/<uuid:key>/plan/goals/<uuid:goal>/", plan.change_goal, name="change-goal"),
    path("family-help/<uuid:key>/plan/actions/add/", plan.doing, name="doing"),
    path("family-help/<uuid:key>/plan/actions/<uuid:action>/", plan.change_doing, name="change-doing"),
    path("family-help/<uuid:key>/plan/actions/<uuid:action>/outcome/", plan.outcome, name="outcome"),
    path("family-help/<uuid:key>/plan/agree/", plan.agree, name="agree"),
    path("family-help/<uuid:key>/plan/says/<uuid:member>/", plan.say, name="say"),
    path("family-help/<uuid:key>/plan/review/", plan.review, name="review"),
    path("family-help/<uuid:key>/plan/editions/<int:number>/", plan.edition, name="edition"),
    path("family-help/<uuid:key>/plan/editions/<int:number>/print/", printing.print_for, name="print-for"),
    path("family-help/<uuid:key>/plan/prints/<uuid:row>/", printing.printed, name="print"),
    path("family-help/<uuid:key>/meetings/add/", meetings.plan_meeting, name="plan-meeting"),
    path("family-help/<uuid:key>/meetings/<uuid:meeting>/", meetings.meeting, name="meeting"),
    path("family-help/<uuid:key>/meetings/<uuid:meeting>/change/", meetings.change_meeting, name="change-meeting"),
    path("family-help/<uuid:key>/meetings/<uuid:meeting>/cancel/", meetings.cancel_meeting, name="cancel-meeting"),
    path("family-help/<uuid:key>/meetings/<uuid:meeting>/agreed/", meetings.hold_meeting, name="hold-meeting"),
    path("family-help/<uuid:key>/meetings/<uuid:meeting>/actions/add/", meetings.doing, name="meeting-doing"),
    path(
        "family-help/<uuid:key>/meetings/<uuid:meeting>/invitations/<uuid:invited>/", meetings.invitation,
        name="invitation",
    ),
    path(
        "family-help/<uuid:key>/meetings/<uuid:meeting>/invitations/<uuid:invited>/off/", meetings.uninvite,
        name="uninvite",
    ),
    path(
        "family-help/<uuid:key>/meetings/<uuid:meeting>/invitations/<uuid:invited>/send/", meetings.send_invitation,
        name="send-invitation",
    ),
    path("referrals/<uuid:key>/step-down/", standing.step_down, name="step-down"),
    path("family-help/<uuid:key>/standing/", standing.standing, name="standing"),
    path("family-help/<uuid:key>/status/", standing.status, name="status"),
    path("family-help/checks/<uuid:key>/", standing.check, name="check"),
    path("family-help/<uuid:key>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("family-help/<uuid:key>/outcomes/mark/", outcomes.mark, name="mark-outcome"),
    path("family-help/<uuid:key>/outcomes/<uuid:outcome>/", outcomes.evidence, name="evidence"),
    path("early-help/<uuid:key>/assessment/", assessing.assessment, name="assessment"),
    path("early-help/<uuid:key>/assessment/begin/", assessing.begin, name="assessment-begin"),
    path("early-help/<uuid:key>/assessment/share/", assessing.share, name="assessment-share"),
    path("early-help/<uuid:key>/assessment/compare/", assessing.compare, name="assessment-compare"),
    path("early-help/<uuid:key>/assessment/<slug:part>/", assessing.write, name="assessment-write"),
    path("early-help/<uuid:key>/assessment/<slug:part>/keep/", assessing.keep, name="assessment-keep"),
    path("early-help/<uuid:key>/assessment/<slug:part>/<slug:field>/", assessing.earlier, name="assessment-earlier"),
]  # fmt: skip
