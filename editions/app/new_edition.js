// The bar that tells of a new edition. Nothing changes under a reader's eyes: the reader says when.

const LATER = "ivig-new-edition-later"; // until the tab is closed
const STYLE = `
  #new-edition { position: fixed; z-index: 1400; inset: auto 0.75rem 0.75rem; margin-inline: auto; width: fit-content; display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 0.6rem; padding: 0.5rem 0.6rem 0.5rem 1rem; border: 1px solid var(--ivig-reference); border-radius: 4px; background: var(--ivig-ground); color: var(--ivig-text); font-size: 0.9375rem; line-height: 1.4; box-shadow: 0 2px 8px rgb(0 0 0 / 25%); }
  #new-edition p { margin: 0 0.4rem 0 0; }
  #new-edition button { min-height: 2.75rem; padding: 0.3rem 0.9rem; border: 1px solid var(--ivig-reference); border-radius: 4px; background: transparent; color: inherit; font: inherit; cursor: pointer; }
  #new-edition button.reload { border-color: var(--ivig-igg); background: var(--ivig-igg); color: var(--ivig-ground); font-weight: 600; }
  #new-edition button:focus-visible { outline: 3px solid var(--ivig-igg); outline-offset: 2px; }
  html:has(#new-edition) { scroll-padding-bottom: 6rem; }
  body:has(#new-edition) { padding-bottom: 6rem; }
  @media print { #new-edition { display: none; } body:has(#new-edition) { padding-bottom: 0; } }`;

const BAR = `<p role="status"></p>
  <div><button type="button" class="reload">Reload</button> <button type="button" class="later">Not now</button></div>`;

/** Show the bar, once on a page, and not again in a tab where the reader said "Not now". */
export function tell(registration) {
  if (document.getElementById("new-edition") || sessionStorage.getItem(LATER)) return;
  const style = document.createElement("style");
  style.textContent = STYLE;
  const bar = document.createElement("aside");
  Object.assign(bar, { id: "new-edition", ariaLabel: "New edition", innerHTML: BAR });
  bar.querySelector(".reload").addEventListener("click", () => registration.waiting?.postMessage("take over"));
  bar.querySelector(".later").addEventListener("click", () => {
    sessionStorage.setItem(LATER, "yes");
    bar.remove();
  });
  document.head.append(style);
  document.body.append(bar);
  // screen readers say what changes in a region that was there before
  requestAnimationFrame(() => {
    bar.querySelector("p").textContent = "A new edition is here.";
  });
}
