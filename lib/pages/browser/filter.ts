/**
 * The one script of the site. It narrows the goals of a year's page down by result, department and words. It runs in the head, before anything is
 * painted: its first act lets the styles show the form, so that nothing moves later and that without a script there is no
 * form. The state is in the address (`?status=missed&department=kyoiku&q=…`), so that a view can be sent to somebody.
 */

const root = document.documentElement;
root.classList.add('js');
// Printed on every sheet. Most pages say it themselves: a site that does not know its address does not.
root.dataset['address'] ??= location.origin + location.pathname;
// An address that asks for some goals only: all of them must not be seen for a moment, and then move.
if (location.search) root.classList.add('waiting');

document.addEventListener('DOMContentLoaded', () => {
  // What follows is done before anything is painted again.
  root.classList.remove('waiting');
  const form = document.querySelector<HTMLFormElement>('form[data-filter]');
  const outcome = form?.querySelector('output');
  if (!form || !outcome) return;
  const { found = '', none = '', narrowed = '', printed = '' } = form.dataset;
  const all = outcome.value;
  const { title = '', address: place = '' } = root.dataset;
  const onPaper = document.querySelector('.narrowed');

  const departments = [...document.querySelectorAll<HTMLElement>('article[data-department]')].map((article) => {
    const items = [...article.querySelectorAll<HTMLElement>('li[data-goal]')];
    const goals = items.map((item) => ({ item, text: fold(item.textContent) }));
    // What a department says outside of its goals stands for all of them: a search for its name finds them all.
    const around = [...article.querySelectorAll('header, .policy, .work, .summary')];
    return { article, goals, text: fold(around.map((part) => part.textContent).join('\n')) };
  });
  const total = departments.reduce((sum, { goals }) => sum + goals.length, 0);

  const boxes = [...form.querySelectorAll<HTMLInputElement>('[type=checkbox]')];
  const fields = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')];

  const state = () => {
    const chosen = boxes.filter((box) => box.checked).map(({ value }) => ['status', value]);
    const filled = fields.filter(({ value }) => value).map(({ name, value }) => [name, value]);
    return new URLSearchParams([...chosen, ...filled]);
  };

  const apply = () => {
    const wanted = state();
    const statuses = wanted.getAll('status');
    const id = wanted.get('department');
    const words = fold(wanted.get('q') ?? '')
      .split(/\s+/u)
      .filter(Boolean);
    const filtered = statuses.length > 0 || words.length > 0;
    let shown = 0;
    for (const { article, goals, text } of departments) {
      const here = !id || article.dataset['department'] === id;
      let any = here && !(filtered && goals.length > 0) && words.every((word) => text.includes(word));
      for (const goal of goals) {
        const match =
          here &&
          (statuses.length === 0 || statuses.includes(goal.item.dataset['status'] ?? '')) &&
          words.every((word) => goal.text.includes(word) || text.includes(word));
        goal.item.hidden = !match;
        if (match) {
          shown += 1;
          any = true;
        }
      }
      article.hidden = !any;
    }
    const some = found.replace('{shown}', String(shown)).replace('{total}', String(total));
    const sentence = shown === 0 ? none : shown === total ? all : some;
    if (outcome.value !== sentence) outcome.value = sentence;
    const conditions = described().join(' ／ ');
    root.dataset['title'] = title + (conditions && narrowed);
    if (onPaper) onPaper.textContent = conditions && printed.replace('{conditions}', () => conditions) + sentence;
  };

  /** What is asked for, in the words of the form: paper shows no form. */
  const described = () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.parentElement?.textContent);
    const filled = fields
      .filter(({ value }) => value)
      .map((field) => (field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : `「${field.value}」`));
    return [...(chosen.length > 0 ? [chosen.join('・')] : []), ...filled];
  };

  const remember = () => {
    const query = state().toString();
    history.replaceState(null, '', location.pathname + (query && `?${query}`) + location.hash);
    address();
  };

  /** The address that is printed leads to what is printed. */
  const address = () => {
    const query = decodeURI(state().toString());
    root.dataset['address'] = place + (query && `?${query}`);
  };

  const recall = () => {
    const recalled = new URLSearchParams(location.search);
    for (const box of boxes) box.checked = recalled.getAll('status').includes(box.value);
    for (const field of fields) field.value = recalled.get(field.name) ?? '';
    apply();
    address();
  };

  // Browsers refuse an address that changes at every key.
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const changed = () => {
    apply();
    clearTimeout(waiting);
    waiting = setTimeout(remember, 300);
  };

  form.addEventListener('input', changed);
  form.addEventListener('reset', () => setTimeout(changed));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    changed();
    (document.querySelector('article:not([hidden])') ?? outcome).scrollIntoView();
  });
  recall();
});

/** One form for text that reads the same: full and half width, capitals, hiragana and katakana. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/gu, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}
