"""What the figures share: programs and their costs, the private session, rows, the report."""
