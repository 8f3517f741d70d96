/** Interface texts: strings/<code>.json, whole as the server gives them; plurals and dates by Intl. */
import { hasAsset, readAsset } from "./assets.js";

const BASE = "en";
const files = new Map();
const formats = new Map();

function load(code) {
  if (!files.has(code)) {
    const reading = readAsset(`strings/${code}.json`).then((reply) => reply.json());
    reading.catch(() => files.delete(code)); // a lost connection is not remembered
    files.set(code, reading);
  }
  return files.get(code);
}

/**
 * The strings of a language. Where it has none the English ones come, marked as English.
 * @throws {TypeError} when the English file cannot be read.
 */
export async function loadStrings(code) {
  const hasOwn = /^[a-z]{2,3}$/.test(code ?? "") && hasAsset(`strings/${code}.json`);
  const texts = hasOwn ? await load(code).catch(() => null) : null;
  return new Strings(code ?? BASE, texts ?? (await load(BASE)));
}

class Strings {
  #texts;

  constructor(code, texts) {
    this.#texts = texts;
    this.code = code; // the language asked for
    this.lang = texts.$code; // the language the texts are in
    this.dir = texts.$dir;
  }

  has(key) {
    return Boolean(this.#texts[key]);
  }

  /** The text of a key with `{placeholders}` filled; a missing one shows its key. */
  text(key, values = {}) {
    const text = this.#texts[key] || key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
  }

  /** The text of `key_<plural form of n>`. */
  plural(key, n) {
    const form = new Intl.PluralRules([this.lang, BASE]).select(n);
    return this.text(this.has(`${key}_${form}`) ? `${key}_${form}` : `${key}_other`, { n });
  }

  /**
   * A date (`2026-11-21`) in words. Swedish offices write 0-9 and the Gregorian year, so every
   * language does here; where the browser does not know the language, the date stays as written.
   */
  date(iso) {
    const date = new Date(`${iso}T00:00:00Z`);
    const format = dateFormat(this.lang);
    return format && !Number.isNaN(date.getTime()) ? format.format(date) : String(iso);
  }
}

/** Make the browser read its calendars while nobody waits: the first date takes as long as a card. */
export function warmDates() {
  (window.requestIdleCallback ?? setTimeout)(() => dateFormat(BASE));
}

function dateFormat(lang) {
  if (!formats.has(lang)) {
    const locale = `${lang === BASE ? "en-GB" : lang}-u-ca-gregory-nu-latn`;
    const isKnown = Intl.DateTimeFormat.supportedLocalesOf(locale).length;
    formats.set(lang, isKnown
      ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }) : null);
  }
  return formats.get(lang);
}
