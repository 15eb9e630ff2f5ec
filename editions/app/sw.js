// The worker that keeps an edition of the book in the browser and answers from it, with or without a connection.
// Bundled by editions/app.py, which puts the list FILES before it: [[address, revision], ...], a revision being
// the beginning of the file's SHA-256.
//
// A page fetches Python sources and libraries while it is read, by names that every edition uses. So an open page
// must never meet another edition: a new worker waits until the pages of the old one are closed, or until a reader
// asks for it; then register.js starts every open page anew.

import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from "workbox-precaching";

const revisions = new Map(FILES.map(([url, revision]) => [new URL(url, location).href, revision]));

async function revisionOf(response) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** While a site is being published its host may still send some old files: an edition is kept whole or not at all. */
async function checked({ request, response, event }) {
  if (event.type === "install") {
    const revision = await revisionOf(response.clone());
    if (!revision.startsWith(revisions.get(request.url))) throw new Error(`${request.url} is not of this edition`);
  }
  return response;
}

/** What the reader waits for goes first. */
const modest = async ({ request, event }) =>
  (event.type === "install" ? new Request(request, { priority: "low" }) : request);

/** Sources of widgets are kept once, as the interpreter gets them; cards link to the same text elsewhere. */
const asTheInterpreterHasIt = ({ url }) => [new URL(url.href.replace("/page/source/", "/page/python/"))];

addPlugins([{ requestWillFetch: modest, fetchDidSucceed: checked }]);
cleanupOutdatedCaches();
precacheAndRoute(FILES.map(([url, revision]) => ({ url, revision })),
  { ignoreURLParametersMatching: [/./], urlManipulation: asTheInterpreterHasIt });

let first = false;
addEventListener("install", () => {
  first = !registration.active;
});
addEventListener("activate", (event) => {
  // open pages of the first visit were loaded just now and have no older worker: they too go on without a connection
  if (first) event.waitUntil(clients.claim());
});
addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});
