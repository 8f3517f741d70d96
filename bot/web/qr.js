/** QR codes, drawn from the path the gateway makes. */
import { postQr } from "./api.js";
import { drawing, h } from "./dom.js";

/** The code of an address as an element, or null where the gateway cannot be reached. */
export async function qrCode(base, url) {
  const code = await postQr(base, url);
  return code && h("div", { class: "qr" }, drawing(code.path, code.size, "qr-code"));
}
