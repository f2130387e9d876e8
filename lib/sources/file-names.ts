/** Whether a file of a folder is a table. A hidden one is a program's: macOS leaves `._部.csv` beside a file that it has copied. */
export function isCsvFile(name: string): boolean {
  return /\.csv$/iu.test(name) && !name.startsWith('.');
}

/** Whether a file of a folder is a workbook. `~$…` is Excel's sign that somebody has one open, and a hidden one is a program's. */
export function isWorkbookFile(name: string): boolean {
  return /\.xls[xm]$/iu.test(name) && !/^(?:~\$|\.)/u.test(name);
}
