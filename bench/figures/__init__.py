"""What `make bench` measures: one module a figure, each with TITLE and measure(bench), which gives its rows."""
