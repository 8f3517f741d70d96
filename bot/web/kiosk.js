/**
 * The kiosk: attract screen -> conversation -> nobody there -> everything forgotten.
 *
 * Forgetting: the chat element is thrown away, the voice is silenced, and where the gateway answers
 * the whole page is loaded anew in its place (nothing is left in memory, and there is no way back).
 * Where it does not answer, the page stays: an error page of the browser would greet the next person.
 */
import { canSpeak, h, icon, loadIcons, loadStrings, speak } from "./lotsen-chat.js";

const TURN_MS = 4000; // how long one language stands on the attract screen
const SIZES = [100, 125, 150, 200, 250, 300]; // percent
const PROBE_MS = 5000;
const { idle, warning, municipality } = document.body.dataset;
const byId = (id) => document.getElementById(id);
const [attract, talk, stage, told, away] = ["attract", "talk", "stage", "told", "away"].map(byId);
const tongues = [...document.querySelectorAll(".tongue")];

let chat = null;
let t = null; // strings of the person's language, null while nobody is there
let size = 0;
let readAloud = false;

// ---- the attract screen -------------------------------------------------------------------------

let turn = 0;
let isPaused = matchMedia("(prefers-reduced-motion: reduce)").matches;

function greetIn(tongue) {
  const { title, touch, texts } = tongue.dataset;
  for (const [element, words] of [[byId("greeting"), title], [byId("touch"), touch]]) {
    element.textContent = words;
    element.lang = texts;
    element.dir = tongue.dir;
  }
  for (const one of tongues) one.classList.toggle("is-spoken", one === tongue);
}

function nextGreeting() {
  if (isPaused || t) return;
  turn = (turn + 1) % tongues.length;
  greetIn(tongues[turn]);
}

async function showPause() {
  const words = await loadStrings(document.documentElement.lang);
  byId("pause").replaceChildren(icon(isPaused ? "play" : "pause"),
    h("span", {}, words.text(isPaused ? "kiosk_play" : "kiosk_pause")));
  byId("pause").setAttribute("aria-pressed", String(isPaused));
}

// ---- the conversation ---------------------------------------------------------------------------

async function begin(code) {
  t = await loadStrings(code);
  chat = h("lotsen-chat", { lang: code, kiosk: true, theme: "light", ...(municipality && { municipality }) });
  chat.addEventListener("lotsen-language", async ({ detail }) => {
    t = await loadStrings(detail.language);
    write();
  });
  chat.addEventListener("lotsen-ready", () => chat?.focus(), { once: true });
  chat.addEventListener("lotsen-answer", () => { byId("hints").hidden = true; });
  stage.replaceChildren(chat);
  attract.hidden = true;
  talk.hidden = false;
  byId("hints").hidden = false;
  write();
  stir();
}

/** Everything around the chat in the person's language. */
function write() {
  document.documentElement.lang = t.lang;
  document.documentElement.dir = t.dir;
  document.title = t.text("page_title");
  byId("end").replaceChildren(icon("close"), h("span", {}, t.text("kiosk_end")));
  byId("hints").setAttribute("aria-label", t.text("kiosk_hints"));
  byId("hints").firstChild.replaceChildren(...[1, 2, 3].map((n) => h("li", {}, t.text(`kiosk_hint_${n}`))));
  const speaks = canSpeak(t.lang);
  byId("desk-tools").setAttribute("aria-label", t.text("kiosk_text_size", { n: SIZES[size] }));
  byId("desk-tools").replaceChildren(
    deskButton("smaller", "kiosk_smaller", () => resize(-1), { disabled: size === 0 }),
    deskButton("larger", "kiosk_larger", () => resize(1), { disabled: size === SIZES.length - 1 }),
    ...(speaks ? [deskButton("listen", "kiosk_read", toggleReading, { "aria-pressed": String(readAloud) })] : []));
}

function deskButton(sign, key, onclick, attributes) {
  return h("button", { type: "button", class: `desk-tool tool-${sign}`, onclick, ...attributes },
    icon(sign), h("span", {}, t.text(key)));
}

function resize(step) {
  size = Math.min(Math.max(size + step, 0), SIZES.length - 1);
  document.documentElement.style.fontSize = `${SIZES[size]}%`;
  document.body.classList.toggle("is-large", SIZES[size] >= 200);
  const pressed = document.activeElement?.className;
  write();
  const again = [...document.querySelectorAll(".desk-tool")].find((one) => one.className === pressed);
  (again?.disabled ? byId("desk-tools").querySelector(":enabled") : again)?.focus();
  tell(t.text("kiosk_text_size", { n: SIZES[size] }));
}

function toggleReading() {
  readAloud = !readAloud;
  chat.toggleAttribute("read-aloud", readAloud);
  if (!readAloud) speak([]);
  write();
  byId("desk-tools").querySelector(".tool-listen")?.focus();
  tell(t.text(readAloud ? "kiosk_read_is_on" : "kiosk_read_is_off"));
}

function tell(sentence) {
  told.lang = t?.lang ?? "sv";
  told.textContent = sentence;
}

// ---- nobody there -------------------------------------------------------------------------------

let lastSign = Date.now();
let countdown = null;

/** A sign of life. During the countdown only "more time" counts: a sleeve on the screen does not. */
function stir() {
  if (!countdown) lastSign = Date.now();
}

function watch() {
  if (!t || countdown) return;
  if (Date.now() - lastSign >= (idle - warning) * 1000) askWhetherThere();
}

/** Seen, and heard: a tone and, where there is a voice, the sentence. */
function askWhetherThere() {
  const until = Date.now() + warning * 1000;
  const words = h("p", { class: "idle-text", "aria-live": "off" });
  const number = h("p", { class: "idle-number", "aria-hidden": "true" });
  const more = h("button", { type: "button", class: "more", onclick: () => dialog.close() }, t.text("kiosk_more_time"));
  const end = h("button", { type: "button", class: "choice", onclick: () => forget() }, t.text("kiosk_end"));
  const dialog = h("dialog", {
    class: "popup idle", role: "alertdialog", "aria-labelledby": "idle-title", "aria-describedby": "idle-text",
    lang: t.lang, dir: t.dir, onclose: () => stop(),
  }, h("div", { class: "popup-body" }, h("h2", { id: "idle-title" }, t.text("kiosk_idle_title")),
    number, words, more, end));
  words.id = "idle-text";
  const show = () => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    number.textContent = String(left);
    words.textContent = t.plural("kiosk_idle", left);
    if (left === 10) tell(words.textContent);
    if (left === 0) forget();
  };
  const stop = () => {
    clearInterval(countdown);
    countdown = null;
    dialog.remove();
    speak([]);
    stir();
  };
  document.body.append(dialog);
  countdown = setInterval(show, 250);
  show();
  dialog.showModal();
  more.focus();
  chime();
  speak([{ lang: t.lang, text: `${t.text("kiosk_idle_title")} ${words.textContent}` }]);
}

/** Two soft tones. Without sound on the device the screen still says it. */
function chime() {
  try {
    const sound = new AudioContext();
    for (const [at, pitch] of [[0, 660], [0.25, 880]]) {
      const [tone, loudness] = [sound.createOscillator(), sound.createGain()];
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0.15, sound.currentTime + at);
      loudness.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + at + 0.6);
      tone.connect(loudness).connect(sound.destination);
      tone.start(sound.currentTime + at);
      tone.stop(sound.currentTime + at + 0.6);
    }
    setTimeout(() => sound.close(), 2000);
    document.body.dataset.chimed = String(Number(document.body.dataset.chimed ?? 0) + 1);
  } catch {
    // no sound on this device
  }
}

/** Forget everything, and greet the next person. */
async function forget() {
  clearInterval(countdown);
  countdown = null;
  document.querySelectorAll("dialog").forEach((dialog) => dialog.remove());
  chat?.reset();
  stage.replaceChildren();
  const goodbye = t?.text("kiosk_erased");
  [chat, t, size, readAloud] = [null, null, 0, false];
  speak([]);
  document.documentElement.style.fontSize = "";
  document.body.classList.remove("is-large");
  talk.hidden = true;
  attract.hidden = false;
  document.documentElement.lang = tongues[0].dataset.texts;
  document.documentElement.dir = tongues[0].dir;
  turn = 0;
  greetIn(tongues[0]);
  scrollTo(0, 0);
  told.textContent = goodbye ?? "";
  sessionStorage.clear();
  if (await isThere()) location.replace(location.href); // no trace in memory, no way back
}

// ---- the gateway --------------------------------------------------------------------------------

async function isThere() {
  try {
    const reply = await fetch("/api/languages", { cache: "no-store", signal: AbortSignal.timeout(3000) });
    return reply.ok;
  } catch {
    return false;
  }
}

/** Say so while the gateway cannot be reached; the attract screen stays and wakes by itself. */
async function probe() {
  const lost = !(await isThere());
  if (away.hidden === !lost) return;
  away.hidden = !lost;
  const words = t ?? (await loadStrings("sv"));
  away.lang = words.lang;
  away.dir = words.dir;
  away.textContent = lost ? words.text("kiosk_away") : "";
}

// ---- begin --------------------------------------------------------------------------------------

for (const tongue of tongues) tongue.addEventListener("click", () => begin(tongue.dataset.lang));
byId("pause").addEventListener("click", () => { isPaused = !isPaused; showPause(); });
byId("end").addEventListener("click", () => forget());
for (const sign of ["pointerdown", "keydown", "wheel", "touchstart", "input"]) {
  addEventListener(sign, stir, { capture: true, passive: true });
}
// No way out by hand: no menus, no files dropped, no new windows.
for (const exit of ["contextmenu", "dragover", "drop"]) addEventListener(exit, (event) => event.preventDefault());
addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
setInterval(nextGreeting, TURN_MS);
setInterval(watch, 500);
setInterval(probe, PROBE_MS);
greetIn(tongues[0]);
loadIcons().then(showPause);
