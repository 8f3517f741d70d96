/** Offices: where, when, what they help with. Any field may be missing. */
import { h, icon, safeUrl, siteLink, telUrl } from "./dom.js";

const isText = (value) => typeof value === "string" && value !== "";

/** One office; `heading` is the tag of its name. Hours come as a sentence that fits now. */
export function officeBlock(place, t, heading = "h4") {
  const href = isText(place.phone) && telUrl(place.phone);
  const url = safeUrl(place.website);
  // Some offices are known by their town only; some addresses end with it.
  const town = isText(place.municipality) && !place.address?.includes(place.municipality) && place.municipality;
  const where = [place.address, town].filter(isText).join(", ");
  // The first line repeats name, address and hours; the one with the phone becomes a link.
  const rest = (place.lines ?? []).slice(1).filter((line) => isText(line) && !(href && line.includes(place.phone)));
  return h("div", { class: "office" },
    isText(place.name) && h(heading, {}, place.name),
    where && h("p", {}, where),
    isText(place.hours) && h("p", { class: `hours is-${place.state}` }, icon("clock"), h("span", {}, place.hours)),
    ...rest.map((line) => h("p", {}, line)),
    href && h("p", {}, h("a", { class: "office-phone", href }, icon("phone"), " ", h("bdi", { dir: "ltr" }, place.phone))),
    url && h("p", { class: "office-site" }, icon("open", { flip: true }), " ", siteLink(url, t)));
}
