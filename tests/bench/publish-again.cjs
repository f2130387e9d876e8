const { bundledProgram } = require('../../lib/cli/bundled-program.cjs');

/**
 * Publishes once, and again and again with nothing changed, in one process, as a function that is called every night or every ten
 * minutes does. Prints the seconds that each of the later runs took.
 *
 * Arguments: how often, and then the arguments of `publish`.
 */
async function publishAgain([times, ...args]) {
  const program = bundledProgram();
  if (program === null) throw new Error('The program is not bundled: npm ci');
  const { runCommandLine } = program.load('./command-line.cjs');
  const { wordsFor } = program.load('./words.cjs');
  const told = [];
  const io = {
    env: process.env,
    words: wordsFor('en'),
    now: new Date(),
    out: () => {},
    tell: (line) => told.push(line),
    colour: false,
  };
  const seconds = [];
  for (let run = 0; run <= Number(times); run += 1) {
    const start = performance.now();
    const status = await runCommandLine(['publish', ...args], io);
    if (status !== 0) throw new Error(`status ${status}\n${told.join('\n')}`);
    if (run > 0) seconds.push((performance.now() - start) / 1000);
  }
  process.stdout.write(JSON.stringify(seconds));
}

void publishAgain(process.argv.slice(2));
