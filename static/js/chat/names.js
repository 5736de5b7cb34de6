// @ts-check
import { me, thread } from "chat/forms";

/** @returns {HTMLElement[]} who is in the conversation besides oneself */
export const others = () =>
  [.../** @type {any} */ (thread().querySelectorAll("[data-person]"))].filter((one) => one.dataset.person !== me());

/** @param {string} typed @returns {HTMLElement[]} options for names of which a word begins so */
export function offers(typed) {
  const names = others().map((one) => String(one.dataset.name));
  const fit = names.filter((name) => ` ${name}`.toLowerCase().includes(` ${typed.toLowerCase()}`));
  return fit.slice(0, 8).map(option);
}

/** @param {string} name @param {number} at */
function option(name, at) {
  const made = document.createElement("li");
  return Object.assign(made, { className: "suggestions__option", id: `mention-${at}`, role: "option", textContent: name });
}

/** @param {string[]} names */
export function writing(names) {
  if (names.length > 2) return "Several are writing";
  return names.length ? `${names.join(" and ")} ${names.length > 1 ? "are" : "is"} writing` : "";
}
