import type { Place } from '../../findings/catalogue.ts';
import { isBlank, isErrorValue, normalizeName, normalizeText } from '../../text/normalize.ts';
import type { DepartmentColumn, GoalColumn, SettingKey } from '../../workbook/rows.ts';
import { settingNames } from '../../workbook/rows.ts';
import type { DepartmentEntry, GoalEntry, JoinedSheet } from '../join/joined-sheet.ts';
import { checkedDepartments, checkedGoals, departmentPlace, goalPlace } from './rule.ts';

/** How a text is treated: names keep their variant characters, a line has no breaks. */
export type TextKind = 'name' | 'line' | 'prose';

/** What is known of a column of text. */
interface TextColumn {
  readonly kind: TextKind;
  /** Beyond so many characters a page gets hard to read; real cards keep far below. */
  readonly limit: number;
  /** True where marks alone (「－」) are a way to say that there is nothing. */
  readonly optional?: true;
}

const departmentTexts: readonly (readonly [DepartmentColumn, TextColumn])[] = [
  ['department', { kind: 'name', limit: 30 }],
  ['director', { kind: 'name', limit: 30 }],
  ['directorKana', { kind: 'name', limit: 40 }],
  ['directorTitle', { kind: 'line', limit: 50, optional: true }],
  ['policy', { kind: 'prose', limit: 1000 }],
  ['work', { kind: 'prose', limit: 1500 }],
  ['summary', { kind: 'prose', limit: 2000 }],
  ['departmentKana', { kind: 'name', limit: 60, optional: true }],
];

const goalTexts: readonly (readonly [GoalColumn, TextColumn])[] = [
  ['goal', { kind: 'prose', limit: 300 }],
  ['note', { kind: 'prose', limit: 1000, optional: true }],
];

/** 達成状況 is a label beside the goal. It is shown but in `plan`. */
const statusText: TextColumn = { kind: 'line', limit: 40, optional: true };

const settingTexts: Readonly<Partial<Record<SettingKey, TextColumn>>> = {
  municipality: { kind: 'name', limit: 30 },
  title: { kind: 'line', limit: 60 },
  contact: { kind: 'prose', limit: 300, optional: true },
};

/** A cell of text that is shown on the site. */
export interface TextCell extends TextColumn {
  /** Normalized as it is shown. */
  readonly text: string;
  readonly isStatus: boolean;
  readonly place: () => Place;
}

function textCell(raw: string, column: TextColumn, place: () => Place, isStatus = false): TextCell | null {
  if (isBlank(raw) || isErrorValue(raw)) return null;
  const text = column.kind === 'name' ? normalizeName(raw) : normalizeText(raw);
  return { ...column, text, place, isStatus };
}

/** Every cell of text that is shown on the site, in the order of the sheet. */
export function* textCells(sheet: JoinedSheet): Generator<TextCell> {
  yield* settingCells(sheet);
  for (const entry of checkedDepartments(sheet)) yield* departmentCells(sheet, entry);
  for (const goal of checkedGoals(sheet)) yield* goalCells(sheet, goal);
}

function* settingCells({ rows: { settings } }: JoinedSheet): Generator<TextCell> {
  for (const { key, value } of settings.values) {
    const column = settingTexts[key];
    if (column === undefined) continue;
    const { text, cell, row } = value;
    const cellOfText = textCell(text, column, () => ({
      tab: settings.tab,
      cell,
      row,
      column: settingNames[key],
      value: text,
    }));
    if (cellOfText !== null) yield cellOfText;
  }
}

function* departmentCells(sheet: JoinedSheet, entry: DepartmentEntry): Generator<TextCell> {
  for (const [key, column] of departmentTexts) {
    const text = entry.row.fields[key]?.text ?? '';
    const cell = textCell(text, column, () => departmentPlace(sheet, entry, key));
    if (cell !== null) yield cell;
  }
}

function* goalCells(sheet: JoinedSheet, goal: GoalEntry): Generator<TextCell> {
  for (const [key, column] of goalTexts) {
    const cell = textCell(goal.row.fields[key]?.text ?? '', column, () => goalPlace(sheet, goal, key));
    if (cell !== null) yield cell;
  }
  if (goal.phase === 'plan') return;
  const status = goal.row.fields.status?.text ?? '';
  const cell = textCell(status, statusText, () => goalPlace(sheet, goal, 'status'), true);
  if (cell !== null) yield cell;
}
