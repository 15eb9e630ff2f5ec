// Makes tables and formulas fit the page before it is printed; says how often it had to.
async () => {
  const LONG = 1300; // pixels: a page and a half
  const SHORT = 420;
  const LEAST = 9; // pixels, of type that can still be read
  await document.fonts.ready;
  const width = document.body.clientWidth;
  const tables = [...document.querySelectorAll("table")];
  const wide = (element) => element.scrollWidth > element.clientWidth + 1
    || element.getBoundingClientRect().right > width + 1;
  const done = { balanced: 0, small: 0, tight: 0, shrunk: 0 };

  // Long tables are for looking up: small type. Their columns, and those of others that fill the page, get the
  // widths that make the table shortest, by the lengths of what stands in them.
  for (const table of tables) table.classList.toggle("long", table.offsetHeight > LONG);
  const lengths = (table) => [...table.rows[0].cells].map((_, column) => {
    const texts = [...table.rows].map((row) => row.cells[column]?.textContent.length ?? 0);
    return Math.sqrt(texts.reduce((sum, length) => sum + length ** 2, 0));
  });
  const set = (table, power) => {
    const shares = lengths(table).map((length) => length ** power);
    const whole = shares.reduce((sum, one) => sum + one, 0);
    [...table.rows[0].cells].forEach((head, i) => { head.style.width = power ? `${(100 * shares[i]) / whole}%` : ""; });
  };
  const full = tables.filter((table) => table.offsetWidth > 0.97 * width
    && !table.matches(".claims, :has([colspan], [rowspan])"));
  const best = full.map((table) => ({ power: 0, height: table.offsetHeight }));
  for (const power of [0.4, 0.6, 0.8, 1]) {
    for (const table of full) set(table, power);
    full.forEach((table, i) => {
      if (table.offsetHeight < best[i].height) best[i] = { power, height: table.offsetHeight };
    });
  }
  full.forEach((table, i) => {
    set(table, best[i].power);
    done.balanced += best[i].power > 0;
  });

  // What is too wide gets smaller type, then words that may break anywhere.
  for (const table of tables) {
    for (const step of ["small", "tight"]) {
      if (!wide(table)) break;
      table.classList.remove("small");
      table.classList.add(step);
      done[step] += 1;
    }
  }
  const shrink = (element, least) => {
    const size = element.clientWidth / element.scrollWidth;
    const now = parseFloat(getComputedStyle(element).fontSize);
    if (size < 1) element.style.fontSize = `${Math.max(least, 0.98 * size * now)}px`;
    done.shrunk += size < 1;
  };
  for (const formula of document.querySelectorAll(".katex-display")) shrink(formula, 0);
  for (const code of document.querySelectorAll("pre")) {
    code.style.whiteSpace = "pre";
    shrink(code, LEAST);
    code.style.whiteSpace = "";
  }
  const left = [...document.querySelectorAll("table, .katex-display, pre, figure")].filter(wide);
  const shown = left.map((one) => one.textContent.trim().slice(0, 60));
  if (left.length) throw new Error(`wider than the page, make it smaller in print.css: ${shown.join(" | ")}`);

  // A table that is not long stays in one piece.
  for (const table of tables) table.classList.toggle("whole", table.offsetHeight < SHORT);
  return `${done.balanced} tables with columns set, ${done.small - done.tight} in small type, `
    + `${done.tight} in smaller type, ${done.shrunk} formulas and blocks of code made smaller`;
}
