"""The application: a home of workbooks, and what is done with them. It knows no screen."""
