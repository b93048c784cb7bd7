"""What `ipywidgets.Output` shows: kept with the widget, and told to its process, as a notebook's page does."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from nbclient.output_widget import OutputWidget as NbclientOutputWidget
from nbformat.v4 import output_from_msg

REGISTRY_MODULE, REGISTRY_NAME = "@jupyter-widgets/output", "OutputModel"


class OutputWidget(NbclientOutputWidget):  # type: ignore[misc]
    """An output widget of a page, whose work for each output does not grow with what it shows already."""

    clear_before_next_output: bool

    def sync_state(self) -> None:
        """Have its process told what it shows, before the next cell."""
        self.kernel_client.changed[self.comm_id] = self

    def output(self, outs: list[Any], msg: dict[str, Any], display_id: str | None, cell_index: int) -> None:
        """Take an output."""
        if self.clear_before_next_output:
            self.clear_output(outs, {**msg, "content": {}}, cell_index)
            self.clear_before_next_output = False
        self.outputs.append(output_from_msg(msg))  # type: ignore[no-untyped-call]
        self.executor.widget_state[self.comm_id]["outputs"] = self.outputs
        self.sync_state()

    def told(self) -> dict[str, Any]:
        """Return the content of the message that tells its process what it shows, with lines joined that belong so."""
        self.outputs[:] = _joined(self.outputs)
        state = {"outputs": self.outputs}
        return {"comm_id": self.comm_id, "data": {"method": "update", "state": state, "buffer_paths": []}}


def _joined(outputs: Iterable[Any]) -> list[Any]:
    """Return outputs in which what was printed one after the other is one."""
    joined: list[Any] = []
    for stream, some in groupby(outputs, lambda one: one["output_type"] == "stream" and one["name"]):
        first, *others = some
        if stream:
            first["text"] = "".join(one["text"] for one in (first, *others))
        joined += [first] if stream else [first, *others]
    return joined
