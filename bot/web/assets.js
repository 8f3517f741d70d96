/** The files beside this script, each checked against the hash the release gives it. */

const INTEGRITY = {}; // filled in by bot/release.py: {"lotsen-chat.css": "sha384-…"}

export const asset = (name) => new URL(name, import.meta.url);

/** Does the release have this file? From the bare sources nobody knows: then yes. */
export const hasAsset = (name) => name in INTEGRITY || !Object.keys(INTEGRITY).length;

/**
 * Fetch a file of the release.
 * @throws {TypeError} when it cannot be had, or is not what the release says.
 */
export async function readAsset(name) {
  const reply = await fetch(asset(name), INTEGRITY[name] ? { integrity: INTEGRITY[name] } : {});
  if (!reply.ok) throw new TypeError(`${name}: ${reply.status}`);
  return reply;
}
