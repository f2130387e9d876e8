import type { Director } from '../../goals/model/dataset.ts';
import { relativeHref } from '../address.ts';
import { type Html, html } from '../html.ts';
import { avifOf } from '../portrait-files.ts';
import type { Words } from '../words.ts';

/** The portraits of a department's heads; null where it has none, and then nothing keeps a place free for one. */
export function portraitsOf(directors: readonly Director[], from: string, words: Words): Html | null {
  const shown = directors.flatMap(({ title, name, portrait }) =>
    portrait === null ? [] : [{ title, name, portrait }],
  );
  if (shown.length === 0) return null;
  const link = (path: string) => relativeHref(from, path);
  return html`<div class="portraits">${shown.map(
    ({ title, name, portrait: { src, width, height } }) =>
      html`<picture><source srcset="${link(avifOf(src))}" type="image/avif"><img src="${link(src)}" width="${width}" height="${height}" alt="${words.portrait(title, name)}" loading="lazy"></picture>`,
  )}</div>
`;
}
