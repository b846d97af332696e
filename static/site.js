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

// The timeline, narrowed in place. Where its attacks stand on several pages, the others are fetched once somebody narrows
// it; where that cannot be done, the links lead to pages of their own.
const timeline = (nav, signal) => {
  const own = [...document.querySelectorAll(".year li[data-attack]")];
  const total = Number(nav.dataset.total);
  const isOwn = new Set(own);
  let entries = own;
  const yearOf = new Map();
  const known = new Map();
  const note = (section) => {
    const label = section.querySelector("h2").id.replace("year-", "");
    for (const entry of section.querySelectorAll("li[data-attack]")) yearOf.set(entry, label);
  };
  document.querySelectorAll(".year").forEach(note);
  const values = (entry, kind) => {
    if (kind === "year") return [yearOf.get(entry)];
    if (!known.has(entry)) known.set(entry, {});
    return (known.get(entry)[kind] ??= (entry.getAttribute(`data-${kind}`) ?? "").split(" "));
  };

  // The pages before this one, or behind it, nearest first.
  const pages = async (direction) => {
    const found = [];
    let [page, address] = [document, location.href];
    for (;;) {
      const link = page.querySelector(`.pages a[rel="${direction}"]`);
      if (!link) return found;
      address = new URL(link.getAttribute("href"), address).href;
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.statusText);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const link of page.querySelectorAll(".year a[href]")) link.href = new URL(link.getAttribute("href"), address);
      found.push(page);
    }
  };

  // Puts the entries of another page before or behind those that are here; a year that both have stays one.
  const join = (page, place) => {
    const sections = [...page.querySelectorAll(".year")];
    if (place === "before") sections.reverse();
    for (const section of sections) {
      const heading = section.querySelector("h2").id;
      const here = document.getElementById(heading)?.closest(".year");
      if (here) {
        const rail = here.querySelector(".rail");
        const more = section.querySelectorAll(".rail > li");
        if (place === "before") rail.prepend(...more);
        else rail.append(...more);
        note(here);
        continue;
      }
      const all = document.querySelectorAll(".year");
      const added = document.adoptNode(section);
      if (place === "before") all[0].before(added);
      else all[all.length - 1].after(added);
      note(added);
    }
  };

  let whole;
  const gather = () =>
    (whole ??= (async () => {
      if (own.length >= total) return;
      const [before, behind] = await Promise.all([pages("prev"), pages("next")]);
      before.forEach((page) => join(page, "before"));
      behind.forEach((page) => join(page, "behind"));
      entries = [...document.querySelectorAll(".year li[data-attack]")];
    })());

  // Years are anchors; to be chosen from they need a list like the others.
  const years = document.querySelectorAll(".jump a");
  if (years.length > 1) {
    const details = document.createElement("details");
    details.name = "filter";
    details.dataset.filter = "year";
    details.append(Object.assign(document.createElement("summary"), { textContent: nav.dataset.year }));
    const list = details.appendChild(document.createElement("ul"));
    for (const year of years) {
      const link = document.createElement("a");
      Object.assign(link, { href: year.href, textContent: year.textContent });
      link.dataset.value = year.dataset.value;
      list.appendChild(document.createElement("li")).append(link, ` ${year.dataset.count}`);
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
  const listed = [...nav.querySelectorAll("li")].map((item) => [item, item.lastChild, item.lastChild.textContent]);
  // What the page itself is narrowed to is no choice: another one of that kind is another page.
  const kinds = lists.map((list) => list.dataset.filter).filter((kind) => kind !== nav.dataset.narrowed);

  const show = async () => {
    const active = () => kinds.filter((kind) => chosen().has(kind));
    if (active().length > 0) {
      if (entries.length < total) words.textContent = nav.dataset.wait;
      await gather();
    }
    // Somebody may have chosen otherwise while pages came.
    const [choices, by] = [chosen(), active()];
    const fits = (entry, kinds) => kinds.every((kind) => values(entry, kind).includes(choices.get(kind)));
    const shown = new Set();
    let count = 0;
    entries.forEach((entry, position) => {
      entry.hidden = by.length > 0 ? !fits(entry, by) : !isOwn.has(entry);
      if (entry.hidden) return;
      count += 1;
      shown.add(String(position)).add(entry.querySelector("h3 a").href);
    });
    for (const section of document.querySelectorAll(".year")) section.hidden = !section.querySelector("li:not([hidden])");
    for (const link of document.querySelectorAll(".strip a, .map a[data-places]")) {
      const places = link.getAttribute("data-places")?.split(" ") ?? [new URL(link.getAttribute("href"), location.href).href];
      link.classList.toggle("out", by.length > 0 && !places.some((place) => shown.has(place)));
    }
    for (const name of document.querySelectorAll(".strip .name")) name.classList.toggle("out", by.length > 0);
    for (const pages of document.querySelectorAll("nav.pages")) pages.hidden = by.length > 0;
    for (const [item, count, before] of listed) {
      const [kind, value] = [item.closest("[data-filter]").dataset.filter, item.querySelector("a").dataset.value];
      const others = by.filter((other) => other !== kind);
      // How many there would be; pages that are not here are not counted, and others lead away from this one.
      const counts = entries.length >= total && kinds.includes(kind) && (by.length > 0 || nav.dataset.narrowed);
      const left = counts ? entries.filter((entry) => fits(entry, others) && values(entry, kind).includes(value)).length : 0;
      count.textContent = counts ? ` ${left}` : before;
      item.hidden = counts && left === 0 && choices.get(kind) !== value;
    }
    for (const list of lists) {
      const value = choices.get(list.dataset.filter);
      if (!kinds.includes(list.dataset.filter)) continue;
      let label = "";
      for (const link of list.querySelectorAll("a")) {
        const current = link.dataset.value === value;
        if (current) label = `: ${link.textContent}`;
        link.toggleAttribute("aria-current", current);
        if (current) link.setAttribute("aria-current", "true");
      }
      list.querySelector("summary").textContent = labels.get(list) + label;
    }
    words.textContent = by.length > 0 ? `${count} / ${total} ` : "";
    if (by.length > 0) told.append(all);
    else all.remove();
  };

  nav.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-value]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const kind = link.closest("[data-filter]").dataset.filter;
    if (!kinds.includes(kind)) return;
    event.preventDefault();
    const choices = chosen();
    if (choices.get(kind) === link.dataset.value) choices.delete(kind);
    else choices.set(kind, link.dataset.value);
    const before = location.href;
    choose(choices);
    try {
      await show();
    } catch {
      history.replaceState(null, "", before);
      location.assign(link.href);
    }
  }, { signal });
  all.addEventListener("click", () => {
    choose(new URLSearchParams());
    show();
    nav.querySelector("summary").focus();
  });
  const again = () => show().catch(() => (words.textContent = ""));
  addEventListener("hashchange", again, { signal });
  addEventListener("popstate", again, { signal });
  // Nothing to do for most readers, and a long list to do it with.
  if (nav.dataset.narrowed || lists.some((list) => chosen().has(list.dataset.filter))) again();
};

// The index of experts, narrowed while typing.
const experts = (find, signal) => {
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
  }, { signal });
  find.hidden = false;
  show();
};

let ended = new AbortController();
const begin = () => {
  ended.abort();
  ended = new AbortController();
  const filters = document.querySelector("[data-instant]");
  if (filters) timeline(filters, ended.signal);
  const find = document.querySelector("[data-find]");
  if (find) experts(find, ended.signal);
};
begin();
// `dateline serve` has made this page another in place: what it was narrowed to holds for that one too.
document.addEventListener("dateline:changed", begin);
