// @ts-check
import { amiss } from "chat/amiss";
import { announce } from "chat/forms";
import { PATIENCE, token } from "chat/post";

const AWAY = "There is no line just now: it was not kept. Try again.";
const TOO_FAST = "That was a little fast: it was not kept. Try again in a moment.";

/** @param {HTMLTextAreaElement} box @returns {any} when it shall be sent, and on which day */
const moment = ({ form }) => form?.elements;

/** @param {HTMLTextAreaElement} box */
export const isLater = (box) => Boolean(moment(box)?.when?.value);

/** What waits on the server, here and in other tabs. */
export const heard = () => document.body.dispatchEvent(new CustomEvent("live:scheduled"));

/**
 * To the server, which keeps it until its hour: the box is emptied once it has it, and no line stands
 * there meanwhile. What is not known to have arrived is said again under the same id.
 * @param {any} composer @param {any} said
 */
export async function keepForLater(composer, said) {
  const { box, subject } = composer;
  if (box.readOnly) return;
  const body = new FormData(box.form);
  body.set("client_id", (composer.laterId ??= crypto.randomUUID()));
  body.set("reply_to", said.reply_to ?? "");
  box.readOnly = true;
  const headers = { ...token(), "HX-Request": "true" };
  const signal = AbortSignal.timeout(PATIENCE); // nothing is written meanwhile
  const answer = await fetch(box.form.action, { method: "POST", body, headers, signal }).catch(() => null);
  const words = (await answer?.text().catch(() => "")) ?? "";
  box.readOnly = false;
  if (answer?.status === 429) return amiss(TOO_FAST);
  if (!answer || answer.redirected || ![200, 422].includes(answer.status)) return amiss(AWAY);
  composer.laterId = undefined;
  if (!answer.ok) return amiss(words);
  [moment(box).when.value, moment(box).at.value] = ["", ""];
  subject.done();
  box.dispatchEvent(new Event("input", { bubbles: true }));
  announce(words);
  heard();
}
