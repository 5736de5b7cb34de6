// @ts-check
import { day, log, thread } from "chat/forms";
import { mark } from "chat/marks";
import { dayOf } from "chat/times";

const TOGETHER = 5 * 60_000;
/** @param {HTMLElement | undefined} line */
const at = (line) => String(line?.dataset.at);

/** @param {HTMLElement} made What is kept stands in its order, what is on its way at the end. */
export function place(made) {
  const isKept = Boolean(made.dataset.seq);
  if (isKept && made.matches(".message")) mark(made, made.hasAttribute("data-own") ? "kept" : "");
  const others = [...log().children].filter((one) => one !== made);
  const waiting = others.find((one) => one.matches('.message[data-seq=""]'));
  log().insertBefore(made, (isKept && waiting) || null);
  arrange(made);
  if (isKept && waiting) arrange(/** @type {HTMLElement} */ (waiting));
}

/** @param {HTMLElement} line The day before the first of a day, and no name where she goes on. */
export function arrange(line) {
  const before = previous(line);
  const isNewDay = !before || dayOf(at(before)) !== dayOf(at(line));
  const start = line.previousElementSibling?.matches(".thread__new") ? line.previousElementSibling : line;
  const above = start.previousElementSibling;
  if (isNewDay && !above?.matches(".thread__day")) start.before(day(at(line)));
  if (!isNewDay && above?.matches(".thread__day")) above.remove();
  line.toggleAttribute("data-follows", !isNewDay && goesOn(before, line));
}

/** @param {HTMLElement} before @param {HTMLElement} line */
function goesOn(before, line) {
  const isHers = before.matches(".message") && before.dataset.sender === line.dataset.sender;
  return isHers && Date.parse(at(line)) - Date.parse(at(before)) < TOGETHER;
}

/** @param {HTMLElement} line @returns {any} */
function previous(line) {
  const all = [...thread().querySelectorAll(".thread__log > [data-at]:not([hidden])")];
  return all[all.indexOf(line) - 1];
}
