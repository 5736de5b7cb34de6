// @ts-check
const [PRESSED, HANDLED, OTHER_EACH_TIME] = [50, ":active, :has(.htmx-request)", "[name=csrfmiddlewaretoken], [name=key]"];

/** @param {Element} piece @returns {string} its markup, without what no answer has twice or a reader did */
function gist(piece) {
  const copy = /** @type {Element} */ (piece.cloneNode(true));
  for (const aside of copy.querySelectorAll("[data-hx-swap-oob], [data-told]")) aside.remove();
  for (const field of copy.querySelectorAll(OTHER_EACH_TIME)) field.removeAttribute("value");
  for (const fold of copy.querySelectorAll("details[open]")) fold.removeAttribute("open");
  copy.removeAttribute("class"); // where htmx notes what it is about
  return copy.outerHTML;
}

/** @param {any} one @returns {string} which it is of those that say the same; a summary without its count */
function known(one) {
  const form = one.form ?? one.parentElement.querySelector(":scope > form");
  return one.id || `${form?.getAttribute("action")} ${(one.matches("summary") ? one.firstElementChild : one)?.textContent}`;
}

/**
 * <calm-news>: a piece of the page that asks by itself (data-quietly) stands as it is when the answer says
 * the same, never goes away under a finger that presses something in it, nor before the answer to that is
 * there, and stays folded out. News that take something from the reader (data-at-once) wait for nobody. What
 * it hears of meanwhile the piece that takes its place asks for: htmx forgets what the old one still wanted.
 */
class CalmNews extends HTMLElement {
  /** @type {WeakSet<Element>} that heard of something since they asked */
  wanting = new WeakSet();

  connectedCallback() {
    for (const name of ["htmx:confirm", "htmx:beforeSwap"]) document.body.addEventListener(name, this);
  }

  disconnectedCallback() {
    for (const name of ["htmx:confirm", "htmx:beforeSwap"]) document.body.removeEventListener(name, this);
  }

  /** @param {any} event */
  handleEvent({ type, detail }) {
    if (type === "htmx:beforeSwap") this.look(detail);
    else this.wanting[detail.elt.matches(".htmx-request") ? "add" : "delete"](detail.elt);
  }

  /** @param {any} detail htmx says of every answer that it is its target's */
  look(detail) {
    const { elt, requestConfig } = detail;
    if (!detail.shouldSwap || !elt.matches("[data-quietly][id]")) return;
    const news = new DOMParser().parseFromString(detail.serverResponse, "text/html").getElementById(elt.id);
    if (!news || requestConfig.elt !== elt) this.keep(elt, []);
    else if (gist(news) === gist(elt)) detail.shouldSwap = false;
    else if (elt.matches(HANDLED) && !news.hasAttribute("data-at-once")) {
      detail.shouldSwap = false;
      this.wanting.add(elt);
      this.askAgain(elt);
    } else this.keep(elt);
  }

  /** @param {Element} piece Once it is let go. */
  askAgain(piece) {
    if (piece.matches(HANDLED)) setTimeout(() => this.askAgain(piece), PRESSED);
    else /** @type {any} */ (window).htmx.ajax("GET", piece.getAttribute("data-hx-get"), { source: piece });
  }

  /** @param {Element} old What is folded out in it, and the focus: there again as soon as the news are. */
  keep(old, open = [...old.querySelectorAll("details[open] > summary")].map(known)) {
    const held = old.contains(document.activeElement) ? document.activeElement : null;
    queueMicrotask(() => {
      const piece = document.getElementById(old.id) ?? this;
      if (this.wanting.has(old) && piece !== this) this.askAgain(piece);
      for (const fold of piece.querySelectorAll("details")) fold.open ||= open.includes(known(fold.children[0]));
      if (!held || document.activeElement !== document.body) return;
      const [all, where] = [[...piece.querySelectorAll(held.tagName)], held.getAttribute("href")];
      const same = all.find((one) => where && one.getAttribute("href") === where) ?? all.find((one) => known(one) === known(held));
      if (same instanceof HTMLElement) same.focus({ preventScroll: true });
    });
  }
}

customElements.define("calm-news", CalmNews);
