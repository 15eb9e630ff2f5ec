// Opens the boxes that are for the chosen audience; the choice stays on this device, or comes with a link.

const KEY = "ivig-audience";
const fieldset = document.querySelector("fieldset.audience");
const radios = [...fieldset.querySelectorAll("input")];
const known = (value) => radios.some((radio) => radio.value === value);

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off: the choice lasts for this page
  }
}

function apply(audience) {
  for (const radio of radios) radio.checked = radio.value === audience;
  for (const box of document.querySelectorAll("details[data-audience]")) {
    box.open = box.dataset.audience.split(" ").includes(audience);
  }
}

fieldset.addEventListener("change", ({ target }) => {
  try {
    localStorage.setItem(KEY, target.value);
  } catch {
    // see above
  }
  const address = new URL(location);
  if (target.value === "student") address.searchParams.delete("audience");
  else address.searchParams.set("audience", target.value);
  history.replaceState(history.state, "", address);
  apply(target.value);
});

const asked = new URL(location).searchParams.get("audience");
apply([asked, kept(), "student"].find(known));
fieldset.hidden = false;

// a link into a closed box opens it
function reveal() {
  const spot = document.querySelector(":target");
  const box = spot && spot.closest("details[data-audience]");
  if (box && !box.open) {
    box.open = true;
    spot.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();
