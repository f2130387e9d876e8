/**
 * What Google Sheets shows in a cell while a formula is being worked out (`IMPORTRANGE`, `IMPORTDATA`), also in what it saves as a
 * file. A file does not say whether a formula or a person wrote it, and a person has no reason to.
 */
export function isStillLoading(text: string): boolean {
  return /^\s*(?:Loading|読み込み中|読み込んでいます)(?:\.\.\.|…)\s*$/u.test(text);
}
