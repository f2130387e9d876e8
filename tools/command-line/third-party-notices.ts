import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import * as z from 'zod';

const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string().default('see its text') });

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
  const byText = new Map<string, string[]>();
  for (const folder of packagesIn(metafile)) {
    const place = path.join(root, folder);
    const { name, version, license } = packageSchema.parse(
      JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8')),
    );
    const text = await licenceText(place);
    const names = byText.get(text) ?? [];
    byText.set(text, [...names, `${name} ${version} (${license})`]);
  }
  const own = await readFile(path.join(root, 'LICENSES/Apache-2.0.txt'), 'utf8');
  const parts = [...byText].map(
    ([text, names]) => `${[...new Set(names)].join('\n')}\n\n${text || 'No text of a licence is in the package.'}`,
  );
  const model = `BudouX, Japanese model (Apache-2.0), Copyright 2021 Google LLC\n\n${own}`;
  return `Mokuhyo is made with the packages below, parts of which are in mokuhyo.mjs.\n\n${[...parts, model].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

async function licenceText(folder: string): Promise<string> {
  const names = (await readdir(folder)).filter((name) => /^(?:licen[cs]e|notice)/iu.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n');
}
