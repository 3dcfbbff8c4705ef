"""Makes manual pages: what roff needs, and what each kind of page is made of."""
