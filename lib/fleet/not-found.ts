import { notFoundStyle } from '../pages/html/not-found-style.ts';
import { html, trustedMarkup } from '../pages/html.ts';
import type { ObjectStore } from '../stores/store.ts';

/**
 * What is said for a page that is not there: the `404.html` of the city in whose folder it was asked for. CloudFront knows one such page for a
 * whole distribution, and here there are many cities behind one.
 */

export const notFoundKey = '404.html';

/** How many folders deep a city may lie. */
const deepest = 3;
/** A folder of a city, as the schema of the list takes it. */
const folder = /^(?!\.)[\w.-]+$/u;

/**
 * The keys of the public place under which the page is looked for, the outermost folder first: no city lies inside another, so the first that is there
 * is the city's. Pure.
 *
 * @param path as it was asked for, with the city's folder before it
 */
function notFoundKeys(path: string): string[] {
  const segments = path.split('/').filter((segment) => segment !== '');
  const end = segments.findIndex((segment) => !folder.test(segment));
  const folders = segments.slice(0, end < 0 ? deepest : Math.min(end, deepest));
  return [...folders.map((_, count) => `${folders.slice(0, count + 1).join('/')}/${notFoundKey}`), notFoundKey];
}

/**
 * The page for what is not there.
 *
 * @param store the public place of all cities
 * @throws StoreError
 */
export async function notFoundPageOf(store: ObjectStore, path: string): Promise<Uint8Array> {
  for (const key of notFoundKeys(path)) {
    const page = await store.get(key);
    if (page !== null) return page.body;
  }
  return new TextEncoder().encode(sharedNotFoundPage());
}

/** For an address that is no city's. Its styles are the ones that the content security policy of the sites lets in. */
export function sharedNotFoundPage(): string {
  return `${html`<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>ページが見つかりません</title>
<style>${trustedMarkup(notFoundStyle)}</style>
</head>
<body>
<main>
<h1>ページが見つかりません</h1>
<p>お探しのページは、移ったか、なくなったか、アドレスが違っています。市や町のウェブサイトから、もう一度お進みください。</p>
</main>
</body>
</html>`}\n`;
}
