// @ts-check
import { line, me, part } from "chat/forms";

/**
 * Somebody reacts, or takes it back: a button for each code that anybody chose.
 * @param {HTMLElement} at
 * @param {string} said as "+agree" or "-agree"
 * @param {string} who
 */
export function react(at, said, who) {
  const [sign, code] = [said[0], said.slice(1)];
  const all = part(at, "reactions");
  const known = all.querySelector(`[data-code="${code}"]`)?.closest("li");
  const row = known ?? line(`reaction-${code}`);
  const button = row.querySelector("button");
  const people = new Set((button.dataset.people ?? "").split(" ").filter(Boolean));
  if (sign === "+") people.add(who);
  else people.delete(who);
  draw(button, people, part(at, "more").href, code);
  if (!people.size && row.contains(document.activeElement)) part(at, "more").focus();
  if (!people.size) row.remove();
  else if (!known) all.append(row);
}

/** @param {any} button @param {Set<string>} people @param {string} address @param {string} code */
function draw(button, people, address, code) {
  const isMine = people.has(String(me()));
  button.dataset.people = [...people].join(" ");
  button.querySelector("span").textContent = String(people.size);
  button.ariaPressed = String(isMine);
  button.value = (isMine ? "-" : "+") + code;
  button.formAction = `${address}reactions/`;
}
