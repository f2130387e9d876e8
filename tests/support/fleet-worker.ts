import { createInterface } from 'node:readline';
import { watch } from '../../functions/watch-sites.ts';
import { work } from '../../functions/work-site.ts';
import { FastClock } from './fast-clock.ts';
import { lambdaContext } from './lambda-context.ts';

/**
 * One execution environment of the functions, as a process: an event comes in as a line, what the handler answers goes out as one. The
 * handlers are the product's own; the clock alone is the test's.
 */

const clock = new FastClock(JSON.parse(process.env['PACING'] ?? ''));
/** Written past the log of the functions, which goes to the standard output. */
const answer = (line: unknown): void => {
  process.send?.(line);
};

for await (const line of createInterface(process.stdin)) {
  const { event, timeoutMs } = JSON.parse(line);
  const end = clock.now() + timeoutMs;
  const context = lambdaContext(() => end - clock.now());
  try {
    const value = event.Records === undefined ? await watch(context, clock) : await work(event, context, clock);
    answer({ ok: true, value, memory: process.memoryUsage().rss, processor: process.cpuUsage() });
  } catch (error) {
    answer({ ok: false, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
}
