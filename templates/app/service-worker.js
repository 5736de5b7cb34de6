// What works while no page is open. It keeps the shell and nothing else: no page, no answer.
const NAME = "{{ name }}";
const OFFLINE = "{{ offline }}";
const SHELL = [{% for path in shell %}"{{ path|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PAGES = { messages: "/messages/", activity: "/notifications/" };

async function keep() {
  const shell = await caches.open(NAME);
  // As a stranger gets it: nothing of whoever is signed in may come with it.
  await shell.addAll(SHELL.map((path) => new Request(path, { credentials: "omit" })));
  await self.skipWaiting();
}

async function clear() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Only from the network; without it a page that says so, and of the shell what is kept. */
function answer(event) {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE)));
  } else if (SHELL.includes(pathname) && pathname !== OFFLINE) {
    event.respondWith(fetch(request).catch(() => caches.match(pathname)));
  }
}

function tell(event) {
  const { text, tag } = event.data?.json() ?? {};
  const said = { body: text ?? "You have a new message", tag: tag ?? "activity", icon: "{{ icon }}", renotify: true };
  event.waitUntil(self.registration.showNotification("Consilium", said));
}

async function open(tag) {
  const address = PAGES[tag] ?? "/";
  const tabs = await self.clients.matchAll({ type: "window" });
  // Nothing that somebody has begun elsewhere is replaced.
  const there = tabs.find((tab) => new URL(tab.url).pathname === address);
  return there ? there.focus() : self.clients.openWindow(address);
}

self.addEventListener("install", (event) => {
  // What a page says while it goes must not wait for this.
  event.addRoutes?.({ condition: { requestMethod: "POST" }, source: "network" });
  event.waitUntil(keep());
});
self.addEventListener("activate", (event) => event.waitUntil(clear()));
self.addEventListener("fetch", answer);
self.addEventListener("push", tell);
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.tag));
});
