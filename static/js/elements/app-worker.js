// @ts-check

/**
 * What this browser may be told by, in words for the server.
 * @param {string} key
 */
export async function subscribe(key) {
  const { pushManager } = await navigator.serviceWorker.ready;
  const before = await pushManager.getSubscription();
  // One that was made for another key of the site would carry nothing.
  await before?.unsubscribe();
  const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  return JSON.stringify(made);
}

/**
 * <app-worker data-script [data-key data-address]>: the site as an app of this device. With a key, this
 * browser was told of news before its person signed in anew: it is told again, unless she took that back.
 */
class AppWorker extends HTMLElement {
  async connectedCallback() {
    if (!("serviceWorker" in navigator)) return;
    try {
      await navigator.serviceWorker.register(String(this.dataset.script), { scope: "/" });
      if (this.dataset.key && Notification.permission === "granted") await this.again(this.dataset.key);
    } catch {
      // Private windows refuse it, and so does a line that is lost: the site works without.
    }
  }

  /** @param {string} key */
  async again(key) {
    const { "X-CSRFToken": token } = JSON.parse(String(document.body.dataset.hxHeaders));
    const body = new FormData();
    body.set("subscription", await subscribe(key));
    const headers = { "X-CSRFToken": token, "X-Passive": "1" };
    await fetch(String(this.dataset.address), { method: "POST", headers, body });
  }
}

customElements.define("app-worker", AppWorker);
