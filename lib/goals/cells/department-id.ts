import { createHash } from 'node:crypto';
import { matchKey } from '../../text/normalize.ts';
import { departmentIdPattern } from '../model/dataset.ts';

/** Reads URL名; null where it holds what cannot be in an id. Full-width letters and capitals mean the plain ones. */
export function parseUrlName(text: string): string | null {
  const name = matchKey(text);
  return departmentIdPattern.test(name) ? name : null;
}

/**
 * The id of a department without URL名. It is made from the name alone, so it is the same every year; as a digest, because a
 * Japanese name cannot be spelled in `a-z0-9-` without guessing its reading.
 */
export function idFromName(name: string): string {
  return `bu-${createHash('sha256').update(matchKey(name)).digest('hex').slice(0, 10)}`;
}
