/**
 * <script src="https://lotsen.example/lotsen.js" data-municipality="0181" async></script>
 *
 * Puts Lotsen on a page of any site: a button in the corner that opens the chat, or the chat in
 * its place on the page. The chat itself loads when it is first opened. All of it stands in a
 * shadow root: the page's styles do not reach in, ours do not reach out.
 *
 * Attributes of the script (all optional)
 *   data-municipality  SCB code, four digits
 *   data-lang          language to start in; default: the page's, else the browser's, else Swedish
 *   data-position      right (default) or left, at the end or the start of the line of reading
 *   data-start         closed (default), open, or inline: in the page, where the script stands
 *   data-target        CSS selector of the element an inline chat fills
 *   data-theme         auto (default), light or dark
 * window.Lotsen: open(), close(), ask(text), setLanguage(code), release
 * Events on document: lotsen-open, lotsen-close, and those of <lotsen-chat>: lotsen-ready,
 *   lotsen-language, lotsen-answer. They never carry what the person wrote.
 * CSS variables on :root: those of <lotsen-chat>, and --lotsen-z (2147483000), --lotsen-gap (1rem).
 */
(() => {
const RELEASE = "dev"; // filled in by bot/release.py
const INTEGRITY = ""; // filled in by bot/release.py
const TEXTS = {}; // filled in by bot/release.py
  const script = document.currentScript;
  if (!script || window.Lotsen) return;
  const options = script.dataset;
  const isPinned = script.src.includes(`/v/${RELEASE}/`);
  const api = new URL(isPinned ? "../../" : ".", script.src);
  const chatSource = new URL(`v/${RELEASE}/lotsen-chat.js`, api).href;

  const STYLE = `
    :host { all: initial; color-scheme: light dark; }
    .right, .left { --accent: var(--lotsen-accent, #0b4a5e); --accent-ink: var(--lotsen-accent-ink, #fff); }
    button, a, dialog, h2 { font-family: var(--lotsen-font, system-ui, "Segoe UI", Roboto, "Noto Sans",
      "Noto Sans Arabic", "Noto Sans Ethiopic", "Abyssinica SIL", sans-serif); line-height: 1.3; letter-spacing: normal; }
    .launcher { position: fixed; z-index: var(--lotsen-z, 2147483000); inset-block-end: var(--lotsen-gap, 16px);
      inset-inline-end: var(--lotsen-gap, 16px); display: inline-flex; align-items: center; gap: 12px;
      min-block-size: 56px; max-inline-size: calc(100vw - 32px); padding: 8px 20px 8px 14px;
      border: 2px solid transparent; border-radius: 28px; text-align: start; cursor: pointer;
      background: var(--accent); color: var(--accent-ink); font-size: 17px; font-weight: 600;
      box-shadow: 0 2px 6px rgb(10 30 40 / 20%), 0 8px 28px rgb(10 30 40 / 22%); }
    .launcher:dir(rtl) { padding: 8px 14px 8px 20px; }
    .launcher:hover { filter: brightness(1.12); }
    .launcher svg { flex: none; inline-size: 28px; block-size: 28px; }
    .launcher small { display: block; font-size: 14px; font-weight: 400; }
    .left .launcher, .left dialog { inset-inline: var(--lotsen-gap, 16px) auto; }
    :focus-visible { outline: 3px solid #b04a00; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
    [hidden] { display: none !important; }
    dialog { position: fixed; z-index: var(--lotsen-z, 2147483000); margin: 0; padding: 0; box-sizing: border-box;
      inset: auto var(--lotsen-gap, 16px) var(--lotsen-gap, 16px) auto; inset-inline: auto var(--lotsen-gap, 16px);
      inline-size: min(440px, 100vw - 32px); block-size: min(720px, 100dvh - 32px); max-inline-size: none; max-block-size: none;
      border: 1px solid rgb(120 140 150 / 50%); border-radius: 20px; overflow: clip;
      background: var(--lotsen-surface, Canvas); color: var(--lotsen-ink, CanvasText); box-shadow: 0 12px 48px rgb(10 30 40 / 30%); }
    dialog[open] { display: flex; flex-direction: column; }
    dialog:modal { inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; }
    header { flex: none; display: flex; align-items: center; gap: 10px; padding: 6px 8px 6px 16px;
      padding-inline: 16px 8px; background: var(--accent); color: var(--accent-ink); }
    header svg { inline-size: 24px; block-size: 24px; flex: none; }
    h2 { margin: 0; flex: 1; font-size: 18px; font-weight: 700; }
    .close { display: grid; place-items: center; inline-size: 44px; block-size: 44px; padding: 0; border: 0;
      border-radius: 12px; background: none; color: inherit; cursor: pointer; }
    .close:hover { background: rgb(255 255 255 / 18%); }
    lotsen-chat { flex: 1; min-block-size: 0; }
    .sorry { margin: auto; padding: 24px; font-size: 17px; color: inherit; }
    @media (max-height: 480px) { .launcher { min-block-size: 44px; padding-block: 4px; } .launcher small { display: none; }
      dialog[open] { display: block; overflow: auto; scroll-padding-block: 64px 8px; } header { position: sticky; inset-block-start: 0; z-index: 1; } }
    @media (forced-colors: active) { .launcher, dialog { border: 2px solid CanvasText; } }
    @media print { .launcher, dialog { display: none !important; } }`;
  const SVG = "http://www.w3.org/2000/svg";

  const el = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const drawing = (...shapes) => {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    for (const [path, fill] of shapes) {
      const shape = document.createElementNS(SVG, "path");
      shape.setAttribute("d", path);
      if (fill) shape.setAttribute("fill", fill);
      else for (const [k, v] of [["fill", "none"], ["stroke", "currentColor"], ["stroke-width", "2"]]) shape.setAttribute(k, v);
      svg.append(shape);
    }
    return svg;
  };
  const flag = () => drawing(["M0 4a4 4 0 0 1 4-4h16a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4z", "#f4c54a"],
    ["M4 0h4v24H4zM12 0h4v24h-4zM20 0a4 4 0 0 1 4 4v16a4 4 0 0 1-4 4z", "#15708c"]);

  const known = (code) => (code && TEXTS[code.split("-")[0]] ? code.split("-")[0] : null);
  let language = known(options.lang) || known(document.documentElement.lang)
    || (navigator.languages || []).map(known).find(Boolean) || "sv";
  const text = (key) => (TEXTS[language] || TEXTS.en || {})[key] || key;
  const simplePage = () => {
    const url = new URL("ask", api);
    url.searchParams.set("lang", language);
    if (options.municipality) url.searchParams.set("municipality", options.municipality);
    return url.href;
  };

  /** The chat's script, checked against its hash; once. */
  let loading = null;
  function load() {
    if (customElements.get("lotsen-chat")) return Promise.resolve();
    loading = loading || new Promise((resolve, reject) => {
      const module = document.createElement("script");
      module.type = "module";
      module.crossOrigin = "anonymous";
      if (INTEGRITY) module.integrity = INTEGRITY;
      module.onload = resolve;
      module.onerror = () => { loading = null; module.remove(); reject(new Error("lotsen-chat.js")); };
      try { // under Trusted Types the page allows the policy "lotsen"
        const policy = window.trustedTypes?.createPolicy("lotsen", { createScriptURL: (url) => url });
        module.src = policy ? policy.createScriptURL(chatSource) : chatSource;
      } catch {
        module.src = chatSource;
      }
      document.head.append(module);
    });
    return loading;
  }

  function chatElement() {
    const attributes = { lang: language, api: api.href, remember: "", theme: options.theme || "auto" };
    if (options.municipality) attributes.municipality = options.municipality;
    return el("lotsen-chat", attributes);
  }
  const ready = (chat) => (chat.shadowRoot ? Promise.resolve() : new Promise((resolve) => {
    chat.addEventListener("lotsen-ready", resolve, { once: true });
  }));
  const sorry = () => el("a", { class: "sorry", href: simplePage() }, text("chat_simple"));
  const tell = (name) => document.dispatchEvent(new CustomEvent(name));

  // ---- in the page ------------------------------------------------------------------------------

  function inline() {
    const chat = chatElement();
    chat.append(sorry()); // shown until the chat is there, and where it never comes
    const target = options.target && document.querySelector(options.target);
    if (target) target.replaceChildren(chat);
    else script.after(chat);
    load().catch(() => {});
    const begun = ready(chat);
    return {
      open: () => begun.then(() => chat.focus()),
      close() {},
      ask: (question) => begun.then(() => chat.ask(question)),
      setLanguage: (code) => { chat.lang = code; },
    };
  }

  // ---- in the corner ----------------------------------------------------------------------------

  /** White or black where the page's own pair of colours cannot be read. */
  function readableInk(accent, ink) {
    const luminance = (colour) => {
      const [r, g, b] = (colour.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3)
        .map((part) => (part / 255 <= 0.04045 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratio = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const ground = luminance(accent);
    if (ratio(ground, luminance(ink)) >= 4.5) return ink;
    return ratio(ground, 0) > ratio(ground, 1) ? "#000" : "#fff";
  }

  function corner() {
    const host = el("div", { class: "lotsen" });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];

    const label = el("span", {});
    const hint = el("small", {});
    const launcher = el("button", { type: "button", class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" },
      flag(), el("span", {}, label, hint));
    const title = el("h2", { id: "title" }, "Lotsen");
    const close = el("button", { type: "button", class: "close" }, drawing(["M6 6l12 12M18 6 6 18"]));
    const panel = el("dialog", { "aria-labelledby": "title" }, el("header", {}, flag(), title, close));
    const frame = el("div", { class: options.position === "left" ? "left" : "right" }, launcher, panel);
    root.append(frame);
    document.body.append(host);

    const write = () => {
      frame.lang = TEXTS[language] ? language : "en";
      frame.dir = text("$dir");
      label.textContent = text("launcher");
      hint.textContent = text("launcher_hint");
      close.setAttribute("aria-label", text("chat_close"));
    };
    write();
    const colour = () => { // again when the page's own styles have come
      frame.style.removeProperty("--accent-ink");
      const drawn = getComputedStyle(launcher);
      frame.style.setProperty("--accent-ink", readableInk(drawn.backgroundColor, drawn.color));
    };
    colour();
    window.addEventListener("load", colour);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colour);

    let chat = null;
    let staysOnPage = false; // the focus, when the chat closes
    async function open({ moveFocus = true } = {}) {
      if (!panel.open) {
        colour();
        const isSmall = matchMedia("(max-width: 480px), (max-height: 480px)").matches;
        panel[isSmall ? "showModal" : "show"]();
        launcher.hidden = true;
        launcher.setAttribute("aria-expanded", "true");
        tell("lotsen-open");
      }
      if (!chat) {
        chat = chatElement();
        panel.append(chat);
      }
      try {
        await load();
        await ready(chat);
        // On a touch screen the keyboard would cover what there is to read first.
        if (moveFocus && !matchMedia("(pointer: coarse)").matches) chat.focus();
      } catch {
        chat.remove();
        chat = null;
        panel.querySelector(".sorry")?.remove();
        panel.append(sorry());
        panel.querySelector(".sorry").focus();
      }
    }
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) panel.close();
    });
    // Whoever has gone on to the page can uncover it where they stand (WCAG 2.2, 2.4.11).
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !panel.open) return;
      staysOnPage = true;
      panel.close();
    });
    panel.addEventListener("close", () => {
      launcher.hidden = false;
      launcher.setAttribute("aria-expanded", "false");
      if (!staysOnPage) launcher.focus();
      staysOnPage = false;
      tell("lotsen-close");
    });
    close.addEventListener("click", () => panel.close());
    launcher.addEventListener("click", () => open());
    host.addEventListener("lotsen-language", ({ detail }) => { language = detail.language; write(); });
    return {
      open, close: () => panel.close(),
      ask: (question) => open().then(() => chat && chat.ask(question)),
      setLanguage: (code) => { language = code; write(); if (chat) chat.lang = code; },
    };
  }

  function begin() {
    const lotsen = options.start === "inline" ? inline() : corner();
    window.Lotsen = Object.freeze({ ...lotsen, release: RELEASE });
    if (options.start === "open") lotsen.open({ moveFocus: false });
  }
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
