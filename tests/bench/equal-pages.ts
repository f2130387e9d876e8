import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { cityOf } from './cities.ts';
import { cityFolder } from './inputs.ts';

/**
 * Holds the tools to the same work: each has made every page that Mokuhyo has made, and every text of the sheet is on the page of
 * the year and on the page of its department. Looked at for the first and the last city.
 *
 * @param outs Mokuhyo's first
 * @throws Error that names the page
 */
export async function checkPages(cities: number, outs: readonly { readonly tool: string; readonly out: string }[]) {
  for (const index of new Set([0, cities - 1])) {
    const city = cityOf(index, 'second');
    // At the size of a country the others build the first edition only; what differs is in no text.
    const below = cities === 1 ? '' : cityFolder(index);
    const [mokuhyo, ...others] = outs;
    if (mokuhyo === undefined) return;
    const wanted = await pagesBelow(path.join(mokuhyo.out, below));
    for (const { tool, out } of others) {
      const pages = await pagesBelow(path.join(out, below));
      const missing = wanted.filter((page) => !pages.includes(page));
      if (missing.length > 0) throw new Error(`${tool} did not make ${missing.join(', ')} of city ${index + 1}`);
    }
    for (const { tool, out } of outs) {
      const year = await visibleText(path.join(out, below, '2024/index.html'));
      const home = await visibleText(path.join(out, below, 'index.html'));
      for (const { id, name, director, policy, work, summary, goals } of city.departments) {
        const page = await visibleText(path.join(out, below, '2024', id, 'index.html'));
        const texts = [name, director.name, director.kana, policy, work, summary];
        for (const text of [...texts, ...goals.flatMap((goal) => [goal.text, goal.note ?? ''])]) {
          const bare = withoutSpace(text);
          const lacks = [year, home, page].some((visible) => !visible.includes(bare));
          if (lacks) throw new Error(`${tool} does not show “${text}” of city ${index + 1} on each page it belongs on`);
        }
      }
    }
  }
}

async function pagesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.html'));
}

async function visibleText(file: string): Promise<string> {
  return withoutSpace((await readFile(file, 'utf8')).replace(/<[^>]*>/gu, ''));
}

function withoutSpace(text: string): string {
  return text.replace(/[\s\u200b\u2060]/gu, '');
}
