// Keeps a page of `dateline serve` up to date. It is in no page that `dateline build` writes.
(() => {
  "use strict";
  // What this page is and uses, each by a hash; the server tells what it should be.
  let marks = JSON.parse(document.currentScript.dataset.marks);
  let overlay = null;
  let stream = null;
  const place = "dateline-scroll";
  const own = document.querySelector("main.fault") !== null && marks.page === "";

  // After a reload, back to where the reader was.
  try {
    const kept = JSON.parse(sessionStorage.getItem(place));
    sessionStorage.removeItem(place);
    if (kept && kept.page === location.href) {
      const back = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
      back();
      addEventListener("load", back, { once: true });
    }
  } catch {
    // No storage, no return.
  }

  function reload() {
    try {
      sessionStorage.setItem(place, JSON.stringify({ page: location.href, x: scrollX, y: scrollY }));
    } catch {
      // As above.
    }
    location.reload();
  }

  const stylesheets = () => [...document.querySelectorAll('link[rel~="stylesheet"]')];

  function swapStyles(now, before) {
    for (const old of stylesheets()) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      const path = decodeURIComponent(url.pathname.slice(1));
      if (now[path] === before[path]) continue;
      url.searchParams.set("v", now[path]);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      // The old one stays until the new one is there, so that the page is never bare.
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  // Scripts have run: a page with others is another page.
  const scripts = (page) =>
    [...page.querySelectorAll("script")]
      .filter((script) => !script.dataset.marks)
      .map((script) => [script.type, script.getAttribute("src"), script.text].join("\n"))
      .join("\n\n");

  function morpher() {
    if (window.Idiomorph) return Promise.resolve(window.Idiomorph);
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "/_dateline/idiomorph.js";
      script.addEventListener("load", () => {
        script.remove();
        resolve(window.Idiomorph);
      });
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  }

  // Changes this page into what it is now; what the reader opened, wrote or scrolled to stays.
  async function morph() {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const script = page.querySelector("script[data-marks]");
    const fresh = script && JSON.parse(script.dataset.marks);
    if (!fresh || fresh.page === "" || scripts(page) !== scripts(document)) return null;
    script.remove();
    const idiomorph = await morpher();
    // Stylesheets that were swapped have another address here: they are the same.
    const addresses = new Map(stylesheets().map((link) => [new URL(link.href).pathname, link.href]));
    for (const link of page.querySelectorAll('link[rel~="stylesheet"]')) {
      const known = addresses.get(new URL(link.getAttribute("href"), location.href).pathname);
      if (known) link.setAttribute("href", known);
    }
    for (const link of stylesheets()) link.setAttribute("href", link.href);
    idiomorph.morph(document.documentElement, page.documentElement, {
      ignoreActiveValue: true,
      restoreFocus: true,
      head: { style: "merge" },
      callbacks: {
        beforeAttributeUpdated: (name, element) => !(name === "open" && element.localName === "details"),
        beforeNodeRemoved: (node) => node !== overlay && node.localName !== "dateline-fault",
      },
    });
    // The page's own scripts begin again with what is there now.
    document.dispatchEvent(new Event("dateline:changed"));
    return fresh;
  }

  function showFault(html) {
    if (overlay) overlay.remove();
    overlay = null;
    if (html === null) return;
    // A page that is itself the fault needs none over it: it is loaded anew with the site.
    if (own) {
      document.querySelector("main.fault").innerHTML = html;
      return;
    }
    overlay = document.createElement("dateline-fault");
    const root = overlay.attachShadow({ mode: "open" });
    root.innerHTML =
      '<link rel="stylesheet" href="/_dateline/fault.css">' +
      '<div class="over" role="alertdialog" aria-label="the site has errors" tabindex="-1">' +
      '<div class="fault"></div><button class="close" type="button">close</button></div>';
    root.querySelector(".fault").innerHTML = html;
    root.querySelector(".close").addEventListener("click", () => overlay.remove());
    root.querySelector(".over").addEventListener("keydown", (event) => {
      if (event.key === "Escape") overlay.remove();
    });
    document.documentElement.append(overlay);
    root.querySelector(".over").focus({ preventScroll: true });
  }

  async function update(now) {
    if (own) {
      if (now.marks && now.marks.page !== "") return reload();
    } else if (now.marks === null || now.marks.files !== marks.files) {
      return reload();
    } else if (now.marks.page !== marks.page) {
      const fresh = await morph().catch(() => null);
      if (!fresh) return reload();
      swapStyles(fresh.styles, marks.styles);
      marks = fresh;
    } else {
      swapStyles(now.marks.styles, marks.styles);
      marks = now.marks;
    }
    showFault(now.fault);
  }

  // One after the other: the next may come while a page is being changed.
  let updates = Promise.resolve();
  function take(event) {
    const now = JSON.parse(event.data);
    updates = updates.then(() => update(now));
  }

  // A browser opens only six connections to one host: a page that nobody looks at gives its own back.
  function listen() {
    if (stream) stream.close();
    stream = null;
    if (document.visibilityState === "hidden") return;
    stream = new EventSource("/_dateline/events?page=" + location.pathname);
    stream.addEventListener("state", take);
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
