/*
 * The search page. What a reader types is looked up in the index that the build made with Pagefind: in files of this
 * site, in the reader's browser. The words stand behind the # of the address, which browsers keep to themselves, so
 * that "back" returns to what was found and no server learns of it.
 */
const FOLDER = "/pagefind/";
const AT_ONCE = 8;
const EXCERPT_WORDS = 24;
const PAUSE_MS = 200;
const MARK = "#q=";

const whole = document.querySelector(".search");
const form = whole.querySelector("form");
const field = whole.querySelector("input");
const said = whole.querySelector("output");
const more = whole.querySelector("[type=button]");
const list = document.createElement("ol");
list.className = "ruled bare";
let engine;
let found = [];
let asked = "";
let timer = 0;

const load = () => {
  engine ??= import(`${FOLDER}pagefind.js`).then(async (pagefind) => {
    // A worker would need the page's own policy on its file; here the page's own is enough.
    await pagefind.options({ noWorker: true, excerptLength: EXCERPT_WORDS });
    await pagefind.init();
    // A large site has its pages in several indexes.
    const others = Array.from({ length: (whole.dataset.indexes ?? 1) - 1 }, (_, index) => `${FOLDER}${index + 1}/`);
    await Promise.all(others.map((other) => pagefind.mergeIndex(other, { excerptLength: EXCERPT_WORDS })));
    return pagefind;
  });
  return engine;
};

/** Search for what the field says, unless that is what was searched for last. */
const search = async () => {
  clearTimeout(timer);
  const words = field.value.trim();
  if (words === asked) return;
  asked = words;
  history.replaceState(null, "", words ? MARK + encodeURIComponent(words) : location.pathname);
  if (!words) {
    show([], "");
    return;
  }
  try {
    const { results } = await (await load()).search(words);
    if (words !== asked) return;
    const { one, other, none } = said.dataset;
    const count = (results.length === 1 ? one : other).replace("{number}", results.length);
    await show(results, results.length ? count : none);
  } catch (failure) {
    console.error(failure);
    engine = undefined;
    asked = "";
    show([], said.dataset.failed);
  }
};

/** Put the first results in place of the earlier ones and say how many there are. */
const show = async (results, message) => {
  found = results;
  const first = await items(0);
  if (found !== results) return;
  list.replaceChildren(...first);
  if (first.length) said.after(list);
  else list.remove();
  more.hidden = found.length <= first.length;
  said.textContent = message;
};

const items = async (start) => {
  const pages = await Promise.all(found.slice(start, start + AT_ONCE).map((result) => result.data()));
  return pages.map(item);
};

const item = ({ url, meta, excerpt }) => {
  const entry = make("li", "card");
  const link = make("a", "", meta.title);
  link.href = url;
  const heading = make("h2", "");
  heading.append(link);
  const words = make("p", "", "… ");
  // An excerpt is text with <mark> around what was found; nothing else of it becomes an element.
  for (const node of new DOMParser().parseFromString(excerpt, "text/html").body.childNodes) {
    words.append(node.nodeName === "MARK" ? make("mark", "", node.textContent) : node.textContent);
  }
  words.append(" …");
  entry.append(heading, words);
  return entry;
};

const make = (name, type, text = "") => {
  const element = document.createElement(name);
  if (type) element.className = type;
  element.textContent = text;
  return element;
};

const fromAddress = () => {
  if (!location.hash.startsWith(MARK)) return;
  try {
    field.value = decodeURIComponent(location.hash.slice(MARK.length));
  } catch {
    return; // no address of ours
  }
  search();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
field.addEventListener("focus", () => load().catch(() => (engine = undefined)), { once: true });
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, PAUSE_MS);
});
more.addEventListener("click", async () => {
  const next = await items(list.children.length);
  list.append(...next);
  more.hidden = list.children.length >= found.length;
  next[0]?.querySelector("a").focus();
});
addEventListener("hashchange", fromAddress);
fromAddress();
