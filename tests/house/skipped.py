"""What a test raises that cannot run here."""


class Skipped(Exception):
    """This machine cannot run the test; the message says why."""
