import { hash } from 'node:crypto';
import { makeFile } from '../make-file.ts';
import type { SiteFile } from '../site-file.ts';

/**
 * The file of a document. It names what it was made from, so that a folder tells whether its document is still that of the content, and
 * none is made in vain.
 */
export function documentFile(path: string, pdf: Uint8Array, madeFrom: string): SiteFile {
  return { ...makeFile(path, 'data', withOrigin(pdf, madeFrom)), madeFrom };
}

/** The digest of what a document is made from. */
export function originOf(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts));
}

const startOfEnd = 'startxref';

/**
 * Says it in a comment before the last lines of the file, where every reader of PDF passes over it (ISO 32000-1, 7.2.4): all that the file
 * counts in bytes stands before it.
 */
function withOrigin(pdf: Uint8Array, madeFrom: string): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const at = bytes.lastIndexOf(startOfEnd);
  if (at < 0) throw new Error('A PDF ends with where its table of contents stands, and this one does not.');
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(`%madeFrom ${madeFrom}\n`), bytes.subarray(at)]);
}

/** What the document of these bytes was made from; null where it does not say so, or was cut off. */
export function originIn(bytes: Uint8Array): string | null {
  const end = Buffer.from(bytes.subarray(-256)).toString('latin1');
  return /%madeFrom ([0-9a-f]{64})\nstartxref\s+\d+\s+%%EOF\s*$/u.exec(end)?.[1] ?? null;
}
