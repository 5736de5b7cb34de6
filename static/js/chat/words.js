// @ts-check
const ADDRESS = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/giu;

/**
 * Text as nodes: only what begins with http(s):// becomes a link, which tells nobody where it stood.
 * @param {string} text
 */
export function nodes(text) {
  const made = document.createDocumentFragment();
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    made.append(text.slice(at, found.index), link(found[0]));
    at = found.index + found[0].length;
  }
  made.append(text.slice(at));
  return made;
}

/** @param {string} address */
function link(address) {
  const made = document.createElement("a");
  Object.assign(made, { href: address, rel: "noreferrer noopener nofollow", target: "_blank" });
  made.textContent = address;
  return made;
}

/** @param {string} text The beginning of it, in one line. */
export function excerpt(text, longest = 120) {
  const line = text.replace(/\s+/gu, " ").trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
