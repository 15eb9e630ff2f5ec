// The state of the page's widgets in its address: #igg_level?dose=1000&interval=21;other?level=8
// Whatever comes in is only ever compared with what a control offers.

const SWITCH = new Map([["true", true], ["1", true], ["false", false], ["0", false]]);
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** The value a control takes for a text from the address, or undefined where it takes none. */
export function accepted(control, text) {
  if (control.kind === "toggle") return SWITCH.get(text);
  if (control.kind === "choice") {
    return control.options.find((option) => String(option.value) === text)?.value;
  }
  if (!NUMBER.test(text)) return undefined;
  return settled(control, Number(text));
}

/** The nearest value that a slider offers; undefined for what is no number. */
export function settled(control, number) {
  if (Number.isNaN(number)) return undefined;
  const inside = Math.min(control.max, Math.max(control.min, number));
  if (control.grid) {
    return control.grid.reduce((best, value) => (Math.abs(value - inside) < Math.abs(best - inside) ? value : best));
  }
  const steps = Math.min(Math.round((inside - control.min) / control.step),
    Math.floor((control.max - control.min) / control.step + 1e-9));
  return Number((control.min + steps * control.step).toPrecision(12));
}

/** The states in an address: a map from a widget's id to its pairs of name and text. */
export function read(hash) {
  const states = new Map();
  for (const part of hash.replace(/^#/, "").split(";")) {
    const [, id, query] = /^([\w-]+)\?(.*)$/.exec(part) ?? [];
    if (id) states.set(id, [...new URLSearchParams(query)]);
  }
  return states;
}

const written = new Map(); // id -> its part of the address
let timer;

/** Write one widget's state (name -> value); an empty one leaves the address. */
export function write(id, state) {
  const part = partFor(id, state);
  if (part) written.set(id, part);
  else written.delete(id);
  clearTimeout(timer);
  timer = setTimeout(flush, 200); // browsers allow only so many changes of the address in a while
}

function flush() {
  const hash = [...written.values()].join(";");
  if (hash || location.hash.includes("?")) {
    history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  }
}

/** The page's address with this widget's state in it, whatever has been written yet. */
export function linkTo(id, state, base = location.href) {
  const url = new URL(base);
  url.hash = partFor(id, state) || id;
  return url.href;
}

/** One widget's part of an address; empty where nothing differs from its start. */
function partFor(id, state) {
  const query = new URLSearchParams(Object.entries(state).map(([name, value]) => [name, String(value)]));
  return String(query) && `${id}?${String(query).replaceAll("%CE%B3", "γ")}`;
}
