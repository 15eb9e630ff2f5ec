// The page's one interpreter: started when first needed, asked one thing at a time, newest first.

import { pythonSource, startWorker } from "./load.js";

let worker;
let ready;
let last = 0;
const open = new Map(); // id -> the promise's ends
const known = new Map(); // module -> the promise that the worker has its source

function send(message) {
  return new Promise((resolve, reject) => {
    last += 1;
    open.set(last, { resolve, reject });
    worker.postMessage({ ...message, id: last });
  });
}

function start() {
  ready ??= (async () => {
    if (typeof Worker === "undefined" || typeof WebAssembly === "undefined") {
      throw new Error("this browser has WebAssembly or workers switched off");
    }
    const started = await startWorker();
    worker = started.worker;
    worker.onmessage = ({ data }) => {
      const ends = open.get(data.id);
      open.delete(data.id);
      if (data.error === undefined) ends.resolve(data.answer);
      else ends.reject(new Error(data.error));
    };
    const broken = new Promise((_, reject) => {
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error("the worker that computes could not be started"));
      };
    });
    await Promise.race([send({ kind: "start", files: started.files }), broken]);
  })();
  return ready;
}

/** Start the interpreter with these modules; rejects where the browser cannot run it. */
export function prepare(modules) {
  for (const module of modules.filter((name) => !known.has(name))) {
    known.set(module, Promise.all([pythonSource(module), start()])
      .then(([text]) => send({ kind: "sources", sources: [[module, text]] })));
  }
  return Promise.all(modules.map((module) => known.get(module)));
}

/**
 * A line to the interpreter on which only the newest request counts: while one is computed, a newer
 * one waits and an older waiting one is dropped (its promise gives undefined).
 */
export function line() {
  let busy = false;
  let waiting;
  async function next(request, ends) {
    busy = true;
    try {
      ends.resolve(await send({ kind: "ask", request: JSON.stringify(request) }));
    } catch (error) {
      ends.reject(error);
    }
    busy = false;
    if (waiting) {
      const { request: newer, ends: newerEnds } = waiting;
      waiting = undefined;
      next(newer, newerEnds);
    }
  }
  return (request) => new Promise((resolve, reject) => {
    const ends = { resolve, reject };
    if (!busy) return void next(request, ends);
    waiting?.ends.resolve(undefined);
    waiting = { request, ends };
  });
}
