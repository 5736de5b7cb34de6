// @ts-check
import { brought } from "chat/files";
import { address, called, form, line, me, part, person, thread } from "chat/forms";
import { time, whole } from "chat/times";
import { excerpt, nodes } from "chat/words";

/** @param {any} event @param {HTMLElement} [at] one that stands there already, with a client's id */
export function message(event, at = line("message")) {
  const { seq = "", sender } = event;
  const name = called(sender);
  const kept = { seq, at: event.at, topic: event.topic ?? "", sender: sender?.id ?? "" };
  Object.assign(at.dataset, kept, { client: event.client_id ?? "" });
  at.id = `m${seq}`;
  at.hidden = isElsewhere(event.topic);
  at.toggleAttribute("data-own", sender?.id === me());
  part(at, "name").textContent = name;
  part(at, "face").replaceChildren(face(sender));
  Object.assign(part(at, "time"), { textContent: time(event.at), dateTime: event.at });
  part(at, "body").replaceChildren(nodes(event.body ?? ""));
  for (const link of ["more", "whole"]) part(at, link).href = `${address()}${seq}/`;
  part(at, "more").ariaLabel = `Reply, react and more: ${name}, ${time(event.at)}`;
  brought(at, event);
  quote(at, event.reply_to);
  marks(at, event);
  if (event.recalled) gone(at, "recall");
  return at;
}

/** @param {string} [topic] */
function isElsewhere(topic) {
  const shown = thread().getAttribute("topic");
  return shown !== null && shown !== topic;
}

/** @param {{id: string, name: string} | null} sender */
function face(sender) {
  const known = sender && person(sender.id)?.querySelector(".avatar");
  if (known) return known.cloneNode(true);
  const made = document.createElement("span");
  Object.assign(made, { className: "avatar tint-1", ariaHidden: "true" });
  made.textContent = (sender?.name ?? "").slice(0, 1);
  return made;
}

/** @param {HTMLElement} at @param {number} [seq] */
function quote(at, seq) {
  const link = part(at, "quote");
  link.hidden = !seq;
  if (!seq) return;
  const source = document.getElementById(`m${seq}`);
  link.href = source ? `#m${seq}` : `${address()}${seq}/`;
  link.children[0].textContent = source ? part(source, "name").textContent : "";
  link.children[1].textContent = source ? excerpt(part(source, "body").textContent) : "an earlier message";
}

/** @param {HTMLElement} at @param {any} event */
function marks(at, event) {
  const topic = event.topic && document.querySelector(`option[value="${event.topic}"]`);
  part(at, "topic").hidden = !topic;
  part(at, "topic").children[0].textContent = topic?.textContent ?? "";
  part(at, "for-me").hidden = !(event.mentions ?? []).includes(me());
  part(at, "expires").hidden = !event.expires_at;
  if (event.expires_at) part(at, "expires").textContent = `disappears ${whole(event.expires_at)}`;
}

/** @param {HTMLElement} at @param {string} body */
export function edited(at, body) {
  part(at, "body").replaceChildren(nodes(body));
  Object.assign(part(at, "edited"), { hidden: false, href: part(at, "more").href });
}

/** @param {HTMLElement} at @param {string} how recall or expired */
export function gone(at, how) {
  at.toggleAttribute("data-gone", true);
  part(at, "body").textContent = String(form(`note-${how}`).textContent).trim();
  part(at, "reactions").replaceChildren();
  part(at, "files").replaceChildren();
  for (const name of ["quote", "files", "edited", "pinned", "expires", "for-me"]) part(at, name).hidden = true;
}
