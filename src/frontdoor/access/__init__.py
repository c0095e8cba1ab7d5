"""Sign-in, posts and roles: who may enter, and what that reaches today."""
