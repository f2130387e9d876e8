import type { Finding } from '../../findings/finding.ts';
import { fiscalYearLabel, parseFiscalYear } from '../../text/fiscal-year.ts';
import { isBlank, matchKey } from '../../text/normalize.ts';
import { type ColumnSpec, settingItems, type TabKey } from '../../workbook/columns.ts';
import type { DeclaredColumn } from '../../workbook/declared.ts';
import type { SheetRows, Table } from '../../workbook/rows.ts';
import { textIn } from '../../workbook/rows.ts';
import type { Workbook } from '../../workbook/workbook.ts';
import {
  allTabsWithOptional,
  type TemplateColumn,
  type TemplateSetting,
  type TemplateTab,
  templateSetting,
} from '../template/template.ts';
import { templateWorkbook } from '../template/workbook-file.ts';
import { isTakenOver, nextSetting, readYear, takenCells, toReview } from './new-year.ts';

/** Next year's workbook, in a file of its own; or why there is none. */
export type NextWorkbook =
  | { readonly kind: 'unreadable'; readonly findings: readonly Finding[] }
  | {
      readonly kind: 'made';
      /** An `.xlsx` file. */
      readonly bytes: Uint8Array;
      /** What was taken over, what was not, and what to do next, in plain Japanese. */
      readonly lines: readonly string[];
    };

/**
 * Next year's workbook of a city: its words, settings, choices and departments, with the tabs and columns that it has, and nothing of the
 * year that is over. Pure; the same workbook gives the same bytes.
 *
 * @param now the instant of the run
 */
export function nextWorkbook(workbook: Workbook, now: Date): NextWorkbook {
  const read = readYear(workbook, now);
  if (read.kind === 'unreadable') return read;
  const { rows, settings } = read;
  const years = { from: settings.fiscalYear, to: settings.fiscalYear + 1 };
  const departments = rows.departments.rows.filter(({ fields }) => {
    const text = textIn(fields, 'fiscalYear');
    const isNamed = !isBlank(textIn(fields, 'department'));
    return isNamed && (isBlank(text) || parseFiscalYear(text) === years.from);
  });
  const tabs = allTabsWithOptional(rows.scheme).flatMap((tab): readonly TemplateTab[] => {
    if (tab.key === 'settings') return [{ ...tab, settings: nextSettings(rows, years) }];
    const table: Table<string> | null = rows[tab.key];
    if (table === null) return [];
    const declared = declaredOf(tab.key, rows);
    const columns = [...tab.columns.filter((column) => isKept(column, tab.key, table)), ...declared.map(ownColumn)];
    if (tab.key === 'departments') {
      return [{ ...tab, columns, rows: departments.map((row) => departmentRow(row, rows.departments, columns)) }];
    }
    const taken = isTakenOver(tab.key) ? table.rows : [];
    const filled = taken.map((row) => columns.map(({ definition }) => textIn(row.fields, definition.key)));
    return [{ ...tab, columns, rows: filled }];
  });
  return {
    kind: 'made',
    bytes: templateWorkbook(rows.scheme, tabs),
    lines: linesOf(rows, departments, years),
  };
}

/** A column that the city has; of those it has not, 公開 alone, without which all that is written would be public at once. */
function isKept({ definition }: TemplateColumn, tab: TabKey, { headers }: Table<string>): boolean {
  return headers[definition.key] !== undefined || (tab === 'departments' && definition.key === 'visibility');
}

function declaredOf(tab: TabKey, { departments, goals, indicators }: SheetRows): readonly DeclaredColumn[] {
  if (tab === 'departments') return departments.declared;
  if (tab === 'goals') return goals.declared;
  return tab === 'indicators' ? (indicators?.declared ?? []) : [];
}

const ownKey = (header: string): string => `own ${header}`;

/** A column of the city's own, in pixels as wide as a short text. */
function ownColumn({ header, description }: DeclaredColumn): TemplateColumn {
  return {
    definition: { key: ownKey(header), header, aliases: [] },
    note: description ?? '',
    format: 'general',
    choices: null,
    need: 'never',
    width: 160,
    colours: [],
    optional: false,
  };
}

function departmentRow(
  row: SheetRows['departments']['rows'][number],
  table: SheetRows['departments'],
  columns: readonly TemplateColumn[],
): readonly string[] {
  const texts = new Map(
    takenCells(row, table).map(({ key, isDeclared, field, text }) => [
      isDeclared ? ownKey(key) : key,
      // A link is more than its text only where the text does not say it.
      text === '' ? '' : isDeclared && field.link !== undefined ? field.link : text,
    ]),
  );
  return columns.map(({ definition }) => texts.get(definition.key) ?? '');
}

/** The items of a new workbook, and those that the city has beside them. */
function nextSettings({ settings, scheme }: SheetRows, years: Years): readonly TemplateSetting[] {
  const given = new Map([...settings.values].reverse().map(({ key, value }) => [key, value.text]));
  return settingItems.flatMap((item: ColumnSpec & (typeof settingItems)[number]) => {
    const text = given.get(item.key);
    if (text === undefined && item.looks.optional) return [];
    return [templateSetting(item, nextSetting(item, text ?? '', years), scheme)];
  });
}

interface Years {
  readonly from: number;
  readonly to: number;
}

function linesOf(
  rows: SheetRows,
  departments: SheetRows['departments']['rows'],
  { from, to }: Years,
): readonly string[] {
  const { scheme, settings } = rows;
  const names = new Set(departments.map(({ fields }) => matchKey(textIn(fields, 'department'))));
  const pictures = departments.filter(({ fields }) => fields.portrait?.picture !== undefined);
  const errors = departments.flatMap((row) => takenCells(row, rows.departments).filter(({ text }) => text === ''));
  const unlisted = [rows.departments, rows.goals, rows.indicators].flatMap((table) =>
    (table?.unlisted ?? []).flatMap(({ header }) =>
      isBlank(header.text) ? [] : [`${table?.tab}の「${header.text}」`],
    ),
  );
  const others = settings.others.flatMap(({ item }) => (isBlank(item.text) ? [] : [`「${item.text}」`]));
  return [
    `${fiscalYearLabel(from)}の設定と${names.size}の${scheme.unit}を写しました。目標と結果は写していません。`,
    ...errors.map(
      ({ field }) => `${rows.departments.tab}!${field.cell} は、計算のエラーが表示されているため写していません。`,
    ),
    ...pictures.map(
      ({ fields }) =>
        `${textIn(fields, 'department')}の顔写真は、セルに置かれた画像のため写していません。新しいブックに置いてください。`,
    ),
    ...(unlisted.length === 0 ? [] : [`公表しない列は写していません：${unlisted.join('、')}。`]),
    ...(others.length === 0 ? [] : [`設定の、Mokuhyoが使わない項目は写していません：${others.join('、')}。`]),
    `次にすること：${toReview(rows)}「目標」に${fiscalYearLabel(to)}の目標を書いて、よければ「公開」を選びます。元のブックは変えていません。`,
  ];
}
