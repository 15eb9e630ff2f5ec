// Where everything a widget needs comes from: scripts, Python sources, the interpreter, the worker.
// The only file that knows addresses: another way of loading replaces this one, see editions/offline/load.js.

const here = import.meta.url;

/** The worker in which the interpreter lives, and where that loads the interpreter from. */
export const startWorker = async () => ({
  worker: new Worker(new URL("worker.js", here), { type: "module" }),
  files: {
    script: new URL("../vendor/micropython/micropython.mjs", here).href,
    wasm: new URL("../vendor/micropython/micropython.wasm", here).href,
  },
});

const texts = new Map();

/** The source of one Python module of the project, fetched once. */
export function pythonSource(module) {
  if (!texts.has(module)) {
    const address = new URL(`python/${module.replaceAll(".", "/")}.py`, here);
    texts.set(module, fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${address.pathname} could not be loaded (${answer.status})`);
      return answer.text();
    }));
  }
  return texts.get(module);
}

/** The source of a module as highlighted HTML, made by the build. */
export async function sourceView(module) {
  const answer = await fetch(new URL(`source/${module}.html`, here));
  if (!answer.ok) throw new Error(`the source could not be loaded (${answer.status})`);
  return answer.text();
}

let plotly;

/** Plotly, fetched when the first figure comes near. */
export function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL("../vendor/plotly/plotly-basic.min.js", here).href;
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => reject(new Error("the drawing library could not be loaded"));
    document.head.append(script);
  });
  return plotly;
}

/** The address of a widget's own page. */
export const embedAddress = (widget) =>
  new URL(`${document.documentElement.dataset.content_root || "./"}embed/${widget}.html`, document.baseURI).href;
