/** The page around the chat follows the chat's language. */
import { loadStrings } from "./lotsen-chat.js";

document.addEventListener("lotsen-language", async ({ detail }) => {
  const strings = await loadStrings(detail.texts);
  document.documentElement.lang = strings.lang;
  document.documentElement.dir = strings.dir;
  document.title = strings.text("page_title");
  for (const element of document.querySelectorAll("[data-string]")) {
    element.textContent = strings.text(element.dataset.string);
  }
});
