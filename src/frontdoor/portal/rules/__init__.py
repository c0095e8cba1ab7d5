"""The public report as a journey: which page comes when, and what a kept draft says as a report."""
