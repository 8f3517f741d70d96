/** The conversation: examples to begin with, then turn after turn, and what is seen of it. */
import { h } from "./dom.js";
import { choices } from "./turns.js";

const SLOW_MS = 6000;
const SHORT_PX = 120; // a question this low stays in view above its answer
const SUGGESTIONS = ["suggestion_1", "suggestion_2", "suggestion_3", "suggestion_4"];

export class Conversation {
  #onChoose;
  #start = h("div", { class: "start" });

  /** `onChoose` as in choices(); `onLink(event)` hears every press in the conversation. */
  constructor({ onChoose, onLink }) {
    this.#onChoose = onChoose;
    this.element = h("div", {
      class: "log", part: "log", role: "log", "aria-live": "off", tabindex: "0", onclick: onLink,
    }, this.#start);
  }

  label(t) {
    this.element.setAttribute("aria-label", t.text("conversation"));
    this.#start.replaceChildren(h("h2", {}, t.text("title")), h("p", {}, t.text("intro")),
      choices(SUGGESTIONS.map((key) => ({ title: t.text(key) })), {
        heading: t.text("suggestions"), language: t.lang, onChoose: this.#onChoose, areSuggestions: true,
      }));
  }

  append(...turns) {
    this.#start.remove();
    this.element.append(...turns);
  }

  clear() {
    this.element.replaceChildren(this.#start);
  }

  set isBusy(busy) {
    this.element.setAttribute("aria-busy", String(busy));
  }

  /** The typing sign; after some seconds it tells, and says, that it takes long. */
  wait(t, say) {
    const words = h("span", {}, t.text("thinking"));
    const sign = h("p", { class: "turn typing" },
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), words);
    this.append(sign);
    this.isBusy = true;
    this.show(sign);
    const timer = setTimeout(() => {
      words.textContent = t.text("slow");
      say(words.textContent, t);
    }, SLOW_MS);
    return { done: () => { clearTimeout(timer); sign.remove(); } };
  }

  /**
   * Bring a turn into view at once, with the question above it; `focused` gets the focus where
   * given. No gliding: it made the answer readable a quarter of a second later (make bench-card).
   */
  show(turn, focused = null) {
    if (focused) focused.focus({ preventScroll: true });
    const before = turn.previousElementSibling;
    const isShortQuestion = before?.matches(".person") && before.offsetHeight < SHORT_PX;
    const first = isShortQuestion ? before : turn;
    const log = this.element;
    // Only the conversation moves, not the page around it; without a height of its own, the page.
    if (log.scrollHeight <= log.clientHeight) first.scrollIntoView({ block: "start" });
    else log.scrollTo({ top: first.offsetTop - 16 });
  }
}
