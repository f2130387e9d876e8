import { quoted } from './quoted.ts';
import type { Words } from './words.ts';

/** A department's name on a line of the terminal; what to say where its row has none. */
export function departmentName(name: string, words: Words): string {
  return name === '' ? words.unnamed : quoted(name).slice(1, -1);
}
