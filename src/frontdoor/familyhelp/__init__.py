"""What is done with a family that was taken on: its team, assessment, plan, reviews, and what came of it."""
