/** More of a cell than this says no more about where it is. */
const shown = 30;

/**
 * What a cell shows as one short quoted line. Line breaks become spaces; controls, which could drive a terminal, and
 * characters nobody sees, which could turn a line around, are left out.
 */
export function quoted(value: string): string {
  const line = value
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
  const letters = [...line];
  return `「${letters.length > shown ? `${letters.slice(0, shown).join('')}…` : line}」`;
}
