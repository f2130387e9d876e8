import { readdir } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runPipeline } from '../../lib/pipeline.ts';
import { csvFolderSource } from '../../lib/sources/csv-folder.ts';
import { outputFolder } from '../../lib/stores/output-folder.ts';

/**
 * Many cities in one process: `build` for each folder of CSV files, one after the other, each into a folder of its own.
 * Prints the sums of what the runs report.
 *
 * CSV, because it is what a deployment for many cities would read in the quickest way without a network; every cell goes the
 * same way from there on, whatever the source.
 */
const { values } = parseArgs({
  options: { input: { type: 'string' }, out: { type: 'string' }, now: { type: 'string' } },
});
const { input = '', out = '', now = '' } = values;
const sums = { cities: 0, departments: 0, held: 0, issues: 0, written: 0, unchanged: 0, requests: 0 };
for (const city of (await readdir(input)).sort()) {
  const report = await runPipeline(
    {
      source: csvFolderSource(path.join(input, city)),
      stores: { site: outputFolder(path.join(out, city)), state: null },
      siteUrl: null,
    },
    { now: new Date(now) },
  );
  if (report.outcome === 'blocked' || report.outcome === 'failed') {
    throw new Error(`${city}: ${report.outcome}\n${JSON.stringify(report.issues)}`);
  }
  sums.cities += 1;
  sums.departments += report.published.length;
  sums.held += report.held.length;
  sums.issues += report.issues.length;
  sums.written += report.objects.written;
  sums.unchanged += report.objects.unchanged;
  sums.requests += report.requests.site;
}
process.stdout.write(`${JSON.stringify(sums)}\n`);
