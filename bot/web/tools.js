/** What a person can do with a card: listen, copy, share, print, take it along on the phone. */
import { h, icon } from "./dom.js";
import { openPopup } from "./popup.js";
import { qrCode } from "./qr.js";
import { printSlip } from "./slip.js";
import { canSpeak, hush, onVoices, speak } from "./speech.js";

const KEPT = new Set(["answer", "offices", "handover"]);

/** The address that shows a card again: it names the matter, never what the person wrote. */
export function permalink(card, { base, municipality }) {
  if (!card?.service) return null;
  const url = new URL(`card/${encodeURIComponent(card.service)}`, base);
  url.searchParams.set("lang", card.language);
  if (municipality) url.searchParams.set("municipality", municipality);
  return url;
}

/** What is read aloud: the message in its language, the Swedish words in Swedish. */
export function spokenParts({ text, card, language }) {
  const said = (card?.say ?? []).map(({ swedish }) => ({ lang: "sv", text: swedish }));
  const plain = String(text ?? "").replace(/https?:\/\/(?:www\.)?([^\s/]+)\S*/g, "$1");
  return [{ lang: language, text: plain }, ...(language === "sv" ? [] : said)];
}

/**
 * The row of buttons under a card, or null where there is nothing to keep.
 * `context`: {base, municipality, isKiosk, root, t, announce}; t and root as they are now.
 */
export function cardTools(message, context) {
  const { card } = message;
  if (!KEPT.has(card?.type)) return null;
  const link = permalink(card, context);
  const { isKiosk, t } = context;
  const row = [
    listenButton(message, context),
    !isKiosk && copyButton(message, link, context),
    !isKiosk && link && shareButton(card, link, context),
    toolButton("print", t.text("print"), () => printSlip(message, link, context)),
    link && toolButton("qr", t.text("qr"), () => showCode(link, context, "qr_title", "qr_how")),
  ];
  return h("div", { class: "tools", role: "group", "aria-label": t.text("tools"), lang: t.lang, dir: t.dir },
    row);
}

function toolButton(sign, words, onclick, attributes = {}) {
  return h("button", { type: "button", class: `tool tool-${sign}`, onclick, ...attributes },
    icon(sign), h("span", {}, words));
}

/** Only there while the device has a voice of the language. */
function listenButton(message, { t }) {
  let isReading = false;
  const button = toolButton("listen", t.text("listen"), () => {
    if (isReading) return hush();
    show(true);
    return speak(spokenParts(message), () => show(false));
  }, { "aria-pressed": "false" });
  const show = (reading) => {
    isReading = reading;
    button.setAttribute("aria-pressed", String(reading));
    button.replaceChildren(icon(reading ? "stop" : "listen"),
      h("span", {}, t.text(reading ? "listen_stop" : "listen")));
  };
  const offer = () => { button.hidden = !canSpeak(message.language); };
  offer();
  onVoices(offer);
  return button;
}

function copyButton({ text }, link, { t, announce, root }) {
  return toolButton("copy", t.text("copy"), async ({ currentTarget }) => {
    const plain = [text, link?.href].filter(Boolean).join("\n\n").replace(/[\u2066-\u2069]/g, "");
    confirmOn(currentTarget, (await copied(plain, root)) ? "copied" : "copy_failed", t, announce);
  });
}

function shareButton(card, link, { t, announce, root }) {
  if (!navigator.share) {
    return toolButton("share", t.text("share_link"), async ({ currentTarget }) => {
      const key = (await copied(link.href, root)) ? "link_copied" : "copy_failed";
      confirmOn(currentTarget, key, t, announce);
    });
  }
  return toolButton("share", t.text("share"), () => {
    const title = [card.authority_name, card.title].filter(Boolean).join(": ");
    navigator.share({ title, url: link.href }).catch(() => {}); // a person who changes their mind
  });
}

/** Say on the button itself, for a moment, and in the live region, that it is done. */
function confirmOn(button, key, t, announce) {
  const label = button.querySelector("span");
  const before = label.textContent;
  label.textContent = t.text(key);
  announce(t.text(key), t);
  setTimeout(() => { label.textContent = before; }, 3000);
}

/** Copy a text; on plain http by the old way, from a field nobody sees. */
async function copied(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "sr", "aria-hidden": "true", tabindex: "-1" });
    field.value = text;
    const before = root.activeElement;
    root.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus();
    return done;
  }
}

/** The code of an address in a window, with the address in letters for who has no camera. */
export async function showCode(url, { base, root, t }, title, how, words = null) {
  const place = h("div", { class: "qr-place", role: "img", "aria-label": t.text("qr") });
  const shown = words ?? `${url.host}${url.pathname}`;
  const hint = h("p", {}, t.text(how));
  openPopup(root, t, t.text(title), place, hint, h("p", { class: "address" }, h("bdi", { dir: "ltr" }, shown)));
  const code = await qrCode(base, String(url));
  if (code) return place.append(code);
  place.remove();
  hint.textContent = t.text("qr_failed");
  return undefined;
}
