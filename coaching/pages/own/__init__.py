"""The person's own copy of the plan, as one HTML file in which they write."""
