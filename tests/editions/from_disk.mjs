// Reads the book from a disk as a reader does, in a Chromium or a Firefox, and says in JSON what was there.
// node from_disk.mjs chromium|firefox PATH FOLDER; no browser may reach any other machine meanwhile.

import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [browserName, executablePath, folder] = process.argv.slice(2);
const PATIENCE = 30_000;
const PREFERENCES = { // of Firefox: as strict with files as it is with a reader, whatever puppeteer prefers; no way out
  "security.fileuri.strict_origin_policy": true,
  "network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
  "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9 };

const address = (path) => `${pathToFileURL(folder).href}/${path}`;
const faults = [];

function watch(page) {
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => ["error", "warn"].includes(message.type())
    && faults.push(`console: ${message.text()} ${message.location()?.url ?? ""}`));
  page.on("pageerror", (error) => faults.push(`page error: ${error.message ?? error}`));
  page.on("request", (request) => /^(file|data|blob|about):/.test(request.url())
    || faults.push(`asked for ${request.url()}`));
  page.on("requestfailed", (request) => faults.push(`not loaded: ${request.url()}`));
}

const text = (page, selector) => page.$eval(selector, (element) => element.textContent.trim());
const drawn = (page, id) => page.waitForFunction((id) => {
  const card = document.getElementById(id);
  card.dispatchEvent(new Event("focusin"));
  return card.querySelector(".plot .main-svg") && !card.querySelector(".measuring");
}, {}, id);

/** The state that a widget has computed, once it holds `wanted`, and the sentence under its figure. */
async function computed(page, id, wanted) {
  await page.waitForFunction((id, wanted) => {
    const state = JSON.parse(document.getElementById(id).dataset.state ?? "null");
    return state && Object.entries(wanted).every(([name, value]) => state[name] === value);
  }, {}, id, wanted);
  return page.$eval(`#${id}`, (card) => ({
    state: JSON.parse(card.dataset.state), sentence: card.querySelector(".sentence").textContent }));
}

/** A page, where it is not open yet. */
const opened = (page, path) => page.url().startsWith(address(path)) || page.goto(address(path));

/** The same after a key has turned a slider by one step. */
async function turned(page, id, control) {
  await drawn(page, id);
  await page.focus(`#${id}-${control}`);
  const before = await page.$eval(`#${id}-${control}`, (slider) => slider.valueAsNumber);
  await page.keyboard.press("ArrowRight");
  const after = await page.$eval(`#${id}-${control}`, (slider) => slider.valueAsNumber);
  return after > before && computed(page, id, { [control]: after });
}

const visits = {
  async door(page) {
    await page.goto(address("index.html"));
    await page.waitForFunction(() => location.pathname.endsWith("/intro.html") && document.querySelector("h1"));
    return { heading: await text(page, "h1") };
  },

  async chapter(page) {
    await page.goto(address("chapters/dose_and_level.html"));
    const live = await turned(page, "igg_level", "dose");
    await page.waitForFunction(() => location.hash === "#igg_level?dose=450");
    await page.click("#igg_level .numbers summary");
    await page.waitForSelector("#igg_level .numbers td");
    await page.click("#igg_level .code summary");
    await page.waitForSelector("#igg_level .code [data-module='widgets.catalog.igg_level'] pre");
    return {
      live,
      second: await turned(page, "trough_and_pneumonia", "dose"),
      rows: (await page.$$("#igg_level .numbers tbody tr")).length,
      source: await text(page, "#igg_level .code [data-module='widgets.catalog.igg_level']"),
      fonts: await page.evaluate(async () => {
        await document.fonts.ready;
        return [...document.fonts].filter(({ status }) => status === "loaded")
          .map(({ family }) => family.replaceAll('"', ""));
      }),
    };
  },

  async selfTest(page) {
    await opened(page, "chapters/dose_and_level.html");
    const option = await page.waitForSelector(".self-test .options input[type=radio]");
    await option.evaluate((input) => input.click());
    const feedback = await text(page, ".self-test .feedback:not(:empty)");
    await page.reload();
    await page.waitForSelector("p.score");
    return { feedback, kept: await text(page, "p.score") };
  },

  async audience(page) {
    await opened(page, "chapters/dose_and_level.html");
    await page.waitForSelector("fieldset.audience:not([hidden])");
    await page.$eval("fieldset.audience input[value=clinician]", (input) => input.click());
    const open = await page.$$eval("details[data-audience][open]", (boxes) => boxes.map((box) => box.dataset.audience));
    return { open, query: await page.evaluate(() => location.search) };
  },

  async glossary(page) {
    await opened(page, "chapters/dose_and_level.html");
    await page.waitForSelector("#definition", { hidden: true });
    await page.$eval("a.term", (term) => term.focus());
    const definition = await text(page, "#definition");
    await opened(page, "chapters/glossary.html");
    return { definition, terms: (await page.$$(".glossary-list dt")).length };
  },

  async search(page) {
    await page.goto(address("chapters/intro.html"));
    await page.click(".search-button-field");
    await page.waitForSelector(".search-button__search-container input", { visible: true });
    await page.type(".search-button__search-container input", "half-life");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector(".search-summary")?.textContent.includes("found"));
    const found = await page.$$eval("#search-results li", (items) => items.map((item) => ({
      link: item.querySelector("a").getAttribute("href"), quote: item.querySelector(".context")?.textContent ?? "" })));
    await page.click("#search-results li a");
    await page.waitForFunction(() => location.pathname.includes("/chapters/"));
    return { found };
  },

  async ownPage(page) {
    await page.goto(address("embed/indications_explorer.html?theme=dark"));
    await drawn(page, "indications_explorer");
    await page.select("#indications_explorer-role", "replacement");
    await computed(page, "indications_explorer", { role: "replacement" });
    await page.$eval("#indications_explorer [data-tool=embed]", (button) => button.click());
    return { theme: await page.evaluate(() => document.documentElement.dataset.theme),
      rows: (await page.$$(".facts tbody tr")).length,
      snippet: await page.$eval(".snippet textarea", (area) => area.value) };
  },

  async sharedState(page) {
    await page.goto("about:blank"); // else only the part after # would change
    await page.goto(address("chapters/dose_and_level.html#igg_level?dose=1000&interval=21"));
    return computed(page, "igg_level", { dose: 1000, interval: 21 });
  },

  async withoutStorage(page) {
    await page.evaluateOnNewDocument(() => Object.defineProperty(globalThis, "localStorage", { configurable: true,
      get() { throw new DOMException("denied", "SecurityError"); } }));
    await page.goto(address("chapters/dose_and_level.html"));
    const theme = () => page.evaluate(() => document.documentElement.dataset.mode);
    const before = await theme();
    await page.click(".theme-switch-button");
    return { before, after: await theme() };
  },
};

const browser = await puppeteer.launch({
  browser: browserName === "firefox" ? "firefox" : "chrome", executablePath, headless: true,
  extraPrefsFirefox: PREFERENCES, defaultViewport: { width: 1280, height: 900 },
  args: browserName === "chromium" ? ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"] : [] });
const told = { faults };
try {
  const page = await browser.newPage();
  watch(page);
  for (const [name, visit] of Object.entries(visits)) {
    try {
      told[name] = await visit(page);
    } catch (error) {
      told[name] = { error: `${name}: ${error.message}` };
    }
  }
} finally {
  await browser.close();
}
process.stdout.write(JSON.stringify(told));
