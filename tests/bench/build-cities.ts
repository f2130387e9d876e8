import { readdirSync } from 'node:fs';
import { commandsInOneProcess } from './commands.ts';

/**
 * Many cities in one process: the command `build` for each folder of CSV files, one after the other, each into a folder of its own.
 *
 * CSV, because it is what a deployment for many cities would read in the quickest way without a network; every cell goes the
 * same way from there on, whatever the source.
 *
 * Arguments: the folder of the inputs, the folder for the sites, the instant of the run.
 */
const [input = '', out = '', now = ''] = process.argv.slice(2);
const run = await commandsInOneProcess();
for (const city of readdirSync(input).sort()) {
  await run(['build', '--source', `${input}/${city}`, '--out', `${out}/${city}`, '--now', now]);
}
