/**
 * Cards as DOM. `t` are the strings in the card's language, `ui` those of the language chosen.
 * Any field may be missing: then nothing is shown for it.
 */
import { h, hostOf, icon, safeUrl, siteLink, telUrl } from "./dom.js";
import { officeBlock } from "./office.js";

const LEVELS = new Set(["kommun", "region", "stat", "domstol", "ovrig", "sos"]);
const KINDS = new Set(["e_service", "info", "form"]);

/** The card as an element, or null where only the message's text can be shown. */
export function renderCard(card, t, ui, nameOf) {
  if (card?.type === "answer") return answerCard(card, t, ui, nameOf);
  if (card?.type === "emergency") return emergencyCard(card, t);
  if (card?.type === "clarify" && card.question) return clarifyCard(card);
  if (card?.type === "offices" && card.offices?.length) return officesCard(card, t, ui, nameOf);
  if (card?.type === "handover" && card.doors?.length) return handoverCard(card, t);
  return null;
}

function answerCard(card, t, ui, nameOf) {
  const own = { lang: card.language, dir: card.dir };
  return h("div", { class: `card level-${levelOf(card)}`, part: "card", ...own },
    levelBand(card, t),
    h("div", { class: "card-body" },
      h("h2", { class: "authority" }, card.authority_name ?? card.title),
      card.authority_explained && h("p", { class: "explained" }, card.authority_explained),
      card.authority_name && card.title && h("p", { class: "matter" },
        label("span", "for", card, t, "matter-label"), " ", h("strong", {}, card.title)),
      card.summary && h("p", {}, card.summary),
      steps(card, t),
      actions(card, t),
      card.why && section("why", "yes", card, t, h("p", {}, card.why)),
      notHere(card, t),
      office(card, t),
      words(card, t),
      notes(card, ui, nameOf),
      source(card, t)));
}

const levelOf = (card) => (LEVELS.has(card.level) ? card.level : "none");

function levelBand(card, t) {
  if (!LEVELS.has(card.level)) return null;
  return h("p", { class: "level", ...foreign(card, t) },
    h("span", { class: "level-sign" }, icon(card.level)),
    h("span", { class: "level-text" },
      h("strong", {}, t.text(`level_${card.level}`)), " ",
      h("span", {}, t.text(`level_${card.level}_explained`))));
}

/** Labels come in English where the card's language has no strings: then they say so. */
function foreign(card, t) {
  return card.language && card.language !== t.lang ? { lang: t.lang, dir: t.dir } : {};
}

function label(tag, key, card, t, className) {
  return h(tag, { class: className, ...foreign(card, t) }, t.text(key));
}

function section(key, sign, card, t, ...content) {
  return h("section", { class: `section section-${key}` },
    h("h3", foreign(card, t), sign && icon(sign), t.text(key)), content);
}

function steps(card, t) {
  return card.steps?.length
    ? section("steps", null, card, t,
      h("ol", {}, card.steps.map((step) => h("li", {}, h("span", {}, withLinks(step, t))))))
    : null;
}

/** A step's web addresses as links that show the site's name: the whole address is no reading. */
function withLinks(step, t) {
  return step.split(/(https?:\/\/[^\s\u2068\u2069]+)/).map((part) => {
    const url = /^https?:/.test(part) ? safeUrl(part) : null;
    return url ? siteLink(url, t) : part;
  });
}

function actions(card, t) {
  const links = (card.links ?? []).map((link) => openLink(link, card, t)).filter(Boolean);
  const phone = card.phone && callLink(card.phone, card, t);
  return links.length || phone ? h("ul", { class: "actions" }, [...links, phone].filter(Boolean)
    .map((action) => h("li", {}, action))) : null;
}

function openLink(link, card, t) {
  const url = safeUrl(link.url);
  if (!url) return null;
  const kind = KINDS.has(link.kind) ? t.text(`kind_${link.kind}`) : null;
  return h("a", {
    class: link.kind === "e_service" ? "action primary" : "action",
    href: url.href, target: "_blank", rel: "noopener noreferrer",
  },
  icon("open", { flip: true }),
  h("span", { class: "action-text" },
    h("strong", {}, link.label ?? kind ?? hostOf(url)),
    h("small", {}, link.label && kind ? `${kind} · ` : "", h("bdi", { dir: "ltr" }, hostOf(url)))),
  h("span", { class: "sr" }, ` (${t.text("new_tab")})`));
}

function callLink(phone, card, t) {
  const href = telUrl(phone);
  const [before, after] = t.text("call", { phone: "\u0000" }).split("\u0000");
  return href && h("a", { class: "action", href }, icon("phone"),
    h("span", { class: "action-text" },
      h("strong", foreign(card, t), before, h("bdi", { dir: "ltr" }, phone), after ?? "")));
}

function notHere(card, t) {
  const others = (card.not_here ?? []).filter((other) => other.authority_name || other.reason);
  return others.length
    ? section("not_here", "no", card, t, h("ul", { class: "others" }, others.map((other) =>
      h("li", {}, other.authority_name && h("strong", {}, other.authority_name),
        other.authority_name && other.reason ? ": " : "", other.reason))))
    : null;
}

function office(card, t) {
  return card.office?.name || card.office?.address
    ? section("office", "pin", card, t, officeBlock(card.office, t))
    : null;
}

function officesCard(card, t, ui, nameOf) {
  return h("div", { class: "card card-offices", part: "card", lang: card.language, dir: card.dir },
    h("div", { class: "card-body" },
      h("h2", { class: "ask" }, icon("pin"), card.title ?? t.text("offices")),
      card.summary && h("p", {}, card.summary),
      card.offices.map((place) => officeBlock(place, t, "h3")),
      notes(card, ui, nameOf),
      source(card, t)));
}

/** People who can help: each door with its phone or page, and what to say there. */
function handoverCard(card, t) {
  return h("div", { class: "card card-handover", part: "card", lang: card.language, dir: card.dir },
    h("div", { class: "card-body" },
      h("h2", { class: "ask" }, icon("person"), h("span", foreign(card, t), t.text("handover"))),
      h("ul", { class: "doors" }, card.doors.map((door) => doorItem(door, card, t))),
      words(card, t)));
}

function doorItem(door, card, t) {
  return h("li", {}, h("h3", {}, door.name), door.about && h("p", {}, door.about),
    door.when && h("p", { class: "hours" }, icon("clock"), h("span", {}, door.when)),
    door.phone && callLink(door.phone, card, t),
    door.url && openLink({ url: door.url, kind: "info" }, card, t));
}

function words(card, t) {
  const said = (card.say ?? []).filter((words) => words.swedish);
  return said.length
    ? section("say", null, card, t, h("dl", { class: "say" }, said.map((words) => h("div", {},
      h("dt", { lang: "sv", dir: "ltr" }, words.swedish),
      words.meaning && card.language !== "sv" && h("dd", {}, words.meaning)))))
    : null;
}

function notes(card, ui, nameOf) {
  const found = [];
  if (card.confidence === "unchecked") found.push(ui.text("note_unchecked"));
  if (card.language && card.language !== ui.code) {
    found.push(ui.text("note_fallback", { wanted: nameOf(ui.code), shown: nameOf(card.language) }));
  }
  if (card.review === "draft") {
    found.push(ui.text(card.language === "sv" ? "note_draft_swedish" : "note_draft"));
  }
  return found.length
    ? h("ul", { class: "notes", lang: ui.lang, dir: ui.dir },
      found.map((note) => h("li", {}, icon("note"), h("span", {}, note))))
    : null;
}

function source(card, t) {
  const url = safeUrl(card.source?.url);
  const checked = card.source?.checked;
  if (!url && !checked) return null;
  const when = checked && h("time", { datetime: checked, ...foreign(card, t) },
    t.text("checked", { date: t.date(checked) }));
  return h("p", { class: "source" },
    url && [label("span", "source", card, t), ": "],
    url && siteLink(url, t),
    url && when ? " · " : "", when);
}

function clarifyCard(card) {
  return h("div", { class: "card card-clarify", part: "card", lang: card.language, dir: card.dir },
    h("h2", { class: "ask" }, card.question));
}

/** 112 first and large; the steps after it. */
function emergencyCard(card, t) {
  const phone = card.phone ?? "112";
  return h("div", {
    class: "card card-emergency level-sos", part: "card", lang: card.language, dir: card.dir,
  },
  h("h2", {}, icon("sos"), card.title ?? t.text("emergency_title")),
  h("a", { class: "emergency-call", href: telUrl(phone) ?? "tel:112" }, icon("phone"),
    h("bdi", { dir: "ltr", "aria-hidden": "true" }, phone),
    h("span", { class: "sr" }, t.text("call", { phone }))),
  card.steps?.length && h("ol", {}, card.steps.map((step) => h("li", {}, step))));
}
