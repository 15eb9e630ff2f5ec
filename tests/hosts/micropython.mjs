// The page's own worker in Node: one JSON message a line in, one JSON answer a line out.
// Nothing of it is rewritten here: worker.js is the file that the built page starts.

import { createHash } from "node:crypto";
import { createInterface } from "node:readline";

const ROOT = new URL("../../", import.meta.url);
const INTERPRETER = new URL("node_modules/@micropython/micropython-webassembly-pyscript/", ROOT);

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

/** What MicroPython has under a folder: path below /python -> SHA-256 of the file's bytes. */
function held(files, folder = "/python", found = {}) {
  for (const name of files.readdir(folder).filter((name) => !name.startsWith("."))) {
    const path = `${folder}/${name}`;
    if (files.isDir(files.stat(path).mode)) held(files, path, found);
    else found[path.slice("/python/".length)] = createHash("sha256").update(files.readFile(path)).digest("hex");
  }
  return found;
}

globalThis.postMessage = say;
await import(new URL("widgets/hosts/page/worker.js", ROOT));

const files = {
  script: new URL("micropython.mjs", INTERPRETER).href,
  wasm: new URL("micropython.wasm", INTERPRETER).href,
};
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.kind === "held") {
    say({ id: message.id, answer: held(globalThis.Module.FS) }); // the interpreter leaves its Module there
  } else globalThis.onmessage({ data: message.kind === "start" ? { ...message, files } : message });
}
