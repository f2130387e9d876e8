import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe } from 'vitest';

const hasPoppler = spawnSync('pdfinfo', ['-v']).error === undefined;

/** Tests that read a PDF with poppler; they are skipped, and the run says so, where it is not installed. */
export const describeWithPoppler = describe.skipIf(!hasPoppler);

if (!hasPoppler) process.stderr.write('poppler-utils is not installed: its tests are skipped.\n');

/** What a program of poppler prints of a PDF. What it says of the file's faults goes to its standard error and is left aside. */
export function poppler(program: 'pdfinfo' | 'pdftotext' | 'pdffonts', pdf: Uint8Array, ...options: string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mokuhyo-pdf-'));
  try {
    const file = path.join(folder, 'document.pdf');
    writeFileSync(file, pdf);
    const argv = [...options, file, ...(program === 'pdftotext' ? ['-'] : [])];
    return execFileSync(program, argv, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e9 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All text of a PDF in the order in which it is read, without the spaces that setting in type puts in. */
export function textOf(pdf: Uint8Array): string {
  return withoutSpaces(poppler('pdftotext', pdf, '-raw', '-enc', 'UTF-8'));
}

export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/gu, '');
}
