/** Small DOM helpers. Data becomes text nodes and attributes, never markup. */
import { readAsset } from "./assets.js";

const SVG = "http://www.w3.org/2000/svg";
let paths = {};

/** Build an element: functions are listeners, null and false attributes and empty children are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter(Boolean));
  return element;
}

/** Read the icons; until then they are empty. */
export async function loadIcons() {
  paths = await (await readAsset("icons.json")).json();
}

/** A drawing of one path in a square of `size` units, hidden from screen readers. */
export function drawing(path, size, className) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", path);
  return svg;
}

/** An icon of icons.json; `flip` mirrors it right to left. */
export function icon(name, { flip = false } = {}) {
  return drawing(paths[name] ?? "", 24, flip ? "icon flip" : "icon");
}

/** The URL if it is plain http(s), else null: no `javascript:` from a card. */
export function safeUrl(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** The `tel:` address of a phone number as written, or null. */
export function telUrl(phone) {
  const digits = String(phone).replace(/[^\d+]/g, "");
  return digits ? `tel:${digits}` : null;
}

/** The site's name without "www.". */
export const hostOf = (url) => url.hostname.replace(/^www\./, "");

/**
 * The same data, with numbers kept together: "114 14" is not torn apart at the end of a line, and
 * does not turn into "14 114" among Arabic letters, as it does with an ordinary space.
 */
export function unbroken(data) {
  if (typeof data === "string") return data.replace(/(\d) (?=\d)/g, "$1\u00a0");
  if (Array.isArray(data)) return data.map(unbroken);
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, unbroken(value)]));
}

/** A link to another site, in a new tab: the site's name stands for its whole address. */
export function siteLink(url, t) {
  return h("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" },
    h("bdi", { dir: "ltr" }, hostOf(url)),
    h("span", { class: "sr" }, ` (${t.text("new_tab")})`));
}
