/** The field for a question: Enter sends, Shift+Enter breaks the line, characters are counted. */
import { h, icon } from "./dom.js";

const LIMIT = 2000; // characters, as the gateway counts them
const COUNT_FROM = 1800;
const length = (text) => [...text].length;

export class QuestionForm {
  #t = null;
  #canAsk;
  #onQuestion;
  #say;
  #label = h("label", { for: "question" });
  #send = h("button", { type: "submit", class: "send", part: "send" });
  #sum = h("p", { id: "count", class: "count" });
  #input;

  /** While `canAsk()` is false nothing is sent and the text stays. */
  constructor({ canAsk, onQuestion, say }) {
    this.#canAsk = canAsk;
    this.#onQuestion = onQuestion;
    this.#say = say;
    this.#input = h("textarea", {
      id: "question", part: "input", rows: "1", dir: "auto", autocomplete: "off",
      "aria-describedby": "count",
      onkeydown: (event) => this.#onKey(event), oninput: () => this.#count(),
    });
    this.element = h("form", { part: "form", novalidate: true, onsubmit: (event) => this.#onSubmit(event) },
      this.#label, h("div", { class: "field" }, this.#input, this.#send), this.#sum);
  }

  label(t) {
    this.#t = t;
    this.element.setAttribute("aria-label", t.text("form"));
    this.#label.textContent = t.text("question");
    this.#send.replaceChildren(h("span", {}, t.text("send")), icon("send", { flip: true }));
    this.#count();
  }

  focus(options) {
    this.#input.focus(options);
  }

  clear() {
    this.#input.value = "";
    this.#count();
  }

  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #onSubmit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (!this.#canAsk()) return;
    if (!text) {
      this.#complain(this.#t.text("error_message_empty"));
    } else if (length(text) > LIMIT) {
      this.#complain(this.#t.plural("counter_over", length(text) - LIMIT));
    } else {
      this.clear();
      this.#onQuestion(text);
    }
  }

  #count() {
    const left = LIMIT - length(this.#input.value.trim());
    if (left < 0) {
      const isNews = !this.#input.hasAttribute("aria-invalid"); // said once, not at every key
      return this.#complain(this.#t.plural("counter_over", -left), { isNews });
    }
    this.#input.removeAttribute("aria-invalid");
    this.#sum.classList.remove("bad");
    this.#sum.textContent = left <= LIMIT - COUNT_FROM ? this.#t.plural("counter_left", left) : "";
    return undefined;
  }

  /** Say below the field what is wrong with it. */
  #complain(sentence, { isNews = true } = {}) {
    this.#input.setAttribute("aria-invalid", "true");
    this.#sum.classList.add("bad");
    this.#sum.textContent = sentence;
    if (isNews) this.#say(sentence, this.#t);
    this.#input.focus();
  }
}
