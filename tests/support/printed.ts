import { inspect } from 'node:util';
import { vi } from 'vitest';

/** Keeps from the terminal what is printed, on the console and past it, until `vi.restoreAllMocks()`. Gives all of it so far. */
export function keepPrinted(): () => string {
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
  return () => printed;
}
