import { wantedTabs } from '../tabs.ts';
import { Unreadable } from './limits.ts';
import { type ReadSheet, readWorkbook } from './read-workbook.ts';

/** The tabs of a file, or why it has none: values that one thread can send to another. */
export type ReadTabs = readonly ReadSheet[] | Unreadable['reason'];

/** Reads a file somewhere where it can be given up. */
export type ReadElsewhere = (file: Uint8Array) => Promise<ReadTabs>;

/** Reads a file, here. */
export function readHere(file: Uint8Array): ReadTabs {
  try {
    return readWorkbook(file, wantedTabs);
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
}
