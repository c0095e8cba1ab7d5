"""The rules of a plan with a family: pure, without database or clock."""
