/** Reading aloud with the voices of the device; no voice of the language, no reading. */

const synthesis = window.speechSynthesis;

/** A voice for a language, or null. A voice on the device before one that asks a server. */
function voiceFor(code) {
  const voices = (synthesis?.getVoices() ?? [])
    .filter((voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === code);
  return voices.find((voice) => voice.localService) ?? null;
}

export const canSpeak = (code) => voiceFor(code) !== null;

/** Call back when the voices are there; browsers load them late. */
export function onVoices(callback, signal) {
  synthesis?.addEventListener?.("voiceschanged", callback, { signal });
}

export function hush() {
  synthesis?.cancel();
}

/**
 * Read parts, each in the voice of its language: [{lang, text}]. `onend` is called once, at the
 * end or when something else is read.
 */
export function speak(parts, onend = () => {}) {
  hush();
  const known = parts.filter(({ lang, text }) => text && canSpeak(lang));
  let isOver = false;
  const end = () => { if (!isOver) { isOver = true; onend(); } };
  if (!known.length) return end();
  known.forEach(({ lang, text }, at) => {
    const utterance = new SpeechSynthesisUtterance(text.replace(/[\u2066-\u2069]/g, ""));
    utterance.voice = voiceFor(lang);
    utterance.lang = utterance.voice.lang;
    utterance.rate = 0.95;
    utterance.addEventListener("error", end);
    if (at === known.length - 1) utterance.addEventListener("end", end);
    synthesis.speak(utterance);
  });
  return undefined;
}
