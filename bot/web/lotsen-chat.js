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
import { asset, readAsset } from "./assets.js";
import { renderCard } from "./card.js";
import { keepReadable } from "./colours.js";
import { h, hostOf, icon, loadIcons, safeUrl } from "./dom.js";
import { hush, speak } from "./speech.js";
import { loadStrings } from "./strings.js";
import { cardTools, showCode, spokenParts } from "./tools.js";

const LIMIT = 2000; // characters, as the gateway counts them
const COUNT_FROM = 1800;
const SLOW_MS = 6000;
const SHORT_PX = 120; // a question this low stays in view above its answer
const SUGGESTIONS = ["suggestion_1", "suggestion_2", "suggestion_3", "suggestion_4"];
const NOT_WORTH_REPEATING = new Set(["message_empty", "message_too_long"]);

const REMEMBERED = "lotsen-language";
const length = (text) => [...text].length;

/** The stylesheet; where the host page has shrunk the rem, in the reader's own letter size. */
async function loadStyle() {
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
function setTheme(sheet, theme) {
  const media = { light: "not all", dark: "all" }[theme] ?? "(prefers-color-scheme: dark)";
  const dark = [...sheet.cssRules].find((rule) => rule.cssText?.includes("--is-dark"));
  if (dark) dark.media.mediaText = media;
}

export class LotsenChat extends HTMLElement {
  static observedAttributes = ["lang", "theme"];

  #t = null; // strings of the language chosen
  #languages = [];
  #session = null;
  #picked = false; // a language chosen by hand is sent; otherwise Lotsen finds it out
  #busy = null; // the AbortController of the question under way
  #resting = false; // the last answer came without Rasa: said once, not at every answer
  #sheet = null;
  #el = {};

  async connectedCallback() {
    if (this.shadowRoot) return this.#listenToNetwork();
    const remembered = this.#recall();
    this.#picked = remembered !== null || this.#isKiosk; // there a language was touched to begin
    const [strings, languages, sheet] = await Promise.all([
      loadStrings(remembered ?? (this.lang || "sv")), getLanguages(this.#api), loadStyle(), loadIcons(),
    ]);
    if (this.shadowRoot) return undefined;
    this.#t = strings;
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
    else if (now && now !== this.#t.code) this.#switchTo(now);
  }

  focus(options) {
    this.#el.input?.focus(options);
  }

  ask(text) {
    return this.#submit(String(text));
  }

  reset() {
    this.#restart();
  }

  get #api() {
    return new URL(this.getAttribute("api") || "../../", asset(".")); // from /v/<release>/
  }

  get #isKiosk() {
    return this.hasAttribute("kiosk");
  }

  /** What buttons under a card and codes need to know. */
  #context(t = this.#t) {
    return {
      base: this.#api, municipality: this.getAttribute("municipality"), isKiosk: this.#isKiosk,
      root: this.#el.frame, t, announce: (sentence, words) => this.#announce(sentence, words),
    };
  }

  #darkness = matchMedia("(prefers-color-scheme: dark)");

  /** Take the theme, and see that what the host page has coloured can be read. */
  #colour = () => {
    setTheme(this.#sheet, this.getAttribute("theme"));
    const replaced = keepReadable(this.#el.frame);
    if (replaced.length) {
      console.warn(`lotsen-chat: too little contrast, replaced: ${replaced.join(", ")}`);
    }
    this.#darkness.addEventListener("change", this.#colour);
  };

  // ---- the frame ------------------------------------------------------------------------------

  #build() {
    const el = this.#el;
    el.languageLabel = h("span", { class: "sr" });
    el.language = h("select", { onchange: () => this.#pick(el.language.value) },
      this.#languages.map((one) =>
        h("option", { value: one.code, lang: one.code, dir: one.dir }, one.name)));
    el.restart = h("button", {
      type: "button", class: "quiet", hidden: true, onclick: () => this.#restart(),
    });
    el.easy = h("button", {
      type: "button", class: "quiet easy", "aria-pressed": "false", onclick: () => this.#toggleEasy(),
    });
    el.start = h("div", { class: "start" });
    el.log = h("div", {
      class: "log", part: "log", role: "log", "aria-live": "off", tabindex: "0",
      onclick: (event) => this.#onLink(event),
    }, el.start);
    el.offline = h("p", { class: "offline", hidden: true });
    el.inputLabel = h("label", { for: "question" });
    el.input = h("textarea", {
      id: "question", part: "input", rows: "1", dir: "auto", autocomplete: "off",
      "aria-describedby": "count",
      onkeydown: (event) => this.#onKey(event), oninput: () => this.#count(),
    });
    el.send = h("button", { type: "submit", class: "send", part: "send" });
    el.count = h("p", { id: "count", class: "count" });
    el.form = h("form", { part: "form", novalidate: true, onsubmit: (event) => this.#onSubmit(event) },
      el.inputLabel, h("div", { class: "field" }, el.input, el.send), el.count);
    el.note = h("p", { class: "robot", part: "note" });
    el.status = h("p", { class: "sr", role: "status" });
    el.frame = h("div", { class: "chat" },
      h("div", { class: "bar", part: "header" },
        h("label", { class: "picker" }, icon("globe"), el.languageLabel, el.language), el.easy, el.restart),
      el.log, el.offline, el.form, el.note, el.status);
    return el.frame;
  }

  /** Write every label of the frame in the language chosen. */
  #label() {
    const { el, t } = { el: this.#el, t: this.#t };
    el.frame.lang = t.lang;
    el.frame.dir = t.dir;
    el.language.value = t.code;
    el.languageLabel.textContent = t.text("language");
    el.restart.replaceChildren(icon("again", { flip: true }), h("span", {}, t.text("restart")));
    el.easy.textContent = t.text("easy");
    el.easy.hidden = t.code !== "sv";
    el.log.setAttribute("aria-label", t.text("conversation"));
    el.form.setAttribute("aria-label", t.text("form"));
    el.inputLabel.textContent = t.text("question");
    el.send.replaceChildren(h("span", {}, t.text("send")), icon("send", { flip: true }));
    el.offline.textContent = t.text("offline");
    el.note.replaceChildren(`${t.text("robot")} ${t.text("private")} ${t.text("danger")} `,
      h("a", { href: "tel:112" }, t.text("call_112")));
    el.start.replaceChildren(h("h2", {}, t.text("title")), h("p", {}, t.text("intro")),
      this.#choices(SUGGESTIONS.map((key) => ({ title: t.text(key) })), t.text("suggestions"), t.lang,
        true));
    this.#count();
  }

  /**
   * Buttons to choose from; without a payload the title itself is the question.
   * Their language is sent along: what we wrote needs no detection.
   */
  #choices(buttons, heading, language, isSuggestion = false) {
    const isJudgement = buttons.every(({ payload }) => payload?.startsWith("/give_feedback"));
    const kind = isSuggestion ? " suggestions" : isJudgement ? " judgement" : "";
    return h("div", {
      class: `choices${kind}`, role: "group", "aria-label": heading,
    },
      isSuggestion && h("p", { class: "choices-label", "aria-hidden": "true" }, heading),
      buttons.map(({ title, payload }) => h("button", {
        type: "button", class: "choice", part: "choice",
        onclick: () => this.#submit(payload ?? title, { shown: title, language, moveFocus: true }),
      }, title)));
  }

  // ---- language -------------------------------------------------------------------------------

  #pick(code) {
    this.#picked = true;
    return this.#switchTo(code);
  }

  /** Easy Swedish is said to the bot like any other wish; it answers that it has understood. */
  #toggleEasy() {
    if (this.#busy) return;
    const wanted = !this.#isEasy();
    this.#el.easy.setAttribute("aria-pressed", String(wanted));
    this.#submit(wanted ? "/easy_on" : "/easy_off", { shown: this.#t.text("easy"), language: "sv" });
  }

  #isEasy() {
    return this.#el.easy.getAttribute("aria-pressed") === "true";
  }

  async #switchTo(code) {
    this.#t = await loadStrings(code);
    this.#label();
    this.lang = code;
    this.#tellLanguage();
  }

  #tellLanguage() {
    const { code, lang } = this.#t;
    this.#tell("lotsen-language", { language: code, texts: lang, picked: this.#picked });
  }

  /** The language picked earlier in this visit, or null. */
  #recall() {
    if (!this.hasAttribute("remember")) return null;
    try {
      const code = sessionStorage.getItem(REMEMBERED);
      return /^[a-z]{2,3}$/.test(code ?? "") ? code : null;
    } catch {
      return null; // storage is barred
    }
  }

  /** Nothing is stored before the first question, and then only a language picked by hand. */
  #remember() {
    if (!this.#picked || !this.hasAttribute("remember")) return;
    try {
      sessionStorage.setItem(REMEMBERED, this.#t.code);
    } catch {
      // storage is barred: the language holds on this page
    }
  }

  #known(code) {
    return this.#languages.find((one) => one.code === code);
  }

  #nameOf = (code) => this.#known(code)?.name ?? code;

  // ---- asking ---------------------------------------------------------------------------------

  #onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#el.form.requestSubmit();
  }

  #onSubmit(event) {
    event.preventDefault();
    const { input } = this.#el;
    const text = input.value.trim();
    if (this.#busy) return;
    if (!text) {
      this.#complain(this.#t.text("error_message_empty"));
    } else if (length(text) > LIMIT) {
      this.#complain(this.#t.plural("counter_over", length(text) - LIMIT));
    } else {
      input.value = "";
      this.#count();
      // On a touch screen the keyboard would cover the answer: let it go.
      this.#submit(text, { moveFocus: matchMedia("(pointer: coarse)").matches });
    }
  }

  #count() {
    const { input, count } = this.#el;
    const left = LIMIT - length(input.value.trim());
    if (left < 0) {
      const isNews = !input.hasAttribute("aria-invalid"); // said once, not at every key
      return this.#complain(this.#t.plural("counter_over", -left), { say: isNews });
    }
    input.removeAttribute("aria-invalid");
    count.classList.remove("bad");
    count.textContent = left <= LIMIT - COUNT_FROM ? this.#t.plural("counter_left", left) : "";
    return undefined;
  }

  /** Say below the field what is wrong with it. */
  #complain(sentence, { say = true } = {}) {
    const { input, count } = this.#el;
    input.setAttribute("aria-invalid", "true");
    count.classList.add("bad");
    count.textContent = sentence;
    if (say) this.#announce(sentence, this.#t);
    input.focus();
  }

  #submit(message, { shown = message, language = null, moveFocus = false } = {}) {
    if (this.#busy || !this.#el.frame) return undefined;
    hush();
    this.#remember();
    this.#el.restart.hidden = false;
    this.#el.start.remove();
    const bubble = h("p", { dir: "auto", ...(language && { lang: language }) }, shown);
    this.#el.log.append(h("article", { class: "turn person", part: "person" },
      h("p", { class: "sr" }, this.#t.text("you")), bubble));
    return this.#exchange({ message, language }, { bubble, moveFocus });
  }

  async #exchange(question, { bubble, moveFocus }) {
    const giveUp = new AbortController();
    this.#busy = giveUp;
    const waiting = this.#wait();
    try {
      const reply = await postChat(this.#api, {
        session: this.#session,
        message: question.message,
        language: this.#picked ? this.#t.code : question.language,
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
      this.#el.log.setAttribute("aria-busy", this.#busy ? "true" : "false");
    }
  }

  /** The typing sign; after some seconds it says that it takes long. */
  #wait() {
    const words = h("span", {}, this.#t.text("thinking"));
    const sign = h("p", { class: "turn typing" },
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), words);
    this.#el.log.append(sign);
    this.#el.log.setAttribute("aria-busy", "true");
    this.#show(sign);
    const timer = setTimeout(() => {
      words.textContent = this.#t.text("slow");
      this.#announce(words.textContent, this.#t);
    }, SLOW_MS);
    return { done: () => { clearTimeout(timer); sign.remove(); } };
  }

  // ---- answering ------------------------------------------------------------------------------

  async #receive(reply, { bubble, moveFocus, waiting }) {
    this.#session = reply.session ?? this.#session;
    const messages = reply.messages ?? [];
    // The card's language is the person's; the text may be in another where it has no texts yet.
    const language = messages.at(-1)?.card?.language ?? reply.language;
    if (!bubble.lang && language) bubble.lang = language;
    const isOther = language && language !== this.#t.code;
    if (isOther && !this.#picked) await this.#switchTo(language);
    const answers = await Promise.all(messages.map((message) => this.#turn(message, reply)));
    waiting.done();
    const notice = this.#notice(reply.notice);
    const isEmergency = messages.some(({ card }) => card?.type === "emergency");
    const turns = (isEmergency ? [...answers, notice] : [notice, ...answers]).filter(Boolean);
    this.#el.log.append(...turns);
    this.#announce(turns.map((turn) => turn.spoken ?? turn.textContent).join(" "),
      { lang: reply.language ?? this.#t.lang, dir: reply.dir ?? this.#t.dir });
    if (turns.length) this.#show(turns[0], moveFocus && (answers[0] ?? turns[0]));
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
    if (!this.#t.has(`notice_${code}`) || (this.#resting && wasResting)) return null;
    return h("p", { class: "turn notice", tabindex: "-1", lang: this.#t.lang, dir: this.#t.dir },
      icon("note"), h("span", {}, this.#t.text(`notice_${code}`)));
  }

  /** One message: the card where there is one to show, else the text; then its buttons. */
  async #turn(message, reply) {
    const { text, buttons, card } = message;
    const language = card?.language ?? message.language ?? reply.language ?? this.#t.lang;
    message.language = language;
    const strings = await loadStrings(language);
    const shown = renderCard(card, strings, this.#t, this.#nameOf);
    const tools = shown && cardTools(message, this.#context());
    if (tools) shown.append(tools);
    const options = buttons?.length ? buttons
      : (card?.options ?? []).map(({ label, service }) =>
        ({ title: label, payload: `/choose_service${JSON.stringify({ service })}` }));
    const turn = h("article", {
      class: "turn bot", part: "bot", tabindex: "-1",
      lang: language, dir: card?.dir ?? message.dir ?? reply.dir ?? strings.dir,
    },
    h("p", { class: "sr" }, this.#t.text("lotsen")),
    shown ?? (text && h("p", { class: "said" }, text)),
    options.length && this.#choices(options, this.#t.text("choices"), language));
    turn.spoken = [text, ...options.map((option) => option.title)].filter(Boolean).join(". ");
    return turn;
  }

  #fail(error, moveFocus, again) {
    const { lang, dir } = this.#t;
    const code = this.#t.has(`error_${error.code}`) ? error.code : "internal";
    const sentence = this.#t.text(`error_${code}`);
    const turn = h("article", { class: "turn bot failed", part: "error", tabindex: "-1", lang, dir },
      h("p", { class: "said" }, icon("sos"), h("span", {}, sentence)),
      !NOT_WORTH_REPEATING.has(code) && h("button", {
        type: "button", class: "choice again",
        onclick: () => { if (!this.#busy) { turn.remove(); again(); } },
      }, icon("again", { flip: true }), this.#t.text("try_again")));
    this.#el.log.append(turn);
    this.#announce(sentence, this.#t);
    this.#show(turn, moveFocus && turn);
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
    showCode(link.href, this.#context(), title, how, shown);
  }

  #restart() {
    this.#busy?.abort();
    hush();
    this.#el.frame.querySelector("dialog")?.close();
    this.#busy = null;
    this.#session = null;
    this.#resting = false;
    this.#el.easy.setAttribute("aria-pressed", "false");
    this.#el.log.replaceChildren(this.#el.start);
    this.#el.restart.hidden = true;
    this.#el.input.value = "";
    this.#count();
    this.focus();
  }

  // ---- telling --------------------------------------------------------------------------------

  /** The one live region: a finished answer, a fault, a long wait. */
  #announce(sentence, { lang, dir }) {
    const { status } = this.#el;
    status.lang = lang;
    status.dir = dir;
    status.textContent = "";
    setTimeout(() => { status.textContent = sentence; }, 50); // a change is heard, a repetition not
  }

  /** Bring a turn into view, with the question above it; `focused` gets the focus where given. */
  #show(turn, focused = null) {
    if (focused) focused.focus({ preventScroll: true });
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const before = turn.previousElementSibling;
    const isShortQuestion = before?.matches(".person") && before.offsetHeight < SHORT_PX;
    const first = isShortQuestion ? before : turn;
    const behavior = calm ? "auto" : "smooth";
    const { log } = this.#el;
    // Only the conversation moves, not the page around it; without a height of its own, the page.
    if (log.scrollHeight <= log.clientHeight) first.scrollIntoView({ block: "start", behavior });
    else log.scrollTo({ top: first.offsetTop - 16, behavior });
  }

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
    const { offline } = this.#el;
    if (!offline || offline.hidden === !isOffline) return;
    offline.hidden = !isOffline;
    this.#announce(this.#t.text(isOffline ? "offline" : "online"), this.#t);
  };
}

if (!customElements.get("lotsen-chat")) customElements.define("lotsen-chat", LotsenChat);
