import type { NamedCell, TemplateColumn, TemplateSetting, TemplateTab } from '../../staff/template/template.ts';
import { isBlank, matchKey } from '../../text/normalize.ts';
import type { Grid } from './set-up-grid.ts';

/** Where the columns and items of a tab stand, or shall stand. All numbers from 0. */
export interface Layout {
  readonly header: number;
  readonly columns: readonly PlacedColumn[];
  readonly settings: readonly PlacedSetting[];
  /** Rows under the header that the tab begins with, where nothing is written there yet. */
  readonly rows: readonly (readonly string[])[];
  /** Columns of the template that are not put in, since that would change what is published. */
  readonly leftOut: readonly TemplateColumn[];
}

export interface PlacedColumn {
  readonly column: TemplateColumn;
  readonly at: number;
  readonly isNew: boolean;
}

export interface PlacedSetting {
  readonly setting: TemplateSetting;
  readonly row: number;
  readonly isNew: boolean;
}

/** A header is looked for in this many rows from the top, as in reading. */
const headerRows = 10;

/** Finds what is there and plans what is missing beside and below it; null where the tab holds something else entirely. */
export function layoutOf(tab: TemplateTab, grid: Grid): Layout | null {
  const header = headerRow(tab, grid);
  if (header === null) return null;
  const texts = grid.texts[header] ?? [];
  const hasRows = grid.texts.slice(header + 1).some((cells) => cells.some((text) => !isBlank(text)));
  // A column 公開 makes every department without a word in it a draft: it is for staff to add where departments are listed.
  const leftOut = tab.columns.filter(
    ({ definition }) => definition.key === 'visibility' && hasRows && indexOf(texts, definition) < 0,
  );
  let next = Math.max(grid.usedColumns, texts.length === 0 ? 0 : texts.findLastIndex((text) => !isBlank(text)) + 1);
  const columns = tab.columns
    .filter((column) => !leftOut.includes(column) && !(column.optional && indexOf(texts, column.definition) < 0))
    .map((column): PlacedColumn => {
      const found = indexOf(texts, column.definition);
      if (found >= 0) return { column, at: found, isNew: false };
      next += 1;
      return { column, at: next - 1, isNew: true };
    });
  return {
    header,
    columns,
    settings: placeSettings(tab, grid, header, columns),
    rows: hasRows ? [] : tab.rows,
    leftOut,
  };
}

/** The row with the most of the tab's headers; the first row where nothing is written at all. */
function headerRow(tab: TemplateTab, grid: Grid): number | null {
  if (grid.usedRows === 0) return 0;
  const counts = grid.texts
    .slice(0, headerRows)
    .map((texts) => tab.columns.filter(({ definition }) => indexOf(texts, definition) >= 0).length);
  const most = Math.max(0, ...counts);
  return most === 0 ? null : counts.indexOf(most);
}

function placeSettings(
  tab: TemplateTab,
  grid: Grid,
  header: number,
  columns: readonly PlacedColumn[],
): readonly PlacedSetting[] {
  const items = columns.find(({ column }) => column.definition.key === 'item')?.at ?? 0;
  let next = Math.max(grid.usedRows, header + 1);
  return tab.settings.map((setting) => {
    const names = namesOf(setting.definition);
    const row = grid.texts.findIndex((texts, index) => index > header && names.has(matchKey(texts[items] ?? '')));
    if (row >= 0) return { setting, row, isNew: false };
    next += 1;
    return { setting, row: next - 1, isNew: true };
  });
}

function namesOf({ header, aliases }: NamedCell): ReadonlySet<string> {
  return new Set([header, ...aliases].map(matchKey));
}

/** Where a column stands among the headers: by its own name, or else by another that means the same; -1 where it does not. */
function indexOf(texts: readonly string[], definition: NamedCell): number {
  const keys = texts.map(matchKey);
  const own = keys.indexOf(matchKey(definition.header));
  const names = namesOf(definition);
  return own >= 0 ? own : keys.findIndex((key) => names.has(key));
}
