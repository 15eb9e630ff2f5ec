// Turns the questions of a page into a test: options to choose, feedback at once, a score kept on this device.
// Without this script every option is a disclosure that holds its feedback.

const KEY = `ivig-self-test:${location.pathname.split("/").at(-1)}`;

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? {};
  } catch {
    return {}; // nothing kept, or storage is switched off
  }
}

function keep(progress) {
  try {
    localStorage.setItem(KEY, JSON.stringify(progress));
  } catch {
    // the score lasts for this visit
  }
}

const made = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

/** One question; `answered(right)` is told of every answer. Gives a function that clears it. */
function enliven(item, answered) {
  const stem = item.querySelector("p");
  stem.id = `${item.id}-stem`;
  const options = [...item.querySelectorAll("details")];
  const group = made("div", { className: "options" });
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", stem.id);
  const said = made("div", { className: "feedback" });
  said.setAttribute("role", "status");
  const clear = () => said.replaceChildren();
  const tell = (right, ...words) => {
    said.className = `feedback ${right ? "right" : "wrong"}`;
    said.replaceChildren(...words);
    answered(right);
  };

  if (item.dataset.kind === "numeric") {
    const field = made("input", { type: "number", step: "any", inputMode: "decimal" });
    const label = made("label", {}, "Your answer ", field, ` ${item.dataset.unit}`);
    group.append(label, made("button", { type: "button", textContent: "Check" }));
    const check = () => {
      if (Number.isNaN(field.valueAsNumber)) return void said.replaceChildren("Type a number first.");
      const right = Math.abs(field.valueAsNumber - item.dataset.answer) <= Number(item.dataset.tolerance) + 1e-9;
      tell(right, ...(right ? [options[0].querySelector("p").cloneNode(true)]
        : ["Not yet. Try again, or look at the answer below."]));
      if (right) options[0].hidden = true;
    };
    group.querySelector("button").addEventListener("click", check);
    field.addEventListener("keydown", (event) => event.key === "Enter" && check());
    options[0].before(group, said);
    return () => {
      clear();
      field.value = "";
      options[0].hidden = options[0].open = false;
    };
  }

  const many = item.dataset.kind === "multiple";
  const inputs = options.map((option) => {
    const input = made("input", { type: many ? "checkbox" : "radio", name: item.id });
    group.append(made("label", {}, input, made("span", { textContent: option.querySelector("summary").textContent })));
    option.hidden = true;
    return input;
  });
  const isRight = (option) => option.classList.contains("right");
  const feedback = (option) => option.querySelector("p").cloneNode(true);
  if (many) {
    const button = made("button", { type: "button", textContent: "Check" });
    button.addEventListener("click", () => {
      const wrong = options.filter((option, i) => isRight(option) !== inputs[i].checked);
      tell(!wrong.length, made("p", {}, wrong.length ? `${wrong.length} of ${options.length} are not as they should be.` : "All as they should be."),
        ...options.filter((option, i) => inputs[i].checked || wrong.includes(option)).map((option) => made("div", {},
          made("strong", { textContent: option.querySelector("summary").textContent }), feedback(option))));
    });
    group.append(button);
  } else {
    inputs.forEach((input, i) => input.addEventListener("change", () => tell(isRight(options[i]), feedback(options[i]))));
  }
  options[0].before(group, said);
  return () => {
    clear();
    for (const input of inputs) input.checked = false;
  };
}

for (const list of document.querySelectorAll("ol.self-test")) {
  const items = [...list.children];
  let progress = kept();
  const score = made("p", { className: "score" });
  score.setAttribute("role", "status");
  const again = made("button", { type: "button", textContent: "Try again from the start" });
  const show = () => {
    const done = items.filter((item) => item.id in progress);
    const right = done.filter((item) => progress[item.id]);
    score.textContent = done.length
      ? `${done.length} of ${items.length} answered, ${right.length} right at the first try. Kept on this device only.`
      : "";
    again.hidden = !done.length;
  };
  const clears = items.map((item) => enliven(item, (right) => {
    progress[item.id] ??= right;
    keep(progress);
    show();
  }));
  again.addEventListener("click", () => {
    progress = {};
    keep(progress);
    clears.forEach((clear) => clear());
    show();
    items[0].querySelector("input").focus();
  });
  list.after(score, again);
  show();
}
