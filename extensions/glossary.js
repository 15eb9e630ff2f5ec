// Shows a term's definition beside it while it is pointed at or has the focus; Escape closes it.

const box = document.createElement("div");
box.id = "definition";
box.setAttribute("role", "tooltip");
box.hidden = true;
document.body.append(box);

let shown;
let timer;

function show(term) {
  clearTimeout(timer);
  if (shown === term) return;
  hide();
  shown = term;
  box.textContent = term.dataset.definition;
  box.hidden = false;
  term.setAttribute("aria-describedby", box.id);
  const { left, bottom, top } = term.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = bottom + 6 + height < innerHeight;
  box.style.left = `${scrollX + Math.max(8, Math.min(left, document.documentElement.clientWidth - width - 8))}px`;
  box.style.top = `${scrollY + (below ? bottom + 6 : top - height - 6)}px`;
}

function hide() {
  clearTimeout(timer);
  shown?.removeAttribute("aria-describedby");
  shown = undefined;
  box.hidden = true;
}

const termOf = (event) => event.target.closest?.("a.term");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  if (termOf(event)) show(termOf(event));
  else if (box.contains(event.target)) clearTimeout(timer); // the pointer may rest on the definition
  else if (shown && shown !== document.activeElement) {
    clearTimeout(timer);
    timer = setTimeout(hide, 250);
  }
});
document.addEventListener("focusin", (event) => (termOf(event) ? show(termOf(event)) : hide()));
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());

// a first tap explains, a second one goes to the glossary
let touched = false;
document.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch" && termOf(event) !== shown;
  if (!termOf(event) && !box.contains(event.target)) hide();
});
document.addEventListener("click", (event) => {
  if (!touched || !termOf(event)) return;
  event.preventDefault();
  show(termOf(event));
});
