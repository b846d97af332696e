// The search page: results while one types. It looks through every word of the site where the site was built with an
// index (Pagefind), and otherwise, or where the host's policy forbids what that needs, through titles, names, places
// and quotations. Nothing is sent anywhere: the browser fetches files of the site and looks through them itself.
(() => {
  const form = document.querySelector("form.search");
  const status = document.querySelector(".found");
  const list = document.querySelector(".results");
  const { root, fullText, index, none, found, wait, unable, titlesOnly } = form.dataset;
  const field = form.elements.q;
  const SHOWN = 30;

  // From a folder nothing can be fetched: the lists below the form hold everything.
  if (location.protocol === "file:") {
    status.textContent = unable;
    form.classList.add("unable");
    return;
  }
  form.hidden = false;
  document.querySelector(".without").hidden = true;

  const kindNames = Object.fromEntries(
    [...form.querySelectorAll("[name=kind]")].map((input) => [input.value, input.parentElement.textContent.trim()]),
  );
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // Titles and names, file by file; each is fetched once, and only when somebody searches.
  const files = [];
  const entriesOf = (number) =>
    (files[number] ??= fetch(`${root}search/entries-${number}.json`)
      .then((answer) => {
        if (!answer.ok) throw new Error(answer.statusText);
        return answer.json();
      })
      .then(({ files: count, entries }) => ({
        count,
        entries: entries.map(([kind, title, path, detail, language]) => ({
          kind, title, path, detail, language, inTitle: wordsOf(title), inDetail: wordsOf(detail),
        })),
      })));

  // Words are set apart by spaces, and looked up by their beginnings, in these scripts alone. Others run words together
  // (Chinese, Thai) or write what is short to the front of them (Arabic, Hebrew): there a word may stand anywhere.
  const isApart = (word) => /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N}]+$/u.test(word);

  // Every word that was typed must begin a word of the entry. First come those that have the very words in the title, then
  // those of whose title they begin words, then the others.
  async function inTitles(query, kind, show) {
    const asked = wordsOf(query);
    const [exact, best, rest] = [[], [], []];
    for (let number = 1, count = 1; number <= count; number++) {
      const file = await entriesOf(number);
      count = file.count;
      for (const entry of file.entries) {
        if (kind && entry.kind !== kind) continue;
        const begins = (words) => (word) => words.some(isApart(word) ? (other) => other.startsWith(word) : (other) => other.includes(word));
        if (asked.every((word) => entry.inTitle.includes(word))) exact.push(entry);
        else if (asked.every(begins(entry.inTitle))) best.push(entry);
        else if (asked.every((word) => begins(entry.inTitle)(word) || begins(entry.inDetail)(word))) rest.push(entry);
      }
      if (!show([...exact, ...best, ...rest], number < count)) return;
    }
  }

  // Every word of the site. Undefined where there is no such index, or where it must not run here.
  let engine = fullText === "true" ? undefined : null;
  async function inEverything(query, kind, show) {
    if (engine === undefined) {
      engine = await import(new URL(`${root}pagefind/pagefind.js`, location.href))
        .then(async (pagefind) => {
          await pagefind.options({ excerptLength: 24, baseUrl: "/" });
          await pagefind.init();
          return (await pagefind.search("a")) && pagefind;
        })
        .catch(() => null);
    }
    if (!engine) return false;
    const { results } = await engine.search(query, kind ? { filters: { kind } } : {});
    const shown = await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
    const entries = shown.map(({ raw_url: path, url, meta, excerpt }) => ({
      kind: meta.kind, title: meta.title, path: (path ?? url).replace(/^\//, ""), detail: meta.detail, language: meta.language, excerpt,
    }));
    entries.length = results.length;
    show(entries, false);
    return true;
  }

  // Words with the found ones marked; only text, whatever stands in them.
  function marked(element, excerpt) {
    const plain = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
    excerpt.split(/<\/?mark>/).forEach((part, at) => {
      const node = at % 2 ? document.createElement("mark") : document.createTextNode("");
      node.textContent = plain(part);
      element.append(node);
    });
  }

  function made(name, kind, text = "") {
    const element = document.createElement(name);
    element.className = kind;
    element.textContent = text;
    return element;
  }

  function draw(entries, more) {
    list.replaceChildren(
      ...entries.slice(0, SHOWN).map(({ kind, title, path, detail, language, excerpt }) => {
        const item = made("li", "entry-article");
        item.append(made("p", "when", [kindNames[kind], detail].filter(Boolean).join(" · ")));
        const heading = made("h2", "");
        const link = made("a", "", kind === "quotation" ? `“${title}”` : title);
        link.href = root + path.replace(/(^|\/)(?=$|#)/, `$1${index}`);
        if (language) {
          link.lang = language;
          link.dir = "auto";
        }
        heading.append(link);
        item.append(heading);
        if (excerpt && kind === "article") {
          const description = made("p", "description");
          marked(description, excerpt);
          item.append(description);
        }
        return item;
      }),
    );
    if (more && entries.length === 0) status.textContent = wait;
    else status.textContent = (entries.length === 0 ? none : found).replace("{count}", entries.length);
    if (fullText === "true" && engine === null) status.textContent += ` ${titlesOnly}`;
  }

  let turn = 0;
  async function search() {
    const own = ++turn;
    const [query, kind] = [field.value.trim(), form.elements.kind.value];
    const address = new URL(location.href);
    for (const [name, value] of [["q", query], ["kind", kind]]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
    if (wordsOf(query).length === 0) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    // What was asked for before does not come after what was asked for now.
    const show = (entries, more) => {
      if (own !== turn) return false;
      draw(entries, more);
      return true;
    };
    try {
      if (!(await inEverything(query, kind, show))) await inTitles(query, kind, show);
    } catch {
      if (own === turn) status.textContent = unable;
    }
  }

  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });

  // Down and up go from the field through the results; Escape goes back to the field, and empties it there.
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const inside = at >= 0 || document.activeElement === field;
    if (event.key === "Escape" && at >= 0) field.focus();
    else if (event.key === "ArrowDown" && inside && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (links[at - 1] ?? field).focus();
    else return;
    event.preventDefault();
  });

  const given = new URLSearchParams(location.search);
  field.value = given.get("q") ?? "";
  const kind = form.querySelector(`[name=kind][value="${CSS.escape(given.get("kind") ?? "")}"]`);
  if (kind) kind.checked = true;
  if (field.value) search();
})();
