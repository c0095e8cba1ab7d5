"""Bringing services in from feeds, and putting right what feeds say."""
