/** The turns of a conversation as elements: what was asked, answered, noticed, what failed. */
import { renderCard } from "./card.js";
import { h, icon, unbroken } from "./dom.js";
import { loadStrings } from "./strings.js";
import { cardTools } from "./tools.js";

const NOT_WORTH_REPEATING = new Set(["message_empty", "message_too_long"]);

/**
 * Buttons to choose from; without a payload the title itself is the question.
 * `onChoose(message, {shown, language, moveFocus})`; the language of the titles is sent along: what
 * we wrote needs no detection.
 */
export function choices(buttons, { heading, language, onChoose, areSuggestions = false }) {
  const areJudgements = buttons.every(({ payload }) => payload?.startsWith("/give_feedback"));
  const kind = areSuggestions ? " suggestions" : areJudgements ? " judgement" : "";
  return h("div", { class: `choices${kind}`, role: "group", "aria-label": heading },
    areSuggestions && h("p", { class: "choices-label", "aria-hidden": "true" }, heading),
    buttons.map(({ title, payload }) => h("button", {
      type: "button", class: "choice", part: "choice",
      onclick: () => onChoose(payload ?? title, { shown: title, language, moveFocus: true }),
    }, title)));
}

/** What the person wrote, or the button they pressed; `language` where it is known. */
export function personTurn(shown, language, t) {
  return h("article", { class: "turn person", part: "person" },
    h("p", { class: "sr" }, t.text("you")),
    h("p", { dir: "auto", lang: language }, shown));
}

/**
 * One message: the card where there is one to show, else the text; then its buttons.
 * `spoken` of the element is what is announced. `context` as for cardTools, and {nameOf, onChoose}.
 */
export async function answerTurn(message, reply, context) {
  Object.assign(message, unbroken(message));
  const { text, card } = message;
  const { t, nameOf, onChoose } = context;
  const language = card?.language ?? message.language ?? reply.language ?? t.lang;
  message.language = language;
  const strings = await loadStrings(language);
  const shown = renderCard(card, strings, t, nameOf);
  const tools = shown && cardTools(message, context);
  if (tools) shown.append(tools);
  const options = optionsOf(message);
  const turn = h("article", {
    class: "turn bot", part: "bot", tabindex: "-1",
    lang: language, dir: card?.dir ?? message.dir ?? reply.dir ?? strings.dir,
  },
  h("p", { class: "sr" }, t.text("lotsen")),
  shown ?? (text && h("p", { class: "said" }, text)),
  options.length && choices(options, { heading: t.text("choices"), language, onChoose }));
  turn.spoken = [text, ...options.map(({ title }) => title)].filter(Boolean).join(". ");
  return turn;
}

function optionsOf({ buttons, card }) {
  return buttons?.length ? buttons
    : (card?.options ?? []).map(({ label, service }) =>
      ({ title: label, payload: `/choose_service${JSON.stringify({ service })}` }));
}

/** What happened beside the answer. */
export function noticeTurn(code, t) {
  return h("p", { class: "turn notice", tabindex: "-1", lang: t.lang, dir: t.dir },
    icon("note"), h("span", {}, t.text(`notice_${code}`)));
}

/** A ChatError in words; `onAgain` gets the turn. */
export function failedTurn(error, t, onAgain) {
  const { lang, dir } = t;
  const code = t.has(`error_${error.code}`) ? error.code : "internal";
  const turn = h("article", { class: "turn bot failed", part: "error", tabindex: "-1", lang, dir },
    h("p", { class: "said" }, icon("sos"), h("span", {}, t.text(`error_${code}`))),
    !NOT_WORTH_REPEATING.has(code) && h("button", {
      type: "button", class: "choice again", onclick: () => onAgain(turn),
    }, icon("again", { flip: true }), t.text("try_again")));
  turn.spoken = t.text(`error_${code}`);
  return turn;
}
