const { readdirSync } = require('node:fs');
const { bundledProgram } = require('../../lib/cli/bundled-program.cjs');

/**
 * Many cities in one process: the command `build` for each folder of CSV files, one after the other, each into a folder of its own.
 *
 * CSV, because it is what a deployment for many cities would read in the quickest way without a network; every cell goes the
 * same way from there on, whatever the source. The program is the bundle, and this is plain JavaScript, as the command line is started.
 *
 * Arguments: the folder of the inputs, the folder for the sites, the instant of the run.
 */
async function buildAll([input, out, now]) {
  const program = bundledProgram();
  if (program === null) throw new Error('The program is not bundled: npm ci');
  const { runCommandLine } = program.load('./command-line.cjs');
  const { wordsFor } = program.load('./words.cjs');
  const told = [];
  const io = {
    env: {},
    words: wordsFor('en'),
    now: new Date(),
    out: () => {},
    tell: (line) => told.push(line),
    colour: false,
  };
  for (const city of readdirSync(input).sort()) {
    told.length = 0;
    const args = ['build', '--source', `${input}/${city}`, '--out', `${out}/${city}`, '--now', now];
    const status = await runCommandLine(args, io);
    if (status !== 0) throw new Error(`${city}: status ${status}\n${told.join('\n')}`);
  }
}

void buildAll(process.argv.slice(2));
