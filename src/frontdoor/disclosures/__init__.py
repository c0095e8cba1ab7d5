"""Requests for information: who asks, on which basis, what was found and told, and the ledger of it."""
