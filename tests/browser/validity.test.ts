import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { HtmlValidate } from 'html-validate';
import { describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import { oddPublished } from '../support/odd-site.ts';
import { samplePreview } from '../support/preview-site.ts';
import { samplePublished } from '../support/sample-site.ts';
import { textOf } from '../support/site-files.ts';

const run = promisify(execFile);
const checker = fileURLToPath(import.meta.resolve('vnu-jar/build/dist/vnu.jar'));

const java = await run('java', ['-version']).then(
  () => true,
  () => false,
);
if (!java) process.stderr.write('There is no java: the pages are not put to the Nu Html Checker.\n');

const sites: [string, SiteFile[]][] = [
  ['the sample', renderSite(samplePublished(), { siteUrl: 'https://goals.example/' })],
  ['odd content', renderSite(oddPublished(), { siteUrl: null })],
  ['a preview', [...samplePreview().files]],
  ['a site without a year', renderSite({ years: [], changes: [], history: [] }, { siteUrl: null })],
];

const pages = (files: readonly SiteFile[]) => files.filter(({ key }) => key.endsWith('.html'));

describe.each(sites)('%s', (_, files) => {
  test('has no error that html-validate finds', async () => {
    const validator = new HtmlValidate({
      extends: ['html-validate:recommended'],
      rules: {
        // A title holds the name of a department, however long that is.
        'long-title': 'off',
      },
    });
    for (const { key } of pages(files)) {
      const report = await validator.validateString(textOf(files, key));
      const found = report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`),
      );
      expect(found, key).toEqual([]);
    }
  });

  test.skipIf(!java)('has no error that the Nu Html Checker finds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mokuhyo-vnu-'));
    try {
      const names: string[] = [];
      for (const { key, body } of pages(files)) {
        const name = join(folder, key.replaceAll('/', '_'));
        await writeFile(name, body);
        names.push(name);
      }
      const { stdout } = await run('java', [
        '-jar',
        checker,
        '--format',
        'json',
        '--stdout',
        '--exit-zero-always',
        ...names,
      ]);
      const { messages } = JSON.parse(stdout);
      expect(messages.filter(({ type }: { type: string }) => type === 'error')).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
