"""What is passed to an assessment team: picked up, the child seen and seen alone, and the dates that follow."""
