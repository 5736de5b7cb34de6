// @ts-check
import { address, part } from "chat/forms";
import { token } from "chat/post";

const LARGEST = 10 * 1024 * 1024;
const BROKEN = "The line broke: nothing of it was kept. Try again.";

/** @param {string} text What the server drew. @returns {Element | undefined} */
function drawn(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.body.firstElementChild ?? undefined;
}

/** @param {string} place @param {string} method @returns {Promise<Element | undefined>} */
export async function piece(place, method) {
  const headers = { ...token(), "HX-Request": "true" };
  const answer = await fetch(place, { method, headers }).catch(() => null);
  return answer?.ok && !answer.redirected ? drawn(await answer.text()) : undefined;
}

/**
 * Sends one and tells how much of it is there; the answer is the list with it, or words.
 * @param {File} file @param {(part: number) => void} tell @returns {Promise<{list?: Element, words: string}>}
 */
export async function upload(file, tell) {
  if (file.size > LARGEST) return { words: `“${file.name}” is larger than 10 MB.` };
  tell(0);
  const [request, said] = [new XMLHttpRequest(), new FormData()];
  said.append("file", file, file.name || "picture");
  request.open("POST", `${address()}files/`);
  for (const [name, value] of Object.entries({ ...token(), "HX-Request": "true" })) request.setRequestHeader(name, String(value));
  request.upload.addEventListener("progress", (event) => tell(event.loaded / event.total));
  return new Promise((done) => {
    request.addEventListener("load", () => done(answered(request)));
    request.addEventListener("error", () => done({ words: BROKEN }));
    request.send(said);
  });
}

/** @param {XMLHttpRequest} request */
function answered(request) {
  const list = [200, 413, 422].includes(request.status) ? drawn(request.responseText) : undefined;
  const words = request.status === 403 ? "It was not taken. Load the page again: you may no longer write here." : BROKEN;
  return list?.matches(".tray") ? { list, words: "" } : { words };
}

/** @param {HTMLElement} at @param {{files?: string[], seq?: number}} event whose files are told by their ids */
export async function brought(at, { files = [], seq }) {
  const place = part(at, "files");
  place.hidden = !files.length;
  place.textContent = files.length > 1 ? `${files.length} files` : "A file";
  const list = files.length && seq ? await piece(`${address()}${seq}/files/`, "GET") : undefined;
  if (list) place.replaceWith(list);
}
