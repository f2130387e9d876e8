import { readFile, writeFile } from 'node:fs/promises';
import { jaModel } from 'budoux';
import { transform } from 'esbuild';
import { drawIcon } from './draw-icon.ts';
import { windows31jCharacters } from './windows-31j.ts';

/**
 * Makes `lib/pages/browser-assets.ts` from what is written by hand in this folder: `page.css` with the values of the
 * Digital Agency's design tokens in it, and `filter.ts`. Rendering reads no files, so it imports the result, which is
 * committed; a test checks that it is fresh. Whatever else never changes and takes a while to make is made here too: see the list
 * at the end.
 *
 * Run by `npm run assets`.
 */

const tokensFile = new URL(import.meta.resolve('@digital-go-jp/design-tokens/dist/tokens.css'));

/** The text of `browser-assets.ts`. */
async function browserAssets(): Promise<string> {
  const [css, script, tokens] = await Promise.all([
    readFile(new URL('page.css', import.meta.url), 'utf8'),
    readFile(new URL('filter.ts', import.meta.url), 'utf8'),
    readFile(tokensFile, 'utf8'),
  ]);
  const stylesheet = await transform(withTokens(css, tokens), { loader: 'css', minify: true });
  const filter = await transform(script, { loader: 'ts', minify: true, format: 'iife', target: 'es2022' });
  return `// Made from lib/pages/browser by \`npm run assets\`. Change it there.
export const stylesheet =
  ${literal(stylesheet.code)};
export const filterScript =
  ${literal(filter.code)};
`;
}

/**
 * Puts the value of each design token in the place of its name. A name that page.css defines itself stays; one that is
 * defined nowhere is an error, because browsers would say nothing of it.
 */
function withTokens(css: string, tokens: string): string {
  const values = new Map([...tokens.matchAll(/^\s*(--[\w-]+):\s*(.+);$/gmu)].map(([, name, value]) => [name, value]));
  const own = new Set([...css.matchAll(/^\s*(--[\w-]+):/gmu)].map(([, name]) => name));
  return css.replaceAll(/var\((--[\w-]+)\)/gu, (reference, name: string) => {
    const value = values.get(name);
    if (value !== undefined) return withTokens(value, tokens);
    if (own.has(name)) return reference;
    throw new Error(`page.css uses ${name}, which neither it nor the design tokens define.`);
  });
}

function literal(text: string): string {
  const body = text.trim().replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return `'${body}'`;
}

/** The text of `phrase-model.ts`. */
function phraseModelSource(): string {
  return `/**
 * Weights of letters around the beginnings of phrases. Made by \`npm run assets\` from the Japanese model of BudouX
 * (https://github.com/google/budoux, Copyright 2021 Google LLC, Apache-2.0, see LICENSES/Apache-2.0.txt), with nothing changed.
 */
export const phraseModel: Readonly<Record<string, Readonly<Record<string, number>>>> = ${JSON.stringify(jaModel)};
`;
}

/** The text of `icon-png.ts`. */
function iconSource(): string {
  return `/** The icon as PNG, 180 pixels square. Made by \`npm run assets\` from lib/pages/browser/draw-icon.ts. */
export const iconPngBase64 =
  '${Buffer.from(drawIcon(180)).toString('base64')}';
`;
}

/** The text of `windows-31j-bits.ts`. */
function windows31jSource(): string {
  return `/**
 * The characters of Windows-31J as a set of bits, in base64. Made by \`npm run assets\` from lib/pages/browser/windows-31j.ts: asking the
 * platform for each takes longer than all else that is done with them.
 */
export const windows31jBits =
  '${Buffer.from(windows31jCharacters()).toString('base64')}';
`;
}

const generatedFiles: readonly [place: string, text: () => string | Promise<string>][] = [
  ['../browser-assets.ts', browserAssets],
  ['../phrases/phrase-model.ts', phraseModelSource],
  ['../pictures/icon-png.ts', iconSource],
  ['../../text/windows-31j-bits.ts', windows31jSource],
];

/** What is made from something else and committed: where it stands, and how its text is made. */
export const generated = generatedFiles.map(([place, text]) => ({ file: new URL(place, import.meta.url), text }));

if (import.meta.main) for (const { file, text } of generated) await writeFile(file, await text());
