/** The stylesheet of the chat. */
import { readAsset } from "./assets.js";
import { h } from "./dom.js";

/** The stylesheet; where the host page has shrunk the rem, in the reader's own letter size. */
export async function loadStyle() {
  const css = await (await readAsset("lotsen-chat.css")).text();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const probe = h("span");
  probe.style.fontSize = "medium";
  document.documentElement.append(probe);
  const medium = parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  return new CSSStyleSheet().replace(rem < medium
    ? css.replace(/(\d*\.?\d+)rem/g, (_, n) => `${n * medium}px`) : css);
}

/** Make the sheet's dark colours hold always, never, or as the device has it. */
export function setTheme(sheet, theme) {
  const media = { light: "not all", dark: "all" }[theme] ?? "(prefers-color-scheme: dark)";
  const dark = [...sheet.cssRules].find((rule) => rule.cssText?.includes("--is-dark"));
  if (dark) dark.media.mediaText = media;
}
