// Keeps the first page of the list fresh while it is looked at.
const LOOK_MS = 2000;

const list = document.querySelector('#list[data-live]');
const to = new URLSearchParams(location.search).get('to');
const countUrl = `/_local/inbox?${new URLSearchParams({ count: '1', ...(to ? { to } : {}) })}`;

async function refresh() {
  const { count } = await (await fetch(countUrl)).json();
  document.body.classList.remove('offline');
  if (String(count) === list.dataset.count) return;
  const text = await (await fetch(location.href)).text();
  const fresh = new DOMParser().parseFromString(text, 'text/html');
  const newList = fresh.querySelector('#list');
  if (!newList) return;
  const focused = document.activeElement?.getAttribute('href');
  list.dataset.count = newList.dataset.count;
  list.replaceChildren(...newList.childNodes);
  document.title = fresh.title;
  if (focused) list.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

async function look() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    document.body.classList.add('offline');
  }
  setTimeout(look, LOOK_MS);
}

if (list) setTimeout(look, LOOK_MS);
