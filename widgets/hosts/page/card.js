// One widget on the page: its controls, its figure, its sentence, its tools.

import { line, prepare } from "./interpreter.js";
import { accepted, linkTo, settled, write } from "./address.js";
import { embedAddress, sourceView } from "./load.js";
import { plot } from "./plot.js";
import { fillFacts, search } from "./facts.js";
import { fillTables, saveCsv } from "./numbers.js";

/** Bind a card's HTML; it draws and computes only after wake(). */
export function mount(element) {
  const part = (selector) => element.querySelector(selector);
  const data = JSON.parse(part("script.data").textContent);
  const controls = new Map(data.controls.map((control) => [control.name, control]));
  const values = { ...data.start };
  const ask = line();
  const picture = part(".plot");
  let drawn = { figure: JSON.stringify(data.figure), sentence: data.sentence };
  let awake = false;
  let computing; // a promise once the interpreter is wanted
  let size = "";

  // ---- what the reader sees -----------------------------------------------------------------

  async function paint() {
    if (!awake) return;
    const first = picture.hidden;
    if (first) {
      picture.hidden = false;
      picture.classList.add("measuring");
    }
    try {
      await plot(picture, drawn.figure);
      part(".stills").hidden = true;
      picture.classList.remove("measuring");
    } catch (error) {
      if (first) picture.hidden = true;
      complain(`The figure cannot be drawn: ${error.message}. It shows its opening state.`);
    }
  }

  function complain(message) {
    const problem = part(".problem");
    problem.textContent = message;
    problem.hidden = !message;
  }

  function showControl(name) {
    const control = controls.get(name);
    const box = part(`[data-control="${name}"]`);
    const value = values[name];
    if (control.kind === "toggle") box.querySelector("input").checked = value;
    else if (control.kind === "choice") box.querySelector("select").value = value;
    else {
      const range = box.querySelector("input[type=range]");
      const exact = box.querySelector("input[type=number]");
      range.value = control.grid ? control.grid.indexOf(settled(control, value)) : value;
      range.setAttribute("aria-valuetext", `${value} ${control.unit}`.trim());
      if (document.activeElement !== exact) exact.value = value;
    }
  }

  function inWords(control) {
    const value = values[control.name];
    if (control.kind === "toggle") return `${control.label}: ${value ? "yes" : "no"}`;
    if (control.kind === "choice") {
      return `${control.label}: ${control.options.find((option) => option.value === value).label}`;
    }
    return `${control.label}: ${value} ${control.unit}`.trim();
  }

  /** For print, where the controls are hidden. */
  function sayValues() {
    part(".values").textContent = data.controls.map(inWords).join(" · ");
  }
  sayValues();

  // ---- computing ------------------------------------------------------------------------------

  const request = (want) => ({ module: data.module, start: data.start, values: { ...values }, want });

  function wakeInterpreter() {
    computing ??= prepare(data.modules).catch((error) => {
      element.classList.add("still-only");
      part(".controls").inert = true;
      complain(`Live figures need WebAssembly and web workers, and here ${error.message}. `
        + "The figure stays at its opening state.");
      throw error;
    });
    return computing;
  }

  async function compute() {
    sayValues();
    write(element.id, changed());
    try {
      await wakeInterpreter();
    } catch {
      Object.assign(values, data.start); // the controls say what the figure shows
      Object.keys(values).forEach(showControl);
      sayValues();
      return;
    }
    try {
      const asked = request("figure");
      const answer = await ask(asked);
      if (answer === undefined) return; // a newer state is on its way
      const { figure, sentence, table } = JSON.parse(answer);
      drawn = { figure: JSON.stringify(figure), sentence }; // text, until its colours are known
      complain("");
      part(".sentence").textContent = drawn.sentence;
      if (table) fillFacts(part(".facts"), table, data.known);
      await paint();
      element.dataset.state = JSON.stringify(asked.values);
      refreshTables();
    } catch (error) {
      complain(`The model cannot answer this: ${lastLine(error.message)} The figure shows the last state that worked.`);
    }
  }

  const lastLine = (message) => message.trim().split("\n").at(-1);

  const differing = (from) => Object.fromEntries(
    Object.entries(values).filter(([name, value]) => value !== from[name]));
  const changed = () => differing(data.start);
  // the widget's own page opens at the controls' values, whatever this page's cell says
  const changedAlone = () => differing(Object.fromEntries(data.controls.map(({ name, value }) => [name, value])));

  // a preset sets the scene; a choice that no preset makes is what is looked at, and stays
  const made = new Set(Object.values(data.presets).flatMap(Object.keys));
  const choices = () => Object.fromEntries(data.controls
    .filter(({ kind, name }) => kind === "choice" && !made.has(name)).map(({ name }) => [name, values[name]]));

  function set(changes) {
    Object.assign(values, changes);
    Object.keys(changes).forEach(showControl);
    return compute();
  }

  // ---- the numbers --------------------------------------------------------------------------------

  let tableTimer;
  const tableAsk = line();
  function refreshTables() {
    clearTimeout(tableTimer);
    if (!part(".numbers")?.open) return;
    tableTimer = setTimeout(async () => {
      try {
        await wakeInterpreter();
        const answer = await tableAsk(request("tables"));
        if (answer !== undefined) fillTables(part(".numbers .scroll"), JSON.parse(answer));
      } catch {
        // the reader is told beside the figure
      }
    }, 150);
  }
  part(".numbers")?.addEventListener("toggle", () => awake && computing && refreshTables());

  // ---- what is fetched when a reader asks for it ------------------------------------------------------

  part(".facts input")?.addEventListener("input", () => search(part(".facts")));
  part(".code").addEventListener("toggle", () => {
    for (const place of element.querySelectorAll(".code [data-module]:empty")) {
      sourceView(place.dataset.module).then((html) => { place.innerHTML = html; }, () => {}); // the link stays
    }
  });

  // ---- what the reader does -----------------------------------------------------------------------

  part(".controls").addEventListener("submit", (event) => event.preventDefault());
  part(".controls").addEventListener("input", ({ target }) => {
    const name = target.closest("[data-control]")?.dataset.control;
    const control = controls.get(name);
    if (!control) return;
    if (target.type === "checkbox") set({ [name]: target.checked });
    else if (target.type === "range") set({ [name]: control.grid ? control.grid[Number(target.value)] : Number(target.value) });
    else if (target.type === "number") {
      const number = target.valueAsNumber; // while typing, a value that is not yet one is left alone
      if (number >= control.min && number <= control.max) set({ [name]: settled(control, number) });
    } else set({ [name]: accepted(control, target.value) });
  });
  part(".controls").addEventListener("change", ({ target }) => {
    if (target.type !== "number") return;
    const name = target.closest("[data-control]").dataset.control;
    const value = settled(controls.get(name), target.valueAsNumber);
    if (value !== undefined && value !== values[name]) set({ [name]: value });
    target.value = values[name];
  });

  const tools = {
    reset: () => set({ ...data.start }),
    async link(button) {
      await copied(button, linkTo(element.id, changed()));
    },
    async csv(button) {
      try {
        await wakeInterpreter();
        saveCsv(`${element.dataset.widget}.csv`, JSON.parse(await line()(request("file"))));
      } catch (error) {
        told(button, "Not possible here");
      }
    },
    embed(button) {
      const box = part(".snippet");
      box.hidden = !box.hidden;
      button.setAttribute("aria-expanded", String(!box.hidden));
      if (!box.hidden) {
        const address = linkTo(element.dataset.widget, changedAlone(), embedAddress(element.dataset.widget));
        const area = box.querySelector("textarea");
        area.value = snippet(address, part(".title").textContent);
        area.focus();
        area.select();
      }
    },
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (element.requestFullscreen) element.requestFullscreen();
      else element.classList.toggle("full"); // phones that allow no full screen
    },
  };
  element.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button?.dataset.tool) tools[button.dataset.tool](button);
    else if (button?.dataset.preset) set({ ...data.start, ...choices(), ...data.presets[button.dataset.preset] });
  });

  new ResizeObserver(([{ contentRect }]) => {
    const now = `${Math.round(contentRect.width)}x${Math.round(contentRect.height)}`;
    if (now !== size && size) paint();
    size = now;
  }).observe(part(".chart"));

  return {
    wake() {
      if (awake) return;
      awake = true;
      paint();
      wakeInterpreter().catch(() => {});
    },
    adopt(pairs) {
      const state = { ...data.start };
      for (const [name, text] of pairs) {
        const control = controls.get(name);
        const value = control && accepted(control, text);
        if (value !== undefined) state[name] = value;
      }
      set(state);
    },
    repaint: paint,
  };
}

async function copied(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    told(button, "Copied");
  } catch {
    told(button, "Copy it from the address bar");
  }
}

function told(button, words) {
  const before = button.dataset.words ?? button.textContent;
  button.dataset.words = before;
  button.textContent = words;
  setTimeout(() => { button.textContent = before; }, 2000);
}

function snippet(address, title) {
  const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="760" style="border:0" loading="lazy"></iframe>\n`
    + `<script>addEventListener("message",function(e){if(e.data&&e.data.type==="ivig-widget-height")`
    + `document.querySelectorAll("iframe").forEach(function(f){if(f.contentWindow===e.source)f.height=e.data.height})})</script>`;
}
