// Draws a painted figure with Plotly in the colours that the page's style has in force.

import { themed } from "./facts.js";
import { loadPlotly } from "./load.js";

const NARROW = 480; // px: below this a figure has smaller type and margins
const SMALL = 12;
const CONFIG = { displayModeBar: false, displaylogo: false, scrollZoom: false, doubleClick: false };

/** A figure from the interpreter's JSON, its names of roles turned into colours of `element`. */
export function coloured(text, element) {
  const style = getComputedStyle(element);
  const known = new Map();
  const colour = (role) => {
    if (!known.has(role)) known.set(role, style.getPropertyValue(`--ivig-${role}`).trim() || "#808080");
    return known.get(role);
  };
  return JSON.parse(text.replace(/role\((\w+)(?:,([\d.]+))?\)/g, (_, role, opacity) =>
    opacity === undefined ? colour(role) : colour(role) + hex(opacity)));
}

const hex = (opacity) => Math.round(255 * Number(opacity)).toString(16).padStart(2, "0");

/** Draw, or redraw in place, at the size the element has; `text` is the JSON of a figure. */
export async function plot(element, text) {
  if (text.startsWith('{"svg"')) return draw(element, JSON.parse(text).svg);
  const Plotly = await loadPlotly();
  const { data, layout } = coloured(text, element);
  const { width, height } = element.getBoundingClientRect();
  if (!width || !height) return;
  Object.assign(layout, { width, height });
  if (width < NARROW) {
    layout.font.size = SMALL;
    for (const key of Object.keys(layout)) {
      if (/^[xy]axis/.test(key)) layout[key].title.font.size = SMALL;
    }
    layout.margin = { ...layout.margin, l: Math.min(layout.margin.l, 46), r: Math.min(layout.margin.r, 10), t: 8, b: Math.min(layout.margin.b, 42) };
  }
  await Plotly.react(element, data, layout, CONFIG);
}

/** A drawing comes twice, for wide and for narrow columns. */
function draw(element, { wide, narrow }) {
  const svg = element.parentElement.clientWidth < NARROW ? narrow : wide;
  const own = `${element.closest("[id]").id}-live-`; // ids of the still picture must not come twice
  element.innerHTML = themed(svg).replace(/(id="|url\(#|href="#)(\w)/g, `$1${own}$2`);
  element.firstElementChild.classList.add("main-svg", "drawn");
  Object.assign(element, { data: [], layout: {}, svg }); // as Plotly leaves its figure there
}
