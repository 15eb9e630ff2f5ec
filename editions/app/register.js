// Has the whole book kept for reading without a connection, once the page has loaded and the browser is idle.
// Where that cannot be had (from disk, in a frame, when data is to be saved) the page goes on without it.
{
  const worker = new URL("../sw.js", document.currentScript.src);

  const workers = () => {
    try {
      return location.protocol.startsWith("http") ? navigator.serviceWorker : undefined;
    } catch { // a sandboxed frame may not even ask
      return undefined;
    }
  };

  /** An open page never goes on with the files of another edition: when its worker changes, it starts anew. */
  const startAnewWithItsWorker = (container) => {
    let kept = Boolean(container.controller);
    container.addEventListener("controllerchange", () => {
      if (kept) location.reload();
      kept = true;
    });
  };

  const tellOfNewEdition = (registration) =>
    import("./new_edition.js").then(({ tell }) => tell(registration), () => {}); // untold, it comes when all is closed

  const register = async (container) => {
    try {
      const registration = await container.register(worker);
      const expect = (coming) => coming?.addEventListener("statechange",
        () => coming.state === "installed" && container.controller && tellOfNewEdition(registration));
      expect(registration.installing);
      registration.addEventListener("updatefound", () => expect(registration.installing));
      if (registration.waiting && container.controller) tellOfNewEdition(registration);
    } catch { // no storage, no permission, no connection: nothing that a reader has to know
    }
  };

  const container = workers();
  if (container) {
    startAnewWithItsWorker(container);
    const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 2000));
    const begin = () => idle(() => register(container));
    if (window.parent === window && !navigator.connection?.saveData) {
      if (document.readyState === "complete") begin();
      else addEventListener("load", begin);
    }
  }
}
