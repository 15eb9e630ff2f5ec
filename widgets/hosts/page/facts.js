// A widget's own table: what is read and not plotted. Python makes its HTML, this file what hangs on the page.

const ADDRESS = "../chapters/"; // from any page one folder below the root

/** Names of roles in HTML or SVG become the page's CSS variables, which follow its theme. */
export const themed = (text) => text.replace(/role\((\w+)(?:,([\d.]+))?\)/g, (_, role, opacity) =>
  opacity === undefined ? `var(--ivig-${role})`
    : `color-mix(in srgb, var(--ivig-${role}) ${+(100 * opacity).toPrecision(6)}%, transparent)`);

/** Show the table `html`; `known` says what its [keys] are called and which chapters there are. */
export function fillFacts(place, html, known) {
  const cited = html.replace(/\[([a-z]\w*(?:\s*;\s*[a-z]\w*)*)\]/g, (_, keys) => `(${keys.split(";").map((key) =>
    `<a href="${ADDRESS}bibliography.html#cite-1-${key.trim().replaceAll("_", "-")}">${known.citations[key.trim()]}</a>`).join("; ")})`);
  const scroll = place.querySelector(".scroll");
  scroll.innerHTML = themed(cited);
  for (const link of scroll.querySelectorAll("a[data-to]")) {
    if (known.chapters.includes(link.dataset.to)) link.href = `${ADDRESS}${link.dataset.to}.html`;
    else link.replaceWith(link.textContent);
  }
  search(place);
}

/** Keep the rows in which every word of the search field stands. */
export function search(place) {
  const field = place.querySelector("input[type=search]");
  if (!field) return;
  const words = field.value.toLowerCase().split(/\s+/);
  const rows = [...place.querySelectorAll("tbody tr")];
  for (const row of rows) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  const left = rows.filter((row) => !row.hidden).length;
  place.querySelector(".found").textContent = field.value ? `${left} of ${rows.length} rows` : "";
}
