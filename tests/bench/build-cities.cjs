const { readdirSync } = require('node:fs');
const { bundledCommand } = require('./bundled-command.cjs');

/**
 * Many cities in one process: the command `build` for each folder of CSV files, one after the other, each into a folder of its own.
 *
 * CSV, because it is what a deployment for many cities would read in the quickest way without a network; every cell goes the
 * same way from there on, whatever the source.
 *
 * Arguments: the folder of the inputs, the folder for the sites, the instant of the run.
 */
async function buildAll([input, out, now]) {
  const run = bundledCommand();
  for (const city of readdirSync(input).sort()) {
    await run(['build', '--source', `${input}/${city}`, '--out', `${out}/${city}`, '--now', now]);
  }
}

void buildAll(process.argv.slice(2));
