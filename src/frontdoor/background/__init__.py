"""Work done after the answer was given: jobs kept in the database beside what they are about."""
