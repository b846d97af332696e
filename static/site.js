// What pages do better with a script. Without it everything can be read and reached.

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

// What a list is narrowed to stands in the address: `#country=sri-lanka&year=2019`.
const chosen = () => {
  const hash = location.hash.slice(1);
  return new URLSearchParams(hash.includes("=") ? hash : "");
};

const choose = (choices) => {
  const hash = choices.toString();
  // Without a trace of an anchor the page would jump to its top.
  history.pushState(null, "", hash ? `#${hash}` : location.pathname + location.search);
};

// The timeline, narrowed in place where all of it stands on one page. Elsewhere the links lead to pages of their own.
const timeline = (nav) => {
  const entries = [...document.querySelectorAll(".year li[data-attack]")];
  const sections = [...document.querySelectorAll(".year")];
  const yearOf = new Map();
  for (const section of sections) {
    const label = section.querySelector("h2").id.replace("year-", "");
    for (const entry of section.querySelectorAll("li")) yearOf.set(entry, label);
  }
  const values = (entry, kind) =>
    kind === "year" ? [yearOf.get(entry)] : (entry.getAttribute(`data-${kind}`) ?? "").split(" ");

  // Years are anchors; to be chosen from they need a list like the others.
  const years = document.querySelectorAll(".jump a");
  if (years.length > 1) {
    const details = document.createElement("details");
    details.name = "filter";
    details.dataset.filter = "year";
    details.append(Object.assign(document.createElement("summary"), { textContent: nav.dataset.year }));
    const list = details.appendChild(document.createElement("ul"));
    for (const year of years) {
      const count = entries.filter((entry) => yearOf.get(entry) === year.dataset.value).length;
      list.appendChild(document.createElement("li")).append(year.cloneNode(true), ` ${count}`);
    }
    nav.prepend(details);
  }

  const told = document.createElement("p");
  told.className = "narrowed";
  const words = told.appendChild(document.createElement("span"));
  words.setAttribute("role", "status");
  const all = document.createElement("button");
  all.type = "button";
  all.textContent = nav.dataset.all;
  nav.append(told);

  const lists = [...nav.querySelectorAll("[data-filter]")];
  const labels = new Map(lists.map((list) => [list, list.querySelector("summary").textContent]));

  const show = () => {
    const choices = chosen();
    const active = lists.map((list) => list.dataset.filter).filter((kind) => choices.has(kind));
    const shown = new Set();
    let count = 0;
    entries.forEach((entry, position) => {
      entry.hidden = !active.every((kind) => values(entry, kind).includes(choices.get(kind)));
      if (entry.hidden) return;
      count += 1;
      shown.add(String(position)).add(entry.querySelector("h3 a").getAttribute("href"));
    });
    for (const section of sections) section.hidden = !section.querySelector("li:not([hidden])");
    for (const link of document.querySelectorAll(".strip a, .map a[data-places]")) {
      const places = link.getAttribute("data-places")?.split(" ") ?? [link.getAttribute("href")];
      link.classList.toggle("out", !places.some((place) => shown.has(place)));
    }
    for (const name of document.querySelectorAll(".strip .name")) name.classList.toggle("out", active.length > 0);
    for (const list of lists) {
      const value = choices.get(list.dataset.filter);
      let label = "";
      for (const link of list.querySelectorAll("a")) {
        const current = link.dataset.value === value;
        if (current) label = `: ${link.textContent}`;
        link.toggleAttribute("aria-current", current);
        if (current) link.setAttribute("aria-current", "true");
      }
      list.querySelector("summary").textContent = labels.get(list) + label;
    }
    words.textContent = active.length ? `${count} / ${entries.length} ` : "";
    if (active.length) told.append(all);
    else all.remove();
  };

  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-value]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const choices = chosen();
    const kind = link.closest("[data-filter]").dataset.filter;
    if (choices.get(kind) === link.dataset.value) choices.delete(kind);
    else choices.set(kind, link.dataset.value);
    choose(choices);
    show();
  });
  all.addEventListener("click", () => {
    choose(new URLSearchParams());
    show();
    nav.querySelector("summary").focus();
  });
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  show();
};

// The index of experts, narrowed while typing.
const experts = (find) => {
  const input = find.querySelector("input");
  const status = find.querySelector("[role=status]");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll("li[data-expert]")].map((entry) => [entry, plain(entry.textContent)]);
  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [entry, text] of entries) {
      entry.hidden = !words.every((word) => text.includes(word));
      if (!entry.hidden) shown += 1;
    }
    for (const letter of document.querySelectorAll(".letter")) {
      letter.hidden = !letter.querySelector("li:not([hidden])");
    }
    status.textContent = words.length ? `${shown} / ${entries.length}` : "";
  };
  input.value = chosen().get("find") ?? "";
  input.addEventListener("input", () => {
    const choices = new URLSearchParams(input.value ? { find: input.value } : {});
    history.replaceState(null, "", `#${choices}`);
    show();
  });
  find.hidden = false;
  show();
};

const filters = document.querySelector("[data-instant]");
if (filters) timeline(filters);
const find = document.querySelector("[data-find]");
if (find) experts(find);
