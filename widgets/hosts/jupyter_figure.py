"""Plotly's FigureWidget as the Jupyter host needs it: sure to be drawn, and changed in place.

A FigureWidget brings five megabytes of script, each one its own copy, and anywidget drops every message to
a widget whose script was not ready within two seconds: a figure then stays empty. Here a figure brings a
small loader that is ready at once, and all figures of a notebook share one copy of Plotly's script.
"""

import functools

import ipywidgets
import traitlets
from plotly.graph_objects import FigureWidget

LOADER = """
const MESSAGES = ["addTraces", "deleteTraces", "restyle", "relayout", "update"].map((name) => `_py2js_${name}`);

async function script(model) {
  const holder = await model.widget_manager.get_model(model.get("_script"));
  const url = URL.createObjectURL(new Blob([holder.get("value")], { type: "text/javascript" }));
  return (await import(url)).default;
}

const laidOut = (element) => new Promise((resolve) => {
  const observer = new ResizeObserver(() => element.clientWidth && (observer.disconnect(), resolve()));
  observer.observe(element);
});

export default () => {
  let figure, ready;
  return {
    initialize({ model }) {
      const missed = []; // what Python said while the script was loading
      for (const name of MESSAGES) {
        model.on("change:" + name, () => figure || (model.get(name) && missed.push([name, model.get(name)])));
      }
      globalThis.ivigPlotly ??= script(model);
      ready = globalThis.ivigPlotly.then((make) => {
        figure = make();
        figure.initialize({ model });
        for (const [name, message] of missed) {
          model.set(name, message);
          model.set(name, null);
        }
      });
    },
    async render({ model, el }) {
      await Promise.all([ready, laidOut(el)]); // drawn earlier, it would not know its width
      return figure.render({ model, el });
    },
  };
};
"""


@functools.cache
def script_holder():
    """The ipywidget that carries Plotly's script to the browser, once for a kernel."""
    return ipywidgets.Text(str(FigureWidget._esm))


class LiveFigure(FigureWidget):
    """A figure (a dict with data and layout) that can become another one."""

    _esm = LOADER
    _script = traitlets.Unicode().tag(sync=True)  # the id of its holder

    def __init__(self, figure):
        super().__init__(figure["data"], {**figure["layout"], "template": "none", "autosize": True})
        self._drawn = figure

    @traitlets.default("_script")
    def _find_script(self):
        return script_holder().model_id

    def become(self, wanted):
        """Show the figure `wanted`.

        Only what differs is sent, in one message, and what `wanted` lacks is removed. A trace too many is
        hidden and not deleted, since a deletion flickers.
        """
        old, new = self._drawn["data"], wanted["data"]
        if any(before["type"] != after["type"] for before, after in zip(old, new)):
            self.data, old = [], []
        new = new + [{**spare, "visible": False} for spare in old[len(new):]]
        traces = [(_leaves(before), _leaves(after)) for before, after in zip(old, new)]
        frame = _leaves(self._drawn["layout"]), _leaves(wanted["layout"])
        self.update_layout({key: {} for key in wanted["layout"] if "axis" in key})  # so that their paths exist
        self.plotly_update({path: [after.get(path) for before, after in traces] for path in _changed(traces)},
                           {path: frame[1].get(path) for path in _changed([frame])})
        if len(new) > len(old):
            self.add_traces(new[len(old):])
        self._drawn = {"data": new, "layout": wanted["layout"]}


def _leaves(part, path=""):
    """A nested dict as a flat one, by Plotly's paths such as "marker.line.color"."""
    flat = {}
    for key, value in part.items():
        nested = isinstance(value, dict) and key != "meta"
        flat.update(_leaves(value, f"{path}{key}.") if nested else {path + key: value})
    return flat


def _changed(pairs):
    return {path for one, other in pairs for path in {**one, **other} if one.get(path) != other.get(path)}
