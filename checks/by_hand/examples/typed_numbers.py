"""Source text of example cells in which a student types numbers."""

NAMES = {
    "forward": "s3 s4 o3 o4 s5 s6 o5 o6",
    "error_signals": "delta5 delta6 delta3 delta4",
    "gradients": "g53 g54 g63 g64 g31 g32 g41 g42",
    "update": "w53 w54 w63 w64 w31 w32 w41 w42",
}
"""The names of the numbers of each question that is answered with a mapping, in order."""


def typed(question: str, values: dict[str, str]) -> dict[str, str]:
    """Return cells in which a student types numbers, from what stands right of the equals sign or, for a mapping, from
    its numbers in order, separated by commas."""
    if question not in NAMES:
        return {name: f"{question} = {value}\n" for name, value in values.items()}
    return {name: f"{question} = {{{_entries(NAMES[question].split(), value)}}}\n" for name, value in values.items()}


def _entries(names: list[str], value: str) -> str:
    numbers = [number.strip() for number in value.split(",")]
    return ", ".join(f'"{name}": {number}' for name, number in zip(names, numbers, strict=True))
