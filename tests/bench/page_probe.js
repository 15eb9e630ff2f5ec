// Runs before anything else in a measured page. Takes times from outside the product: the key's own
// time stamp, the messages to and from the worker, the calls of Plotly, the frame that shows it.
// `benchOptions` is set before this: {press: focus the first slider as soon as the page is loaded,
// slower: how many times the worker's work is stretched}.

(() => {
  const now = () => performance.now();
  const bench = globalThis.bench = { marks: {}, worker: {} };
  const afterPaint = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel(); // its task runs when this frame has been painted
    channel.port1.onmessage = () => then(now());
    channel.port2.postMessage(0);
  });
  const mark = (name) => { bench.marks[name] ??= now(); };

  // ---- loading ---------------------------------------------------------------------------------
  (function look() {
    const card = document.querySelector(".ivig-widget");
    const still = [...document.querySelectorAll(".ivig-widget .still svg")].some((svg) => svg.clientWidth);
    if (still || (card && document.readyState === "complete")) afterPaint(() => mark("still"));
    else requestAnimationFrame(look);
  })();
  addEventListener("load", () => {
    mark("load");
    if (globalThis.benchOptions.press) document.querySelector(".ivig-widget input[type=range]").focus();
  });

  // ---- one move: from a key to the frame that shows what it changed --------------------------------
  let move; // the one under way
  function begin(time) {
    move = { key: time };
    move.done = new Promise((resolve) => { move.resolve = resolve; });
  }
  addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow") && (event.target.type === "range" || event.target.localName === "select")) {
      begin(event.timeStamp);
    }
  }, true);
  new MutationObserver(() => {
    if (!move) return;
    move.state = true;
    const mine = move;
    if (mine.answered === undefined || mine.react !== undefined) return;
    mine.react = mine.drawn = now(); // a drawing, which needs no Plotly
    afterPaint((time) => { mine.painted = time; mine.resolve(mine); });
  })
    .observe(document, { subtree: true, attributeFilter: ["data-state"] });

  let lastSize;
  globalThis.Worker = class extends Worker {
    constructor(address, options) {
      const { slower } = globalThis.benchOptions;
      super(`/bench/worker.js?slower=${slower}&real=${encodeURIComponent(address)}`, options);
      const kinds = new Map();
      this.kinds = kinds;
      this.addEventListener("message", ({ data }) => {
        const kind = kinds.get(data.id);
        kinds.delete(data.id);
        if (kind === "sources") mark("ready");
        if (kind === "ask" && move) Object.assign(move, { answered: now(), compute: data.took });
        if (data.memory) lastSize = data.memory;
      });
    }
    postMessage(message) {
      this.kinds.set(message.id, message.kind);
      if (message.kind === "ask" && move) move.asked = now();
      super.postMessage(message);
    }
  };
  bench.memory = () => lastSize;

  let plotly;
  Object.defineProperty(globalThis, "Plotly", {
    configurable: true,
    get: () => plotly,
    set(library) {
      plotly = library;
      const react = library.react;
      library.react = (...args) => {
        const mine = move;
        const shows = mine?.answered !== undefined && mine.react === undefined;
        if (shows) mine.react = now();
        const drawing = react(...args);
        drawing.then(() => {
          if (bench.marks.plotly === undefined) afterPaint(() => mark("plotly"));
          if (!shows) return;
          mine.drawn = now();
          if (bench.unpainted) return void mine.resolve(mine);
          afterPaint((time) => { mine.painted = time; mine.resolve(mine); });
        });
        return drawing;
      };
    },
  });

  // ---- asked by the bench ----------------------------------------------------------------------------
  function within(promise, time) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no new figure within ${time} ms`)), time);
    });
    return Promise.race([promise, late]).finally(() => clearTimeout(timer));
  }

  /** Milliseconds of a fixed loop on this thread: how fast the machine is just now, and how slowed. */
  bench.loop = () => {
    const times = [];
    for (let n = 0; n < 5; n++) {
      const start = now();
      let sum = 0;
      for (let i = 0; i < 4e6; i++) sum += Math.sqrt(i);
      times.push(now() - start + (sum < 0));
    }
    return times.sort((a, b) => a - b)[2];
  };

  /** The times of the move under way, when it is painted; a pause keeps keys out of step with frames. */
  bench.settled = async (pause, patience = 8000) => {
    const { key, asked, answered, compute, react, drawn, painted, state } = await within(move.done, patience);
    if (!state) throw new Error("a figure was painted, but the card's state did not change");
    move = undefined;
    const one = document.activeElement;
    const [value, min, max] = one.localName === "select" ? [one.selectedIndex, 0, one.length - 1]
      : [Number(one.value), Number(one.min), Number(one.max)];
    const end = value === max ? "top" : value === min ? "bottom" : "";
    if (pause) await new Promise((go) => setTimeout(go, pause));
    return { key, asked, answered, compute, react, drawn, painted, end };
  };

  /** Moves without a keyboard, to and fro on one slider, each drawn; for what stays in memory. */
  bench.sweep = async (selector, times) => {
    const range = document.querySelector(selector);
    bench.unpainted = true;
    let up = true;
    for (let i = 0; i < times; i++) {
      const before = range.value;
      range[up ? "stepUp" : "stepDown"]();
      if (range.value === before) {
        up = !up;
        range[up ? "stepUp" : "stepDown"]();
      }
      begin(now());
      range.dispatchEvent(new Event("input", { bubbles: true }));
      await within(move.done, 8000);
      if (i % 10 === 0) await new Promise(afterPaint); // frames and the collector have their turn
    }
    bench.unpainted = false;
  };
})();
