// Keeps a page of `dateline serve` up to date. It is in no page that `dateline build` writes.
(() => {
  "use strict";
  let version = document.currentScript.dataset.version;
  let overlay = null;
  let stream = null;
  const place = "dateline-scroll";

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

  function swapStyles() {
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
      const url = new URL(old.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("v", version);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      // The old one stays until the new one is there, so that the page is never bare.
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => fresh.remove());
      old.after(fresh);
    }
  }

  function showFault(html) {
    if (overlay) overlay.remove();
    overlay = null;
    // A page that is itself the fault needs none over it: it is loaded anew with the site.
    if (html === null) return;
    if (version === "none") {
      const own = document.querySelector("main.fault");
      if (own) own.innerHTML = html;
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

  function take(event) {
    const now = JSON.parse(event.data);
    if (now.version !== version) {
      if (now.change === "styles" && now.previous === version) {
        version = now.version;
        swapStyles();
      } else {
        reload();
        return;
      }
    }
    showFault(now.fault);
  }

  // A browser opens only six connections to one host: a page that nobody looks at gives its own back.
  function listen() {
    if (stream) stream.close();
    stream = null;
    if (document.visibilityState === "hidden") return;
    stream = new EventSource("/_dateline/events");
    stream.addEventListener("state", take);
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
