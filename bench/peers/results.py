# Copyright: as the rest of Tubelet, Apache License 2.0.
"""Files that Tubelet's measurements leave, and complaints about them."""

import json


class Refusal(Exception):
    """Something the user can mend, in one sentence."""


def read(option, file, form, command):
    """The content of a file that a command of Tubelet has written in this form."""
    try:
        with open(file, encoding="utf-8") as stream:
            results = json.load(stream)
    except OSError as missing:
        raise Refusal(f"{option} {file}: {missing.strerror}") from missing
    except ValueError as broken:
        raise Refusal(f"{option} {file} is not JSON: {broken}") from broken
    if not isinstance(results, dict) or results.get("format") != form:
        raise Refusal(f"{option} {file} was not written by '{command}' (format {form})")
    return results
