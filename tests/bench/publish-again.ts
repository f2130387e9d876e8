import { commandsInOneProcess } from './commands.ts';

/**
 * Publishes once, and again and again with nothing changed, in one process, as a function that is called every night or every ten
 * minutes does. Prints the seconds that each of the later runs took.
 *
 * Arguments: how often, and then the arguments of `publish`.
 */
const [times, ...args] = process.argv.slice(2);
const run = await commandsInOneProcess();
const seconds: number[] = [];
await run(['publish', ...args]);
while (seconds.length < Number(times)) {
  const start = performance.now();
  await run(['publish', ...args]);
  seconds.push((performance.now() - start) / 1000);
}
process.stdout.write(JSON.stringify(seconds));
