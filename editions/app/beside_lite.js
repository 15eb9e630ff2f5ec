// The book's worker also sees the pages of JupyterLite, which takes any worker that it meets for its own and removes
// those of another version. So it is shown only the workers of its own folder.
if (globalThis.ServiceWorkerContainer) {
  const folder = new URL(".", import.meta.url).href;
  const container = ServiceWorkerContainer.prototype;
  const { get } = Object.getOwnPropertyDescriptor(container, "controller");
  const { getRegistration, getRegistrations } = container;
  const isOwn = ({ scope }) => scope.startsWith(folder);
  Object.defineProperty(container, "controller", {
    get() {
      const worker = get.call(this);
      return worker?.scriptURL.startsWith(folder) ? worker : null;
    },
  });
  container.getRegistration = async function (address) {
    const found = await getRegistration.call(this, address);
    return found && isOwn(found) ? found : undefined;
  };
  container.getRegistrations = async function () {
    return (await getRegistrations.call(this)).filter(isOwn);
  };
}
