// The counterpart of widgets/hosts/page/load.js for a book on a disk, where a page may load scripts and nothing else.
// What the website fetches lies here in "pieces": scripts that each add one entry to ivigPieces, see ../offline.py.

export { embedAddress, loadPlotly } from "./load_online.js";

const here = import.meta.url; // of the bundle: ../offline.py sees to it
const loading = new Map();

function piece(name) {
  if (!loading.has(name)) {
    loading.set(name, new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(`../offline/${name}.js`, here).href;
      script.onload = () => resolve(globalThis.ivigPieces[name]);
      script.onerror = () => reject(new Error(
        `the file _static/offline/${name}.js cannot be read (unpack the whole archive, then open its index.html)`));
      document.head.append(script);
    }));
  }
  return loading.get(name);
}

/** The worker in which the interpreter lives, from its text, and the interpreter's WebAssembly as an address. */
export async function startWorker() {
  const { script, wasm } = await piece("interpreter");
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return { worker: new Worker(address), files: { wasm } };
}

/** The source of one Python module of the project. */
export const pythonSource = async (module) => (await piece("python"))[module];

/** The source of a module as highlighted HTML, made by the build. */
export const sourceView = (module) => piece(`source/${module}`);
