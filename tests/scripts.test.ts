import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The shells of Windows are no shells of Unix: what is to be typed, and what npm runs, has to be taken by all of them. */

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const scripts = Object.entries<string>(JSON.parse(read('package.json')).scripts);
const lines = [...read('README.md').matchAll(/^```sh\n(.*?)^```/gmsu)].flatMap(([, block = '']) =>
  block.trim().split('\n'),
);

test.each(scripts)(
  'the script %s sets no variable in front of a command, and quotes with double quotes',
  (_, script) => {
    for (const command of script.split('&&')) expect(command.trim()).not.toMatch(/^\w+=|'|\$/u);
  },
);

test('the lines of the README are single commands, with nothing that only a shell of Unix knows', () => {
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) expect(line.replace(/ #.*$/u, '')).not.toMatch(/&&|\|\||^\w+=|[$'\\]| -- /u);
});

test('line ends are those of the repository on every machine', () => {
  expect(read('.gitattributes').split('\n')).toContain('* text=auto eol=lf');
});
