/** The one place from which a screen reader hears: a finished answer, a fault, a long wait. */
import { h } from "./dom.js";

export class LiveRegion {
  element = h("p", { class: "sr", role: "status" });

  /** Say a sentence in its language, `{lang, dir}`. */
  say = (sentence, { lang, dir }) => {
    const { element } = this;
    element.lang = lang;
    element.dir = dir;
    element.textContent = "";
    setTimeout(() => { element.textContent = sentence; }, 50); // a change is heard, a repetition not
  };
}
