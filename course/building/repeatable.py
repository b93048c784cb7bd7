"""Take from a built notebook what differs from one build to the next although nothing has changed."""

import re
from typing import Any

from .sources import KERNELSPEC, LANGUAGE

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{6,16}\b")
FIRST_RUN = re.compile(r"(?m)^.*(building the font cache|temporary cache directory).*\n?")


def repeatable(notebook: Any, **metadata: Any) -> Any:
    """Return `notebook`, changed in place, without stamps of time and place, and with exactly the given metadata
    besides kernel and language."""
    notebook.metadata = {"kernelspec": dict(KERNELSPEC), "language_info": dict(LANGUAGE), **metadata}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("lines_to_next_cell", None)
        if cell.cell_type == "code":
            cell.outputs = [output for output in map(_settled, _joined(cell.outputs)) if output is not None]
    return notebook


def _joined(outputs: list[Any]) -> list[Any]:
    """Join neighbouring pieces of one stream: where a kernel cuts them is a matter of timing."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


def _settled(output: Any) -> Any | None:
    if output.output_type == "stream":
        output.text = ADDRESS.sub("0x...", FIRST_RUN.sub("", output.text))
        return output if output.text else None
    if output.output_type == "error":
        output.evalue = ADDRESS.sub("0x...", output.evalue)
        output.traceback = [ADDRESS.sub("0x...", line) for line in output.traceback]
        return output
    output.metadata.pop("iopub", None)
    output.pop("transient", None)
    if output.data.pop(WIDGET_VIEW, None) is not None and set(output.data) <= {"text/plain"}:
        return None  # a widget lives only as long as its kernel, and its model id is drawn at random
    for kind, content in output.data.items():
        if kind in ("text/plain", "text/html", "text/markdown") and isinstance(content, str):
            output.data[kind] = ADDRESS.sub("0x...", content)
    return output
