// Loaded in the worker before the product's own script: says with every answer how long the work took
// and how large the WebAssembly memory is. Chromium slows the CPU of pages only, not of workers; so for
// a slowed machine every answer is held back until the work has taken `slower` times as long.

const { searchParams } = new URL(location.href);
const slower = Number(searchParams.get("slower") ?? 1);

let memory;
const { instantiate, instantiateStreaming } = WebAssembly;
const kept = async (made) => {
  const { instance } = await made;
  memory = Object.values(instance.exports).find((part) => part instanceof WebAssembly.Memory) ?? memory;
  return made;
};
WebAssembly.instantiate = (...args) => (
  args[0] instanceof WebAssembly.Module ? instantiate(...args) : kept(instantiate(...args)));
WebAssembly.instantiateStreaming = (...args) => kept(instantiateStreaming(...args));

let since = 0; // when the work on the message at hand could begin
let handler;
Object.defineProperty(self, "onmessage", {
  get: () => handler,
  set(made) {
    handler = (event) => {
      since = performance.now();
      made(event);
    };
    self.addEventListener("message", handler);
  },
});

const send = self.postMessage.bind(self);
self.postMessage = (message) => {
  const took = performance.now() - since;
  const answer = { ...message, took: took * slower, memory: memory?.buffer.byteLength };
  if (slower > 1) setTimeout(() => send(answer), took * (slower - 1));
  else send(answer);
};
