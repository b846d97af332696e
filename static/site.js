// A site that is opened from a folder has no server to turn `…/` into `…/index.html`: do it here.
if (location.protocol === "file:") {
  for (const link of document.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href");
    if (/^[a-z][a-z0-9+.-]*:|^\/|^#/i.test(href)) continue;
    link.setAttribute("href", href.replace(/(^|\/)(?=$|[#?])/, "$1index.html"));
  }
}

// Escape puts the sentence behind a badge away.
document.addEventListener("keydown", ({ key }) => {
  const focused = document.activeElement;
  if (key === "Escape" && focused?.matches("button.badge")) focused.blur();
});
