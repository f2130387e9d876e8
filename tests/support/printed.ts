import { inspect } from 'node:util';
import { vi } from 'vitest';

/** What was printed so far, and what was kept with it. */
export interface Printed {
  readonly text: () => string;
  readonly keep: (...said: unknown[]) => void;
}

/** Keeps from the terminal what is printed, on the console and past it, until `vi.restoreAllMocks()`. */
export function keepPrinted(): Printed {
  let printed = '';
  const keep = (...said: unknown[]) => {
    printed += `${inspect(said, { depth: 9 })}\n`;
  };
  for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(keep);
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      keep(String(text));
      return true;
    });
  }
  return { text: () => printed, keep };
}
