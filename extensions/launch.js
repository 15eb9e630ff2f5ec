// The menu "Run this chapter" opens a notebook as the figures of the page stand: their state goes into its links.
// It is the part of the page's address after #, such as igg_level?dose=1000; without it a link opens the start.

const STATE = "ivig";
const menu = document.querySelector(".dropdown-launch-buttons");
const links = ["lite", "binder"].flatMap((place) => { // an edition of the book may leave one out
  const link = menu.querySelector(`.btn-launch-${place}`);
  return link ? [{ place, link, start: link.href }] : [];
});

/** Where a link leads when it takes a state along; on Binder the state belongs to the address on the machine. */
function withState(place, start, state) {
  const url = new URL(start);
  if (place === "lite") url.searchParams.set(STATE, state);
  else url.searchParams.set("urlpath", `${url.searchParams.get("urlpath")}?${STATE}=${encodeURIComponent(state)}`);
  return url.href;
}

function takeAlong() {
  const state = location.hash.slice(1);
  for (const { place, link, start } of links) {
    link.href = state.includes("?") ? withState(place, start, state) : start;
  }
}

for (const kind of ["pointerover", "focusin", "click"]) menu.addEventListener(kind, takeAlong, true);
