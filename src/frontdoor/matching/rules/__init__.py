"""How two mentions of people are compared, and what a person may say of them: pure."""
