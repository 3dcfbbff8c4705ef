#!/usr/bin/env python3
"""trx.py REPORT…: turns the test host's reports into result lines (pass|fail|skip, name, reason), one per test."""
import sys
import xml.etree.ElementTree as xml

NS = {"t": "http://microsoft.com/schemas/VisualStudio/TeamTest/2010"}
KINDS = {"Passed": "pass", "NotExecuted": "skip"}


def lines(path):
    for result in xml.parse(path).getroot().iterfind(".//t:UnitTestResult", NS):
        kind = KINDS.get(result.get("outcome"), "fail")
        message = result.find("t:Output/t:ErrorInfo/t:Message", NS)
        output = result.find("t:Output/t:StdOut", NS)
        reason = next((e.text for e in (message, output) if e is not None and e.text), "")
        first = " ".join(reason.split())[:300] if kind != "pass" else ""
        # Some hosts write the quotes of a test's arguments with a backslash.
        name = " ".join(result.get("testName").split()).replace('\\"', '"')
        yield "\t".join((kind, name, first))


for report in sys.argv[1:]:
    for line in lines(report):
        print(line)
