/** The gateway's HTTP interface. Every failure becomes a ChatError whose code has a sentence. */

const PATIENCE_MS = 30_000;
const CODES = new Set([
  "message_empty", "message_too_long", "unknown_language", "unknown_municipality",
  "too_many_requests", "internal",
]);

/** `code` is one of the gateway's codes or network, offline, timeout, aborted. */
export class ChatError extends Error {
  constructor(code) {
    super(code);
    this.name = "ChatError";
    this.code = code;
  }
}

async function codeOf(response) {
  const problem = await response.json().catch(() => null);
  if (CODES.has(problem?.code)) return problem.code;
  return response.status === 429 ? "too_many_requests" : "internal";
}

const posted = (body, signal) => ({
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify(body),
  referrerPolicy: "no-referrer",
  credentials: "omit",
  signal,
});

/** Send one message; `signal` is the caller's way to give up. */
export async function postChat(base, body, signal) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  signal.addEventListener("abort", () => patience.abort());
  try {
    const response = await fetch(new URL("api/chat", base), posted(body, patience.signal));
    if (!response.ok) throw new ChatError(await codeOf(response));
    return await response.json();
  } catch (error) {
    throw error instanceof ChatError ? error : new ChatError(reasonFor(error, signal));
  } finally {
    clearTimeout(timer);
  }
}

function reasonFor(error, signal) {
  if (signal.aborted) return "aborted";
  if (error.name === "AbortError") return "timeout";
  if (error instanceof SyntaxError) return "internal"; // not JSON
  return navigator.onLine === false ? "offline" : "network";
}

/** The languages of the picker, or an empty list when they cannot be read. */
export async function getLanguages(base) {
  try {
    const response = await fetch(new URL("api/languages", base), { referrerPolicy: "no-referrer" });
    return response.ok ? await response.json() : [];
  } catch {
    return [];
  }
}

/** The QR code of an address as {size, path}, or null. By POST: what people look at is in no log. */
export async function postQr(base, url) {
  try {
    const response = await fetch(new URL("api/qr", base), posted({ url }));
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
