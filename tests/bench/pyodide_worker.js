// The product's worker.js with Pyodide in MicroPython's place; everything else on the page is the same.

import { loadPyodide } from "/npm/pyodide/pyodide.mjs";

let python;
let answer;

const handlers = {
  async start() {
    python = await loadPyodide({ indexURL: "/npm/pyodide/" });
    python.runPython("import sys\nsys.path.insert(0, '/python')");
    python.FS.mkdir("/python");
  },
  async sources({ sources }) {
    for (const [module, text] of sources) {
      const parts = module.split(".");
      for (let i = 1; i < parts.length; i++) {
        const folder = "/python/" + parts.slice(0, i).join("/");
        if (!python.FS.analyzePath(folder).exists) python.FS.mkdir(folder);
      }
      python.FS.writeFile(`/python/${parts.join("/")}.py`, text);
    }
  },
  async ask({ request }) {
    answer ??= python.runPython("from widgets.hosts.browser import answer\nanswer");
    return answer(request);
  },
};

let queue = Promise.resolve();

onmessage = ({ data }) => {
  queue = queue.then(async () => {
    try {
      postMessage({ id: data.id, answer: await handlers[data.kind](data) });
    } catch (error) {
      postMessage({ id: data.id, error: String(error?.message ?? error) });
    }
  });
};
