"""Agencies, teams, functions, and the delegations in force between councils."""
