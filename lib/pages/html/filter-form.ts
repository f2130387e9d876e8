import type { Dataset, StatusCode } from '../../goals/model/dataset.ts';
import type { PublishedYear } from '../../goals/model/published.ts';
import { type Html, html } from '../html.ts';
import type { Words } from '../words.ts';
import { stepsOf } from './scale.ts';
import { mark } from './tally.ts';

/**
 * The form that narrows the goals down. Styles keep it away until its script is there, so that without a script there is
 * nothing that does not work.
 */
export function filterForm(year: PublishedYear, dataset: Dataset, words: Words): Html {
  const { tally, phase, departments } = dataset;
  const labels = labelsByCode(year, dataset, words);
  const text = words.filter;
  return html`<form class="filter" role="search" aria-labelledby="page_filter" data-filter data-found="${text.found}" data-none="${text.none}" data-narrowed="${text.narrowed}" data-printed="${text.printed}"><h2 id="page_filter">${text.heading}</h2>
${
  phase !== 'plan' &&
  tally.unrated < tally.total &&
  html`<fieldset><legend>${text.statuses}</legend>${[...labels].map(
    ([code, label]) =>
      html`<label class="${code}"><input type="checkbox" value="${code}">${mark(code)}${label}</label>`,
  )}</fieldset>
`
}<p><label for="page_department">${text.department}</label><select id="page_department" name="department"><option value="">${text.allDepartments}</option>${departments.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></p>
<p><label for="page_search">${text.search}</label><input id="page_search" type="search" name="q" autocomplete="off"></p>
<p class="outcome"><output for="page_department page_search">${text.all(tally.total)}</output> <button type="submit">${text.show}</button> <button type="reset">${text.clear}</button></p>
</form>
<p class="narrowed"></p>`;
}

/** The words of the city for each status that there is; several words of one status are one box. */
function labelsByCode(year: PublishedYear, dataset: Dataset, words: Words): ReadonlyMap<StatusCode, string> {
  const steps = stepsOf(year, dataset, words).filter(({ count }) => count > 0);
  const byCode = Map.groupBy(steps, ({ code }) => code);
  return new Map([...byCode].map(([code, same]) => [code, same.map(({ label }) => label).join('・')]));
}
