// Runs first on every page of a book on a disk: some browsers let no file keep anything, and scripts
// that ask for localStorage would end there. They then get one that lasts as long as the page.

try {
  localStorage.getItem("");
} catch {
  const kept = new Map();
  Object.defineProperty(globalThis, "localStorage", {
    value: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, String(value)),
      removeItem: (key) => void kept.delete(key),
    },
  });
}
