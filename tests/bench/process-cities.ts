import process from 'node:process';
import { publish as publishSite } from '../../lib/publish.ts';
import type { Source } from '../../lib/sources/source.ts';
import type { OutputFolder } from '../../lib/stores/folder/output-folder.ts';
import { workbookOf } from '../support/workbook.ts';
import { cityOf, now, tabsOf } from './cities.ts';

/** Takes many cities through the whole pipeline, from cells to bytes that go nowhere, and prints the processor time it took. */
let files = 0;
let bytes = 0;
const nowhere: OutputFolder = {
  name: 'nowhere',
  requests: 0,
  holds: () => false,
  read: () => null,
  put(_key, body) {
    files += 1;
    bytes += body.byteLength;
  },
};

let departments = 0;
async function take(index: number): Promise<void> {
  const workbook = workbookOf(tabsOf(cityOf(index)));
  const source: Source = { name: 'cells', read: async () => ({ ok: true, workbook, version: null, requests: 0 }) };
  const report = (
    await publishSite({ source, stores: { site: nowhere, state: null }, siteUrl: null }, { now: new Date(now) })
  ).report;
  if (report.outcome !== 'published') throw new Error(JSON.stringify(report.issues));
  departments += report.published.length;
}

const cities = Number(process.argv[2]);
for (let index = 0; index < 50; index += 1) await take(index);
[files, bytes, departments] = [0, 0, 0];
const before = process.cpuUsage();
for (let index = 0; index < cities; index += 1) await take(index);
const { user } = process.cpuUsage(before);
process.stdout.write(JSON.stringify({ seconds: user / 1e6, departments, files, bytes }));
