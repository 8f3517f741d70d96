/** The bar above the conversation: the language, easy Swedish, starting over. */
import { h, icon } from "./dom.js";

export class Bar {
  #name = h("span", { class: "sr" });
  #languages;
  #easy;
  #restart;

  /** `languages`: [{code, name, dir}]. */
  constructor(languages, { onLanguage, onEasy, onRestart }) {
    this.#languages = h("select", { onchange: () => onLanguage(this.#languages.value) },
      languages.map(({ code, name, dir }) => h("option", { value: code, lang: code, dir }, name)));
    this.#easy = h("button", {
      type: "button", class: "quiet easy", "aria-pressed": "false", onclick: onEasy,
    });
    this.#restart = h("button", { type: "button", class: "quiet", hidden: true, onclick: onRestart });
    this.element = h("div", { class: "bar", part: "header" },
      h("label", { class: "picker" }, icon("globe"), this.#name, this.#languages),
      this.#easy, this.#restart);
  }

  label(t) {
    this.#languages.value = t.code;
    this.#name.textContent = t.text("language");
    this.#restart.replaceChildren(icon("again", { flip: true }), h("span", {}, t.text("restart")));
    this.#easy.textContent = t.text("easy");
    this.#easy.hidden = t.code !== "sv";
  }

  get isEasy() {
    return this.#easy.getAttribute("aria-pressed") === "true";
  }

  set isEasy(wanted) {
    this.#easy.setAttribute("aria-pressed", String(wanted));
  }

  set canRestart(can) {
    this.#restart.hidden = !can;
  }
}
