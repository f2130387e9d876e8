import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { SourceFailure } from '../../failure.ts';
import { errorCode } from '../../system-error.ts';
import type { Workbook } from '../../workbook/workbook.ts';
import { damaged, encryptedOrOld, notReadable, noWorkbook, tooLarge } from '../failures.ts';
import { picturesBeside } from '../pictures-beside.ts';
import type { Source, SourceResult } from '../source.ts';
import { type ReadElsewhere, readHere } from './elsewhere.ts';
import { Count, limits, type Unreadable } from './limits.ts';
import { pictureBytes } from './pictures.ts';
import type { ReadSheet } from './read-workbook.ts';
import { openZip, unpackedSize } from './zip.ts';

/** An `.xlsx` file as Excel, LibreOffice and Google Sheets save it. */
export function workbookFileSource(file: string, elsewhere?: ReadElsewhere): Source {
  const name = path.basename(file);
  return {
    name,
    async read(): Promise<SourceResult> {
      let bytes: Uint8Array;
      try {
        if (statSync(file).size > limits.fileBytes) return { ok: false, failure: tooLarge(name), requests: 1 };
        // There is nothing else to do meanwhile, and Node's other way of reading files takes longer to load than this to read.
        bytes = readFileSync(file);
      } catch (error) {
        if (errorCode(error) === null) throw error;
        return { ok: false, failure: notReadable(name), requests: 1 };
      }
      const parsed = await parseWorkbookFile(bytes, name, elsewhere);
      if (!parsed.ok) return { ok: false, failure: parsed.failure, requests: 1 };
      const version = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const pictures = picturesBeside(path.dirname(file));
      return { ok: true, workbook: parsed.workbook, version, requests: 1, pictures };
    },
  };
}

/**
 * From this size, unpacked, a workbook is read elsewhere, where the caller has such a place. What is smaller can cost no more than a second
 * or so, and to start a thread costs more than to read the workbook of any city.
 */
const largeBytes = 16_000_000;

/** Reads the bytes of an `.xlsx` file. */
export async function parseWorkbookFile(
  bytes: Uint8Array,
  name: string,
  elsewhere?: ReadElsewhere,
): Promise<{ ok: true; workbook: Workbook } | { ok: false; failure: SourceFailure }> {
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return { ok: false, failure: encryptedOrOld(name) };
  if (!startsWith(bytes, [0x50, 0x4b])) return { ok: false, failure: noWorkbook(name) };
  const isLarge = elsewhere !== undefined && unpackedSize(bytes) > largeBytes;
  const tabs = isLarge ? await elsewhere(bytes) : readHere(bytes);
  if (typeof tabs === 'string') return { ok: false, failure: failureOf(tabs, name) };
  return { ok: true, workbook: { sheets: tabs.map((sheet) => withPictures(sheet, bytes)) } };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function failureOf(reason: Unreadable['reason'], name: string): SourceFailure {
  const failures = {
    damaged,
    encrypted: encryptedOrOld,
    'not-a-workbook': noWorkbook,
    'too-large': tooLarge,
  } as const;
  return failures[reason](name);
}

/** Pictures are unpacked when they are wanted: most sheets have none, and those that have are published more often than changed. */
function withPictures({ pictures, ...sheet }: ReadSheet, file: Uint8Array): Workbook['sheets'][number] {
  if (pictures === undefined) return sheet;
  return {
    ...sheet,
    pictures: pictures.map(({ row, column, part }) => ({
      row,
      column,
      bytes: () => pictureBytes(openZip(file, new Count()), part, new Count()),
    })),
  };
}
