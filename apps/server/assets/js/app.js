// Enhancement only: every page works without this file.
document.documentElement.classList.remove('no-js');

const summary = document.querySelector('[data-autofocus]');
summary?.focus({ preventScroll: true });
summary?.scrollIntoView({ block: 'nearest' });

// Counters of text areas.
for (const area of document.querySelectorAll('textarea[data-max]')) {
  const counter = document.getElementById(`${area.id}-teller`);
  const words = counter?.textContent ?? '';
  const count = () => {
    const over = area.value.length - Number(area.dataset.max);
    if (counter) counter.textContent = `${words} · ${area.value.length}${over > 0 ? ` (+${over})` : ''}`;
  };
  area.addEventListener('input', count);
  count();
}

// Copying a whole text with one button; without scripts one selects it by hand.
for (const row of document.querySelectorAll('[data-copy]')) {
  const area = document.getElementById(row.dataset.copy);
  const status = row.querySelector('[role=status]');
  row.hidden = false;
  row.querySelector('button').addEventListener('click', async () => {
    area.select();
    await navigator.clipboard?.writeText(area.value).catch(() => document.execCommand('copy'));
    status.textContent = status.dataset.said;
  });
}

// Enter in a search box presses its own button; without scripts the server finds out which box was meant.
document.addEventListener('keydown', (event) => {
  const button = event.key === 'Enter' && document.getElementById(event.target.dataset?.enter ?? '');
  if (!button) return;
  event.preventDefault();
  button.click();
});

// What was typed and not saved yet stays in this window, also when the page is loaded again or the server is away.
const guarded = document.querySelector('form[data-guard]');
const stamp = guarded?.querySelector('[name=_base], [name=_revision]');
// What was sent is forgotten when the next page does not say that it failed; the same form again says so when it was not saved.
const sent = JSON.parse(sessionStorage.getItem('sent') ?? 'null');
if (sent && !document.querySelector('[data-failed-send]')) {
  const isSame = guarded?.getAttribute('action') === sent.form && stamp?.value === sent.stamp;
  if (!isSame) sessionStorage.removeItem(`typed:${sent.form}`);
}
sessionStorage.removeItem('sent');
if (guarded) {
  const key = `typed:${guarded.getAttribute('action')}`;
  const fields = () =>
    [...guarded.elements].filter((field) => field.name && !field.name.startsWith('_') && field.type !== 'file');
  const valueOf = (field) => (['radio', 'checkbox'].includes(field.type) ? field.checked : field.value);
  const remember = () =>
    sessionStorage.setItem(
      key,
      JSON.stringify(fields().map((f) => [f.name, f.type === 'radio' ? f.value : '', valueOf(f)])),
    );
  const forget = () => sessionStorage.removeItem(key);
  let dirty = false;
  let retry;
  const typed = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  if (typed) {
    for (const [name, choice, value] of typed) {
      const field = fields().find((f) => f.name === name && (f.type !== 'radio' || f.value === choice));
      if (!field) continue;
      if (typeof value === 'boolean') field.checked = value;
      else field.value = value;
    }
    dirty = true;
    setTimeout(() => guarded.dispatchEvent(new Event('input', { bubbles: true })), 50);
  }
  guarded.addEventListener('input', () => {
    dirty = true;
    remember();
  });
  const stateOf = () => document.getElementById('opslagstatus')?.dataset.state;
  document.addEventListener('htmx:after:swap', () => {
    if (stateOf() !== 'saved') return;
    dirty = false;
    forget();
  });
  const failed = () => {
    const status = document.getElementById('opslagstatus');
    if (!status || !dirty) return;
    status.dataset.state = 'error';
    status.textContent = guarded.dataset.failed ?? '';
    clearTimeout(retry);
    retry = setTimeout(() => dirty && guarded.dispatchEvent(new Event('input', { bubbles: true })), 4000);
  };
  document.addEventListener('htmx:error', failed);
  document.addEventListener('htmx:response:error', failed);
  guarded.addEventListener('submit', () => {
    if (dirty)
      sessionStorage.setItem('sent', JSON.stringify({ form: guarded.getAttribute('action'), stamp: stamp?.value }));
    dirty = false;
  });
  addEventListener('beforeunload', (event) => {
    if (dirty && stateOf() !== 'saved') event.preventDefault();
  });
}
