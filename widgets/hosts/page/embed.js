// A widget's own page: theme from the address, height reported to the page that holds the frame.

const theme = new URLSearchParams(location.search).get("theme");
const dark = theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
document.documentElement.dataset.theme = dark ? "dark" : "light";

const report = () => parent.postMessage({
  type: "ivig-widget-height",
  widget: document.querySelector(".ivig-widget").dataset.widget,
  height: Math.ceil(document.body.getBoundingClientRect().height),
}, "*");
if (parent !== window) new ResizeObserver(report).observe(document.body);
