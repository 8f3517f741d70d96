/** Small DOM helpers. Data becomes text nodes and attributes, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Build an element: `on…` keys are listeners, null and false attributes, empty children are left out. */
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

/** An icon of icons.svg, hidden from screen readers; `flip` mirrors it right to left. */
export function icon(name, { flip = false } = {}) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", flip ? "icon flip" : "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `#i-${name}`);
  return svg;
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
