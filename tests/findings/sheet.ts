import type { Finding } from '../../lib/findings/finding.ts';
import type { Published } from '../../lib/goals/model/published.ts';
import { type PictureOutcome, withPortraits } from '../../lib/goals/portraits.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import type { CellMark, CellRange, Workbook } from '../../lib/workbook/workbook.ts';
import type { Tabs } from '../support/workbook.ts';
import { withCell, workbookOf } from '../support/workbook.ts';

/** The instant at which the sheets of these tests are checked. */
export const checkedAt = new Date('2025-04-01T00:00:00Z');

/** A sheet that uses every tab and column of the contract and gives no finding. */
export const fullTabs = {
  設定: [
    ['項目', '値'],
    ['自治体名', '湊野市'],
    ['団体コード', '992011'],
    ['年度', '令和6年度'],
    ['段階', '結果'],
    ['題名', '令和6年度 部長目標'],
    ['問い合わせ先', '企画課（電話 000-000-0000）'],
  ],
  部: [
    [
      '部名',
      '部長名',
      '部長名（ふりがな）',
      '職名',
      '基本方針',
      '部の仕事',
      '総括',
      '部名（ふりがな）',
      'URL名',
      '顔写真',
      '表示順',
      '公開',
      '年度',
    ],
    [
      '総務部',
      '沢田 実',
      'さわだ みのる',
      '総務部長',
      '方針の一',
      '仕事の一',
      '総括の一',
      'そうむぶ',
      'somu',
      'sawada.jpg',
      '1',
      '公開',
      '令和6年度',
    ],
    [
      '福祉部',
      '森 花',
      'もり はな',
      '',
      '方針の二',
      '仕事の二',
      '総括の二',
      'ふくしぶ',
      'fukushi',
      '',
      '2',
      '公開',
      '令和6年度',
    ],
    [
      '教育部',
      '岡 学',
      'オカ・マナブ',
      '',
      '方針の三',
      '仕事の三',
      '総括の三',
      'きょういくぶ',
      'kyoiku',
      '',
      '3',
      '公開',
      '令和6年度',
    ],
  ],
  目標: [
    ['部名', '番号', '目標', '達成状況', '説明', '年度'],
    ['総務部', '1', '窓口を広げます', '達成', '', '令和6年度'],
    ['総務部', '2', '台帳を改めます', '未達成', '資材が届きませんでした。', '令和6年度'],
    ['総務部', '3', '手続を減らします', '達成（見込み）', '－', '令和6年度'],
    ['福祉部', '1', '相談の場を増やします', '一部達成', '', '令和6年度'],
    ['福祉部', '2', '移動を支えます', '進行中', '', '令和6年度'],
    ['教育部', '1', '校舎を直します', '達成', '', '令和6年度'],
    ['教育部', '2', '本を増やします', '達成', '', '令和6年度'],
  ],
} satisfies Tabs;

/** The tabs with one cell replaced, by its address: `at(tabs, '目標', 'D3', '')`. */
export function at(tabs: Tabs, tab: string, address: string, text: string): Tabs {
  const [, letter = '', number = ''] = /^([A-Z])(\d+)$/u.exec(address) ?? [];
  return withCell(tabs, tab, Number(number) - 1, letter.charCodeAt(0) - 65, text);
}

/** The tabs without a column, by its letter. */
export function withoutColumn(tabs: Tabs, tab: string, letter: string): Tabs {
  const column = letter.charCodeAt(0) - 65;
  const rows = tabs[tab] ?? [];
  return { ...tabs, [tab]: rows.map((row) => row.filter((_, index) => index !== column)) };
}

/** The tabs without rows, by their numbers on the sheet. */
export function withoutRows(tabs: Tabs, tab: string, ...numbers: readonly number[]): Tabs {
  const rows = tabs[tab] ?? [];
  return { ...tabs, [tab]: rows.filter((_, index) => !numbers.includes(index + 1)) };
}

/** What stands on a sheet besides its cells. */
export interface Extras {
  readonly merges?: Readonly<Record<string, readonly CellRange[]>>;
  /** Targets of links by tab and address. */
  readonly links?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export function workbookWith(tabs: Tabs, { merges = {}, links = {} }: Extras = {}): Workbook {
  const { sheets } = workbookOf(tabs, merges);
  return { sheets: sheets.map((sheet) => ({ ...sheet, links: new Map(Object.entries(links[sheet.name] ?? {})) })) };
}

/** The workbook with what is to be known of single cells beside their text, and with rows that are hidden by hand. */
export function withMarks(
  workbook: Workbook,
  tab: string,
  marks: Readonly<Record<string, CellMark>>,
  hiddenRows: readonly number[] = [],
): Workbook {
  const hidden = new Map(hiddenRows.map((row) => [row - 1, 'hand' as const]));
  return {
    sheets: workbook.sheets.map((sheet) =>
      sheet.name === tab ? { ...sheet, marks: new Map(Object.entries(marks)), hiddenRows: hidden } : sheet,
    ),
  };
}

/** What came of a workbook: every finding, and what would be on the site. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly kind: 'settled' | 'blocked';
  readonly published: Published | null;
  /** Names of the departments that are held. */
  readonly held: readonly string[];
  /** Why each of them is. */
  readonly reasons: readonly string[];
  /** Names of the departments that would be published. */
  readonly shown: readonly string[];
}

/**
 * Takes a workbook all the way to what the site would say.
 *
 * @param pictures what every picture that it names turns out to be
 */
export function outcomeOf(
  workbook: Workbook,
  previous: Published | null = null,
  pictures: PictureOutcome = { src: 'assets/portrait-0.jpg', width: 480, height: 640 },
): Outcome {
  const nothing = { kind: 'blocked', published: null, held: [], reasons: [], shown: [] } as const;
  const parsed = parseWorkbook(workbook);
  if (parsed.rows === null) return { ...nothing, findings: parsed.findings };
  const sheet = validate(parsed.rows, checkedAt);
  const { settings } = sheet;
  if (settings === null) return { ...nothing, findings: [...parsed.findings, ...sheet.findings] };
  const outcomes = new Map(
    sheet.departments.flatMap((department) => department.pictures.map((wish) => [wish, pictures] as const)),
  );
  const pictured = withPortraits({ ...sheet, settings }, outcomes, previous);
  const settled = settle(pictured.sheet, previous, checkedAt);
  return {
    findings: [...parsed.findings, ...sheet.findings, ...pictured.findings, ...settled.findings],
    kind: settled.kind,
    published: settled.published,
    held: settled.held.map(({ department }) => department),
    reasons: settled.held.map(({ reason }) => reason),
    shown: settled.published.years.flatMap((year) => year.departments.map(({ department }) => department.name)),
  };
}

/** A finding in one line: `code tab!cell`, or `code tab` where it has no cell. */
export function briefly({ code, tab, cell }: Finding): string {
  const place = cell === null ? (tab ?? '') : `${tab}!${cell}`;
  return place === '' ? code : `${code} ${place}`;
}

/** What a cell of a workbook shows. */
export function shownAt(workbook: Workbook, tab: string, address: string): string {
  const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/u.exec(address) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return workbook.sheets.find(({ name }) => name === tab)?.rows[Number(number) - 1]?.[column] ?? '';
}
