/**
 * <lotsen-chat lang="sv" municipality="0181" api="https://lotsen.example/">
 *
 * The web chat of Lotsen: who do I turn to with this? One custom element, no build step.
 * Until it has loaded, and where scripts do not run, what stands inside the element is shown:
 * put a link or a form to /ask there.
 *
 * Attributes
 *   lang          language to start in; changes with the picker, or with the language written in
 *   municipality  SCB code of the person's municipality, sent along with every question
 *   api           address of the gateway; default: the site this script came from
 *   theme         light or dark; otherwise as the device has it
 *   remember      a language picked by hand holds for the visit (sessionStorage, from the first question)
 *   kiosk         a public screen: links become codes for the phone, nothing is stored
 *   read-aloud    answers are read out where the device has a voice of the language
 * Methods
 *   focus()       put the cursor in the question field
 *   ask(text)     ask a question as if the person had written it
 *   reset()       forget the conversation
 * Events (bubbling, composed; they never carry what the person wrote)
 *   lotsen-ready     the chat can be used
 *   lotsen-answer    detail {language, cards: [{type, service, authority, level}]}
 *   lotsen-language  detail {language, texts, picked}   texts: the language the interface is in now
 *                    (English where the language has no texts yet); picked: by hand, not detected
 * Parts
 *   header, log, form, input, send, person, bot, card, choice, error, note
 * CSS variables (all with a light and a dark value in lotsen-chat.css)
 *   --lotsen-font, --lotsen-paper, --lotsen-surface, --lotsen-ink, --lotsen-ink-soft, --lotsen-line,
 *   --lotsen-edge, --lotsen-accent, --lotsen-accent-ink, --lotsen-accent-soft, --lotsen-focus
 * Height: the element fills the height it is given and scrolls inside; without one it grows.
 * The conversation is kept nowhere in the browser; it is gone with the page.
 */
import { getLanguages, postChat } from "./api.js";
import { asset } from "./assets.js";
import { Bar } from "./bar.js";
import { keepReadable } from "./colours.js";
import { Conversation } from "./conversation.js";
import { h, hostOf, loadIcons, safeUrl } from "./dom.js";
import { LiveRegion } from "./live-region.js";
import { QuestionForm } from "./question-form.js";
import { hush, speak } from "./speech.js";
import { loadStrings, warmDates } from "./strings.js";
import { loadStyle, setTheme } from "./style.js";
import { showCode, spokenParts } from "./tools.js";
import { answerTurn, failedTurn, noticeTurn, personTurn } from "./turns.js";
import { recallLanguage, rememberLanguage } from "./visit.js";

export class LotsenChat extends HTMLElement {
  static observedAttributes = ["lang", "theme"];

  #t = null; // strings in sight
  #language = null; // the language chosen last: its strings may still be on their way
  #languages = [];
  #session = null;
  #picked = false; // a language chosen by hand is sent; otherwise Lotsen finds it out
  #busy = null; // the AbortController of the question under way
  #resting = false; // the last answer came without Rasa: said once, not at every answer
  #sheet = null;
  #frame = null;
  #bar = null;
  #conversation = null;
  #form = null;
  #live = new LiveRegion();
  #offline = h("p", { class: "offline", hidden: true });
  #note = h("p", { class: "robot", part: "note" });

  async connectedCallback() {
    if (this.shadowRoot) return this.#listenToNetwork();
    const remembered = this.hasAttribute("remember") ? recallLanguage() : null;
    this.#picked = remembered !== null || this.#isKiosk; // there a language was touched to begin
    const [strings, languages, sheet] = await Promise.all([
      loadStrings(remembered ?? (this.lang || "sv")), getLanguages(this.#api), loadStyle(), loadIcons(),
    ]);
    if (this.shadowRoot) return undefined;
    this.#t = strings;
    this.#language = strings.code;
    this.#languages = languages;
    this.#sheet = sheet;
    if (!this.#known(strings.code)) {
      this.#languages.push({ code: strings.code, name: strings.text("$name"), dir: strings.dir });
    }
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(this.#build());
    this.#label();
    this.#colour();
    this.#listenToNetwork();
    this.#tell("lotsen-ready", {});
    if (remembered) this.#tellLanguage();
    warmDates();
    return undefined;
  }

  disconnectedCallback() {
    this.#busy?.abort();
    hush();
    this.#darkness.removeEventListener("change", this.#colour);
    window.removeEventListener("online", this.#network);
    window.removeEventListener("offline", this.#network);
  }

  attributeChangedCallback(name, before, now) {
    if (!this.#t || now === before) return;
    if (name === "theme") this.#colour();
    else if (now && now !== this.#language) this.#switchTo(now);
  }

  focus(options) {
    this.#form?.focus(options);
  }

  ask(text) {
    return this.#submit(String(text));
  }

  reset() {
    if (this.#frame) this.#restart();
  }

  get #api() {
    return new URL(this.getAttribute("api") || "../../", asset(".")); // from /v/<release>/
  }

  get #isKiosk() {
    return this.hasAttribute("kiosk");
  }

  /** What turns, the buttons under a card, and codes need to know. */
  get #context() {
    return {
      base: this.#api, municipality: this.getAttribute("municipality"), isKiosk: this.#isKiosk,
      root: this.#frame, t: this.#t, announce: this.#live.say, nameOf: this.#nameOf,
      onChoose: this.#submit,
    };
  }

  #darkness = matchMedia("(prefers-color-scheme: dark)");

  /** Take the theme, and see that what the host page has coloured can be read. */
  #colour = () => {
    setTheme(this.#sheet, this.getAttribute("theme"));
    const replaced = keepReadable(this.#frame);
    if (replaced.length) {
      console.warn(`lotsen-chat: too little contrast, replaced: ${replaced.join(", ")}`);
    }
    this.#darkness.addEventListener("change", this.#colour);
  };

  #build() {
    this.#bar = new Bar(this.#languages, {
      onLanguage: (code) => this.#pick(code), onEasy: () => this.#toggleEasy(),
      onRestart: () => this.#restart(),
    });
    this.#conversation = new Conversation({ onChoose: this.#submit, onLink: (event) => this.#onLink(event) });
    this.#form = new QuestionForm({
      canAsk: () => !this.#busy, onQuestion: (text) => this.#onQuestion(text), say: this.#live.say,
    });
    this.#frame = h("div", { class: "chat" }, this.#bar.element, this.#conversation.element,
      this.#offline, this.#form.element, this.#note, this.#live.element);
    return this.#frame;
  }

  /** Write every label of the frame in the language chosen. */
  #label() {
    const t = this.#t;
    this.#frame.lang = t.lang;
    this.#frame.dir = t.dir;
    for (const part of [this.#bar, this.#conversation, this.#form]) part.label(t);
    this.#offline.textContent = t.text("offline");
    this.#note.replaceChildren(`${t.text("robot")} ${t.text("private")} ${t.text("danger")} `,
      h("a", { href: "tel:112" }, t.text("call_112")));
  }

  // ---- language -------------------------------------------------------------------------------

  #pick(code) {
    this.#picked = true;
    return this.#switchTo(code);
  }

  /** Easy Swedish is said to the bot like any other wish; it answers that it has understood. */
  #toggleEasy() {
    if (this.#busy) return;
    const wanted = !this.#bar.isEasy;
    this.#bar.isEasy = wanted;
    this.#submit(wanted ? "/easy_on" : "/easy_off", { shown: this.#t.text("easy"), language: "sv" });
  }

  async #switchTo(code) {
    this.#language = code;
    const strings = await loadStrings(code);
    if (code !== this.#language) return; // another was chosen meanwhile
    this.#t = strings;
    this.#label();
    this.lang = code;
    this.#tellLanguage();
  }

  #tellLanguage() {
    const { code, lang } = this.#t;
    this.#tell("lotsen-language", { language: code, texts: lang, picked: this.#picked });
  }

  #known(code) {
    return this.#languages.find((one) => one.code === code);
  }

  #nameOf = (code) => this.#known(code)?.name ?? code;

  // ---- asking ---------------------------------------------------------------------------------

  #onQuestion(text) {
    // On a touch screen the keyboard would cover the answer: let it go.
    this.#submit(text, { moveFocus: matchMedia("(pointer: coarse)").matches });
  }

  #submit = (message, { shown = message, language = null, moveFocus = false } = {}) => {
    if (this.#busy || !this.#frame) return undefined;
    hush();
    // Nothing is stored before the first question, and then only a language picked by hand.
    if (this.#picked && this.hasAttribute("remember")) rememberLanguage(this.#language);
    this.#bar.canRestart = true;
    const asked = personTurn(shown, language, this.#t);
    this.#conversation.append(asked);
    return this.#exchange({ message, language }, { bubble: asked.lastElementChild, moveFocus });
  };

  async #exchange(question, { bubble, moveFocus }) {
    const giveUp = new AbortController();
    this.#busy = giveUp;
    const waiting = this.#conversation.wait(this.#t, this.#live.say);
    try {
      const reply = await postChat(this.#api, {
        session: this.#session,
        message: question.message,
        language: this.#picked ? this.#language : question.language,
        municipality: this.getAttribute("municipality") || null,
        channel: this.#isKiosk ? "kiosk" : "web",
      }, giveUp.signal);
      if (!giveUp.signal.aborted) await this.#receive(reply, { bubble, moveFocus, waiting });
    } catch (error) {
      if (giveUp.signal.aborted) return;
      this.#fail(error, moveFocus, () => this.#exchange(question, { bubble, moveFocus: true }));
    } finally {
      waiting.done();
      if (this.#busy === giveUp) this.#busy = null;
      this.#conversation.isBusy = Boolean(this.#busy);
    }
  }

  // ---- answering ------------------------------------------------------------------------------

  async #receive(reply, { bubble, moveFocus, waiting }) {
    this.#session = reply.session ?? this.#session;
    const messages = reply.messages ?? [];
    // The card's language is the person's; the text may be in another where it has no texts yet.
    const language = messages.at(-1)?.card?.language ?? reply.language;
    if (!bubble.lang && language) bubble.lang = language;
    const isOther = language && language !== this.#language;
    if (isOther && !this.#picked) await this.#switchTo(language);
    const context = this.#context;
    const answers = await Promise.all(messages.map((message) => answerTurn(message, reply, context)));
    waiting.done();
    const notice = this.#notice(reply.notice);
    const isEmergency = messages.some(({ card }) => card?.type === "emergency");
    const turns = (isEmergency ? [...answers, notice] : [notice, ...answers]).filter(Boolean);
    this.#conversation.append(...turns);
    this.#live.say(turns.map((turn) => turn.spoken ?? turn.textContent).join(" "),
      { lang: reply.language ?? this.#t.lang, dir: reply.dir ?? this.#t.dir });
    if (turns.length) this.#conversation.show(turns[0], moveFocus && (answers[0] ?? turns[0]));
    if (this.hasAttribute("read-aloud")) speak(messages.flatMap(spokenParts));
    this.#tell("lotsen-answer", {
      language: reply.language,
      cards: messages.map(({ card }) => card).filter(Boolean)
        .map(({ type, service, authority, level }) => ({ type, service, authority, level })),
    });
  }

  /** What happened beside, or null where it is nothing new. */
  #notice(code) {
    const wasResting = this.#resting;
    this.#resting = code === "rasa_down";
    const isNews = this.#t.has(`notice_${code}`) && !(this.#resting && wasResting);
    return isNews ? noticeTurn(code, this.#t) : null;
  }

  #fail(error, moveFocus, again) {
    const turn = failedTurn(error, this.#t, () => {
      if (this.#busy) return;
      turn.remove();
      again();
    });
    this.#conversation.append(turn);
    this.#live.say(turn.spoken, this.#t);
    this.#conversation.show(turn, moveFocus && turn);
  }

  /** On a public screen a link is a code for the phone: there is nowhere else to go. */
  #onLink(event) {
    const link = event.target.closest("a[href]");
    if (!this.#isKiosk || !link) return;
    event.preventDefault();
    const [title, how] = link.protocol === "tel:"
      ? ["kiosk_call_title", "kiosk_call_how"] : ["kiosk_link_title", "kiosk_link_how"];
    const url = safeUrl(link.href);
    const shown = url ? hostOf(url) : link.querySelector("bdi")?.textContent ?? link.pathname;
    showCode(link.href, this.#context, title, how, shown);
  }

  #restart() {
    this.#busy?.abort();
    hush();
    this.#frame.querySelector("dialog")?.close();
    this.#busy = null;
    this.#session = null;
    this.#resting = false;
    this.#bar.isEasy = false;
    this.#bar.canRestart = false;
    this.#conversation.clear();
    this.#form.clear();
    this.focus();
  }

  // ---- telling --------------------------------------------------------------------------------

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #listenToNetwork() {
    window.addEventListener("online", this.#network);
    window.addEventListener("offline", this.#network);
    this.#network();
  }

  #network = () => {
    const isOffline = navigator.onLine === false;
    if (!this.#t || this.#offline.hidden === !isOffline) return;
    this.#offline.hidden = !isOffline;
    this.#live.say(this.#t.text(isOffline ? "offline" : "online"), this.#t);
  };
}

if (!customElements.get("lotsen-chat")) customElements.define("lotsen-chat", LotsenChat);
