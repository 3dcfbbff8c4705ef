#!/bin/bash
# Ring fuzz: a hostile producer against the frame queue's checks; `make fuzz` is the long form.
exec "$(dirname "$0")/../fuzz.sh" --count 200000
