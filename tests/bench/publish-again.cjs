const { bundledCommand } = require('./bundled-command.cjs');

/**
 * Publishes once, and again and again with nothing changed, in one process, as a function that is called every night or every ten
 * minutes does. Prints the seconds that each of the later runs took.
 *
 * Arguments: how often, and then the arguments of `publish`.
 */
async function publishAgain([times, ...args]) {
  const run = bundledCommand();
  const seconds = [];
  await run(['publish', ...args]);
  while (seconds.length < Number(times)) {
    const start = performance.now();
    await run(['publish', ...args]);
    seconds.push((performance.now() - start) / 1000);
  }
  process.stdout.write(JSON.stringify(seconds));
}

void publishAgain(process.argv.slice(2));
