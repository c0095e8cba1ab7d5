"""Addresses of strategy discussions."""

from django.urls import path

from frontdoor.mash.views import strategy, strategy_writing

_ONE = "strategy-discussions/<uuid:key>/"

council = [
    path("strategy-discussions/", strategy.strategies, name="strategies"),
    path("contacts/<uuid:key>/strategy-discussion/", strategy.begin, name="begin-strategy"),
    path("strategy-discussions/children/<uuid:key>/", strategy.discussed, name="discussed"),
    path(_ONE, strategy.strategy, name="strategy"),
    path(f"{_ONE}ask/", strategy.ask_core, name="strategy-ask-core"),
    path(f"{_ONE}send/", strategy.send, name="strategy-send"),
    path(f"{_ONE}minutes/<int:number>/", strategy.minutes, name="strategy-minutes"),
    path(f"{_ONE}held/", strategy_writing.held, name="strategy-held"),
    path(f"{_ONE}adjourn/", strategy_writing.adjourn, name="strategy-adjourn"),
    path(f"{_ONE}call-off/", strategy_writing.call_off, name="strategy-call-off"),
    path(f"{_ONE}open-again/", strategy_writing.reopen, name="strategy-reopen"),
    path(f"{_ONE}correct/", strategy_writing.correct, name="strategy-correct"),
    path(f"{_ONE}attending/", strategy_writing.attend, name="strategy-attend"),
    path(f"{_ONE}attending/<uuid:row>/", strategy_writing.attended, name="strategy-attended"),
    path(f"{_ONE}issues/", strategy_writing.issue, name="strategy-issue"),
    path(f"{_ONE}issues/<uuid:issue>/", strategy_writing.answer, name="strategy-answer"),
    path(f"{_ONE}record/", strategy_writing.record, name="strategy-record"),
    path(f"{_ONE}children/", strategy_writing.add, name="strategy-add"),
    path(f"{_ONE}children/<uuid:child>/", strategy_writing.child, name="strategy-child"),
    path(f"{_ONE}actions/", strategy_writing.act, name="strategy-act"),
    path(f"{_ONE}sign/", strategy_writing.sign, name="strategy-sign"),
]
