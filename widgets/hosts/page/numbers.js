// The numbers of a figure as a table to read and as a file to keep.

const ROWS = 25; // as in hosts/page.py: a table to read; the file holds every row

const cell = (value) => {
  if (typeof value === "number") return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
  return value === null ? "" : String(value).replace(/<[^>]*>/g, "");
};

function rowOf(values, tag) {
  const row = document.createElement("tr");
  for (const value of values) {
    const made = document.createElement(tag);
    if (tag === "th") made.scope = "col";
    made.textContent = cell(value);
    row.append(made);
  }
  return row;
}

/** Replace the tables in `place` by these ones. */
export function fillTables(place, tables) {
  place.replaceChildren(...tables.map(({ columns, rows }) => {
    const table = document.createElement("table");
    const every = Math.max(1, Math.ceil(rows.length / ROWS));
    if (every > 1) table.createCaption().textContent = `One point in ${every}; the CSV file holds all.`;
    table.createTHead().append(rowOf(columns, "th"));
    table.createTBody().append(...rows.filter((_, i) => i % every === 0).map((row) => rowOf(row, "td")));
    return table;
  }));
}

/** Hand the tables to the reader as one CSV file (RFC 4180), a blank line between two. */
export function saveCsv(name, tables) {
  const quoted = (value) => {
    const text = value === null ? "" : String(value).replace(/<[^>]*>/g, "");
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const text = tables.map(({ columns, rows }) => [columns, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n"))
    .join("\r\n\r\n");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text, "\r\n"], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
