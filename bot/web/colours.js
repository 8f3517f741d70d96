/** Colours a host page has set are kept only where people can read them. */

const ENOUGH = 4.5; // WCAG 2.2, 1.4.3
// What is written, and what it is written on; the first is replaced where it cannot be read.
const PAIRS = [
  ["--c-ink", "--c-surface"],
  ["--c-ink", "--c-paper"],
  ["--c-ink-soft", "--c-surface"],
  ["--c-ink-soft", "--c-paper"],
  ["--c-accent", "--c-surface"],
  ["--c-accent-ink", "--c-accent"], // last: the accent may have been replaced
];

/** [r, g, b], each 0-255, of a CSS variable as the browser resolves it; null for no colour. */
function rgbOf(element, variable) {
  const probe = document.createElement("span");
  probe.style.color = `var(${variable})`;
  element.append(probe);
  const found = getComputedStyle(probe).color.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)\)$/);
  probe.remove();
  return found ? found.slice(1, 4).map(Number) : null;
}

function luminance(rgb) {
  const [r, g, b] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast of two colours, 1-21. */
export function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * Put black or white for what cannot be read on its ground.
 * @returns the variables that were replaced.
 */
export function keepReadable(element) {
  for (const [ink] of PAIRS) element.style.removeProperty(ink);
  const replaced = [];
  for (const [ink, ground] of PAIRS) {
    const [over, under] = [rgbOf(element, ink), rgbOf(element, ground)];
    if (!over || !under || contrast(over, under) >= ENOUGH) continue;
    const black = contrast([0, 0, 0], under) > contrast([255, 255, 255], under);
    element.style.setProperty(ink, black ? "#000" : "#fff");
    replaced.push(ink);
  }
  return replaced;
}
