import type { Place } from '../../findings/catalogue.ts';
import { isBlank, isErrorValue, normalizeName, normalizeText } from '../../text/normalize.ts';
import { isNothingButPlaceholder } from '../../text/placeholders.ts';
import { settingItems } from '../../workbook/columns.ts';
import type { DepartmentEntry, JoinedSheet } from '../join/joined-sheet.ts';
import type { RecordColumn, SheetRecord } from './records.ts';
import { placeIn, recordsOf } from './records.ts';
import { isRequired } from './rule.ts';

/** How a text is treated: names keep their variant characters, a line has no breaks. */
export type TextKind = 'name' | 'line' | 'prose';

/** A cell of text that is shown on the site. */
export interface TextCell {
  readonly kind: TextKind;
  /** Beyond so many characters a page gets hard to read. */
  readonly limit: number;
  /** True where marks alone (「－」) are a way to say that there is nothing. */
  readonly marksMeanNothing: boolean;
  /** The contract's column; null for one of the city's own, and for 設定. */
  readonly key: string | null;
  /** As findings call the column. */
  readonly header: string;
  /** Normalized as it is shown. */
  readonly text: string;
  /** A label beside a goal: the words of 達成状況. */
  readonly isStatus: boolean;
  /** The cell must not be blank. */
  readonly isRequired: boolean;
  readonly holds: readonly DepartmentEntry[];
  readonly place: () => Place;
}

/** Statuses are labels beside the goal; they are shown but in `plan`. */
const statusLimit = 40;
/** Texts of the city's own columns. */
const ownLimit = 1000;

/** Every cell of text that is shown on the site, in the order of the sheet. */
export function* textCells(sheet: JoinedSheet): Generator<TextCell> {
  yield* settingCells(sheet);
  for (const record of recordsOf(sheet)) {
    if (record.only === 'name') continue;
    for (const column of record.columns) {
      const cell = textCell(record, column);
      if (cell !== null) yield cell;
    }
  }
}

function* settingCells({ rows: { settings } }: JoinedSheet): Generator<TextCell> {
  for (const { key, value } of settings.values) {
    const spec = settingItems.find((item) => item.key === key);
    const kind = spec === undefined ? null : textKind(spec.kind);
    if (spec === undefined || kind === null || isBlank(value.text) || isErrorValue(value.text)) continue;
    // Without a name the run is blocked, which says enough.
    if (key === 'municipality' && isNothingButPlaceholder(value.text)) continue;
    const { text, cell, row } = value;
    yield {
      kind,
      limit: 'limit' in spec ? spec.limit : ownLimit,
      marksMeanNothing: 'marksMeanNothing' in spec,
      key: null,
      header: spec.header,
      text: normalized(text, kind),
      isStatus: false,
      isRequired: false,
      holds: [],
      place: () => ({ tab: settings.tab, cell, row, column: spec.header, value: text }),
    };
  }
}

function textCell(record: SheetRecord, column: RecordColumn): TextCell | null {
  const { spec, declared, key } = column;
  if (!column.isPublished) return null;
  const isStatus = (key === 'status' || key === 'interimStatus') && record.phase !== 'plan';
  const kind = isStatus ? 'line' : spec !== null ? textKind(spec.kind) : declared?.type === 'text' ? 'prose' : null;
  const raw = kind === null ? '' : (column.fieldOf(record.row)?.text ?? '');
  if (kind === null || isBlank(raw) || isErrorValue(raw)) return null;
  return {
    kind,
    limit: isStatus ? statusLimit : (spec?.limit ?? ownLimit),
    marksMeanNothing: isStatus || spec === null || spec.marksMeanNothing === true,
    key,
    header: column.header,
    text: normalized(raw, kind),
    isStatus,
    isRequired: isRequired(column.required, record.phase),
    holds: record.holds,
    place: () => placeIn(record, column),
  };
}

function textKind(kind: string): TextKind | null {
  if (kind === 'name' || kind === 'kana') return 'name';
  return kind === 'line' || kind === 'prose' ? kind : null;
}

function normalized(text: string, kind: TextKind): string {
  return kind === 'name' ? normalizeName(text) : normalizeText(text);
}
