import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/command-line.ts';
import { GoogleServer } from '../../support/google-server.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { trimmed } from '../../support/trimmed-workbook.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../../support/workbook.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Google's client is CommonJS, and Lambda runs a bundle of ECMAScript modules: names that Node finds can be lost on the way. */
test.each([true, false])('a bundle (split: %s) reads a sheet', async (splitting) => {
  await using server = await GoogleServer.start(new VirtualClock());
  server.add('spreadsheet-under-test', SpreadsheetModel.of(workbookOf(soundTabs)));
  const folder = await temporaryFolder();
  const { metafile } = await build({
    stdin: {
      contents: `
        import { googleSheetSource } from './lib/sources/google/google-sheet.ts';
        const config = { kind: 'loopback', apiRoot: process.argv[2] };
        const source = googleSheetSource({ spreadsheetId: 'spreadsheet-under-test', config, access: 'read' });
        const result = await source.read();
        console.log(JSON.stringify(result, (key, value) => (value instanceof Map ? [...value] : value)));`,
      resolveDir: root,
    },
    bundle: true,
    minify: true,
    splitting,
    metafile: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'silent',
  });
  const { stdout } = await run(process.execPath, [path.join(folder, 'stdin.mjs'), server.apiRoot]);
  const { workbook, requests } = JSON.parse(stdout);
  expect(requests).toBe(2);
  expect(workbook.sheets.map(({ rows }: { rows: unknown }) => rows)).toEqual(
    trimmed(workbookOf(soundTabs)).sheets.map(({ rows }) => rows),
  );
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  // The whole of googleapis is 14 MB.
  expect(bytes).toBeLessThan(2_000_000);
});
