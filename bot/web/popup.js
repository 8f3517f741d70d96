/** A small window over the chat: closes with Escape, its button, or a press beside it. */
import { h, icon } from "./dom.js";

/**
 * Show content in a modal dialog within `root`; the focus returns to where it was.
 * @returns the dialog.
 */
export function openPopup(root, t, title, ...content) {
  const heading = h("h2", { id: "popup-title", tabindex: "-1" }, title);
  const popup = h("dialog", {
    class: "popup", "aria-labelledby": "popup-title", lang: t.lang, dir: t.dir,
    onclick: ({ target }) => { if (target === popup) popup.close(); },
    onclose: () => popup.remove(),
    onkeydown: (event) => { if (event.key === "Escape") event.stopPropagation(); }, // closes this, not the chat
  },
  h("div", { class: "popup-body" }, heading, content,
    h("button", { type: "button", class: "choice", onclick: () => popup.close() },
      icon("close"), t.text("close"))));
  root.append(popup);
  popup.showModal();
  heading.focus(); // the title is read first; the way out is the last thing in the window
  return popup;
}
