// Brings the widgets of a page to life: each when it comes near the viewport or is touched.

import { mount } from "./card.js";
import { read } from "./address.js";

const NEAR = "600px";

function begin(element) {
  const states = read(location.hash);
  const card = mount(element);
  const wake = () => {
    seen.disconnect();
    for (const name of ["pointerdown", "focusin"]) element.removeEventListener(name, wake);
    card.wake();
  };
  const seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && wake(),
    { rootMargin: NEAR });
  seen.observe(element);
  for (const name of ["pointerdown", "focusin"]) element.addEventListener(name, wake);
  if (states.has(element.id)) {
    card.adopt(states.get(element.id));
    wake();
  }
  return card;
}

const cards = new Map([...document.querySelectorAll(".ivig-widget")].map((element) => [element.id, begin(element)]));

addEventListener("hashchange", () => {
  for (const [id, pairs] of read(location.hash)) cards.get(id)?.adopt(pairs);
});

const first = [...read(location.hash).keys()].find((id) => cards.has(id));
if (first) document.getElementById(first).scrollIntoView();

const repaint = () => cards.forEach((card) => card.repaint());
new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
addEventListener("beforeprint", () => document.documentElement.classList.add("ivig-print"));
addEventListener("afterprint", () => document.documentElement.classList.remove("ivig-print"));
