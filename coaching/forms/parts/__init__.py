"""The parts of a session, one form each."""
