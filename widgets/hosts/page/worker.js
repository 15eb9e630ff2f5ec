// The worker: MicroPython with the project's Python files. JSON in, JSON out; see hosts/browser.py.

let python;

const handlers = {
  async start({ files }) {
    if (files.script) await import(files.script); // else it is in front of this text, see editions/offline
    python = await globalThis.loadMicroPython({ url: files.wasm, heapsize: 8 * 1024 * 1024 });
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
    python.globals.set("request", request);
    python.runPython("from widgets.hosts.browser import answer\nanswered = answer(request)");
    return python.globals.get("answered");
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
