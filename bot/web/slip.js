/** A slip of paper to take along: printed from a frame of its own, so no page gets in the way. */
import { readAsset } from "./assets.js";
import { h, hostOf, safeUrl } from "./dom.js";
import { qrCode } from "./qr.js";

/** Print a message's card. The frame is gone when the printer has it. */
export async function printSlip(message, link, { base, t, root }) {
  const frame = h("iframe", { class: "sr", tabindex: "-1", "aria-hidden": "true", title: "" });
  root.append(frame);
  const [style, code] = await Promise.all([
    readAsset("slip.css").then((reply) => reply.text()).catch(() => ""),
    link && qrCode(base, link.href),
  ]);
  const { contentDocument: page, contentWindow: view } = frame;
  const sheet = new view.CSSStyleSheet(); // of that window: another's are refused there
  sheet.replaceSync(style);
  page.adoptedStyleSheets = [sheet];
  page.documentElement.lang = message.language;
  page.documentElement.dir = message.dir ?? t.dir;
  page.title = "Lotsen";
  page.body.append(slip(message, link, code, t));
  view.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  view.focus();
  view.print();
}

function slip({ card, text }, link, code, t) {
  const isAnswer = card.type === "answer";
  return h("main", { class: "slip" },
    h("p", { class: "from" }, "Lotsen"),
    isAnswer ? answerOnPaper(card, t) : h("p", { class: "whole" }, text),
    said(card),
    code && h("div", { class: "code" }, code, h("p", { lang: t.lang, dir: t.dir }, t.text("qr_how"))),
    h("p", { class: "foot", lang: t.lang, dir: t.dir },
      t.text("answered_on", { date: t.date(new Date().toLocaleDateString("sv-SE")) }), " · ",
      t.text("guidance")));
}

function answerOnPaper(card, t) {
  const level = t.has(`level_${card.level}`) && t.text(`level_${card.level}`);
  const url = safeUrl(card.links?.[0]?.url);
  return [
    level && h("p", { class: "level", lang: t.lang, dir: t.dir }, level),
    h("h1", {}, card.authority_name ?? card.title),
    card.authority_name && h("p", { class: "matter" }, card.title),
    card.steps?.length && h("ol", {}, card.steps.map((step) => h("li", {}, shortened(step)))),
    card.phone && h("p", { class: "phone" }, h("bdi", { dir: "ltr" }, card.phone)),
    url && h("p", { class: "site" }, h("bdi", { dir: "ltr" }, hostOf(url))),
  ];
}

/** Nobody copies a whole address from paper: the site's name, the code has the rest. */
const shortened = (step) => step.replace(/https?:\/\/(?:www\.)?([^\s/\u2069]+)[^\s\u2069]*/g, "$1");

function said(card) {
  const words = (card.say ?? []).filter(({ swedish }) => swedish);
  return words.length && h("div", { class: "say" },
    words.map(({ swedish, meaning }) => [
      h("p", { class: "swedish", lang: "sv", dir: "ltr" }, swedish),
      meaning && h("p", { class: "meaning" }, meaning),
    ]).flat());
}
