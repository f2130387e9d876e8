/** One line of the table: one tool at one case. */
export interface Row {
  readonly case: string;
  readonly tool: string;
  /** Median, in seconds. */
  readonly seconds: number;
  /** How often it ran. */
  readonly runs: number;
  /** Times as long as Mokuhyo at the same case; null for Mokuhyo itself. */
  readonly ratio: number | null;
  /** Median; null where it is not known. */
  readonly peakBytes: number | null;
  /** Files or objects; null where that is not what the case is about. */
  readonly written: number | null;
  readonly writtenBytes: number | null;
  /** Requests to the service that is written to, or operations on files; null where nobody counted. */
  readonly requests: number | null;
}

const none = '–';

const columns: readonly { readonly head: string; readonly of: (row: Row) => string }[] = [
  { head: 'case', of: (row) => row.case },
  { head: 'tool', of: (row) => row.tool },
  { head: 'time', of: ({ seconds }) => time(seconds) },
  { head: '× Mokuhyo', of: ({ ratio }) => (ratio === null ? none : ratio.toFixed(2)) },
  { head: 'peak memory', of: ({ peakBytes }) => (peakBytes === null ? none : `${(peakBytes / 1e6).toFixed(0)} MB`) },
  { head: 'written', of: ({ written }) => (written === null ? none : written.toLocaleString('en')) },
  { head: 'bytes', of: ({ writtenBytes }) => (writtenBytes === null ? none : size(writtenBytes)) },
  { head: 'requests', of: ({ requests }) => (requests === null ? none : requests.toLocaleString('en')) },
];

/** The rows as a table that is Markdown too. */
export function tableText(rows: readonly Row[]): string {
  const texts = [columns.map(({ head }) => head), ...rows.map((row) => columns.map(({ of }) => of(row)))];
  const widths = columns.map((_, column) => Math.max(...texts.map((line) => line[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [line(texts[0] ?? []), line(rule), ...texts.slice(1).map(line)].join('\n');
}

function time(seconds: number): string {
  return seconds < 1 ? `${(seconds * 1_000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
