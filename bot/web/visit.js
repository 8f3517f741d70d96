/** The one thing a browser keeps of a visit: a language picked by hand. */

const REMEMBERED = "lotsen-language";

/** The language picked earlier in this visit, or null. */
export function recallLanguage() {
  try {
    const code = sessionStorage.getItem(REMEMBERED);
    return /^[a-z]{2,3}$/.test(code ?? "") ? code : null;
  } catch {
    return null; // storage is barred
  }
}

export function rememberLanguage(code) {
  try {
    sessionStorage.setItem(REMEMBERED, code);
  } catch {
    // storage is barred: the language holds on this page
  }
}
