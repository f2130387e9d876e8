import type { Finding, Severity } from '../findings/finding.ts';
import { departmentAnchor, departmentLabel } from '../goals/department-label.ts';
import type { DepartmentStanding } from '../goals/settle/settle.ts';
import { dayInWords, timeInWords } from '../text/date-in-words.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import type { Scheme } from '../text/scheme.ts';

/** What a run has to say to the staff. */
export interface SheetReport {
  /** When the run took place. */
  readonly at: Date;
  /** The city's own words. */
  readonly scheme: Scheme;
  /** `checked`: nothing was published yet, the next publication will. */
  readonly outcome: 'checked' | 'published' | 'unchanged' | 'blocked' | 'failed';
  /** The release that is on the site; null before the first. */
  readonly last: LastRelease | null;
  readonly held: readonly HeldInReport[];
  /** Every department, in the order of the sheet. */
  readonly standings: readonly DepartmentStanding[];
  /** Where the staff can see what the sheet would become; null where there is no preview. */
  readonly preview: PreviewLink | null;
  /** How far each department has come. */
  readonly completeness: readonly Completeness[];
  readonly findings: readonly Finding[];
  /** True where staff had ticked 今すぐ公開 and this run has done what they asked for: the tick is taken off. */
  readonly publishNow: boolean;
}

/** A preview, by its secret address: it stands in 確認結果 and nowhere else. */
export interface PreviewLink {
  /** With a trailing slash. */
  readonly url: string;
  /** The day in Japan until which it is there, `YYYY-MM-DD`. */
  readonly until: string;
}

/** Cells of one tab that somebody has locked for Mokuhyo, and in which it had something to write. */
export interface LockedCells {
  /** The tab's name as written. */
  readonly tab: string;
  /** A1 notation. */
  readonly cells: readonly string[];
  /** What was to be written there. */
  readonly what: 'notes' | 'publish-now';
}

/** What could not be written into the sheet, and whom to let in so that it can be. */
export interface Unwritten {
  readonly locked: readonly LockedCells[];
  /** Address by which Mokuhyo works in the sheet; null where it is not known. */
  readonly account: string | null;
}

export interface LastRelease {
  readonly at: Date;
  /** An earlier release was put back. */
  readonly isRollback: boolean;
  /** Names of the departments that it published or changed. */
  readonly published: readonly string[];
  /** Names of the departments that it took off the site. */
  readonly withdrawn: readonly string[];
}

export interface HeldInReport {
  readonly department: string;
  readonly fiscalYear: number;
  /** Plain Japanese. */
  readonly reason: string;
  /** The day (`YYYY-MM-DD`) from which the version on the site is, or null where there is none. */
  readonly showing: string | null;
}

export interface Completeness {
  readonly department: string;
  /** Required cells that are filled in, of how many. */
  readonly filled: number;
  readonly required: number;
  /** What is missing, by the names of the columns. */
  readonly missing: readonly string[];
}

/** A cell of 確認結果. */
export interface AnswerCell {
  readonly text: string;
  readonly style: 'title' | 'heading' | 'header' | 'body';
  /** Where it leads, if anywhere: a cell by its tab's name as written and A1 notation, or a page outside the sheet. */
  readonly place: { readonly tab: string; readonly cell: string } | { readonly url: string } | null;
}

export type AnswerRow = readonly AnswerCell[];

/** Widths of the columns of 確認結果, in pixels. */
export const answerWidths: readonly number[] = [150, 130, 150, 420, 420];

/** Row and column of the time in 確認結果, from 0: that alone is no reason to write. */
export const answerTime = { row: 1, column: 1 } as const;

/** More than any sentence needs, and far less than a cell takes. */
const longestText = 2000;

const clipped = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text);

const cell = (text: string, style: AnswerCell['style'] = 'body', place: AnswerCell['place'] = null): AnswerCell => ({
  text: clipped(text),
  style,
  place,
});
const row = (...texts: readonly string[]): AnswerRow => texts.map((text) => cell(text));
const header = (...texts: readonly string[]): AnswerRow => texts.map((text) => cell(text, 'header'));
const heading = (text: string): AnswerRow => [cell(text, 'heading')];

const severityNames: Readonly<Record<Severity, string>> = { error: 'エラー', warning: '注意', notice: 'お知らせ' };

const outcomes: Readonly<Record<SheetReport['outcome'], string>> = {
  checked: '内容を確認しました。サイトには、次の公表（毎晩の自動の公表、または「今すぐ公開」）で反映されます。',
  published: '公表しました。',
  unchanged: 'サイトの内容に変わりはありません。',
  blocked: '下の「見つかったこと」のエラーのため、サイトは前のままにしてあります。',
  failed: 'サイトに書き込めませんでした。サイトは前のままです。次の自動の確認でやり直します。',
};

/** What 確認結果 says, row by row. The same report gives the same rows, but for the time. */
export function answerRows(
  report: SheetReport,
  unwritten: Unwritten = { locked: [], account: null },
): readonly AnswerRow[] {
  const { findings, held, standings, preview, completeness, last, scheme } = report;
  return [
    [cell('確認結果', 'title')],
    row('この内容を書いた日時', timeInWords(report.at)),
    row('公表の結果', outcomes[report.outcome]),
    row('最後の公表', last === null ? 'まだありません。' : lastInWords(last)),
    ...(report.publishNow ? [row('今すぐ公開', '「今すぐ公開」の印を受け付け、印を外しました。')] : []),
    ...previewRow(preview),
    ...lockedRows(unwritten),
    [],
    heading(`保留している${scheme.unit}（${held.length}件）`),
    ...heldRows(held, scheme),
    ...standingRows(standings, preview, scheme),
    [],
    heading('記入の状況'),
    ...completenessRows(completeness, scheme),
    [],
    heading(`見つかったこと（${countsOf(findings)}）`),
    ...findingRows(findings, scheme),
  ];
}

/** How many locked cells are named before no more are. */
const lockedShown = 10;

/** What stood in the way of an answer at the cells themselves. */
function lockedRows({ locked, account }: Unwritten): readonly AnswerRow[] {
  if (locked.length === 0) return [];
  const whom = account === null ? 'このプログラムのサービスアカウント' : `「${account}」`;
  const fix = `シートを保護した方に、「データ」メニューの「シートと範囲を保護」で、${whom}を編集できる人に加えてもらってください。`;
  const reasons: Readonly<Record<LockedCells['what'], string>> = {
    notes:
      '保護されているため、セルのメモを書き換えられませんでした。誤りの内容は、下の「見つかったこと」をご覧ください。',
    'publish-now':
      '保護されているため、「今すぐ公開」の印を外せません。そのため、この印では公表を始めません。毎晩の公表は、いつもどおり行います。',
  };
  return [
    [],
    heading('保護されていて、書き込めなかったセル'),
    header('シート', 'セル', '', 'わけ', '直し方'),
    ...locked.map(({ tab, cells, what }) => {
      const more = cells.length > lockedShown ? `　ほか${cells.length - lockedShown}か所` : '';
      return row(tab, `${cells.slice(0, lockedShown).join('、')}${more}`, '', reasons[what], fix);
    }),
  ];
}

function lastInWords({ at, isRollback, published, withdrawn }: LastRelease): string {
  const parts = [
    isRollback ? '以前の公開に戻しました' : '',
    published.length > 0 ? `公表：${published.join('、')}` : '',
    withdrawn.length > 0 ? `取下げ：${withdrawn.join('、')}` : '',
  ].filter((part) => part !== '');
  return `${timeInWords(at)}${parts.length > 0 ? `（${parts.join('。')}）` : ''}`;
}

/** Leads to the preview as a whole. Its text changes only with its address, so that it is no reason to write. */
function previewRow(preview: PreviewLink | null): readonly AnswerRow[] {
  if (preview === null) return [];
  const text = `公表前の見本を見る（${dayInWords(preview.until)}まで。シートを直すと、見本も新しくなります）`;
  return [[cell('公表前の見本'), cell(text, 'body', { url: `${preview.url}changes/` })]];
}

/** Where a department stands, in one word. */
export const standingNames: Readonly<Record<DepartmentStanding['standing'], string>> = {
  published: '公表',
  draft: '下書き',
  'awaiting-approval': '決裁待ち',
  held: '保留',
  withdrawn: '取下げ',
};

function standingCounts(standings: readonly DepartmentStanding[]): string {
  const counts = Map.groupBy(standings, ({ standing }) => standing);
  const parts = (['published', 'draft', 'awaiting-approval', 'held', 'withdrawn'] as const).flatMap((standing) => {
    const count = counts.get(standing)?.length ?? 0;
    return count === 0 ? [] : [`${standingNames[standing]} ${count}件`];
  });
  return parts.join('、');
}

function standingRows(
  standings: readonly DepartmentStanding[],
  preview: PreviewLink | null,
  { unit }: Scheme,
): readonly AnswerRow[] {
  if (standings.length === 0) return [];
  return [
    [],
    heading(`${unit}ごとの状況（${standingCounts(standings)}）`),
    header(`${unit}名`, '年度', '状況', 'サイトの表示', ...(preview === null ? [] : ['公表前の見本'])),
    ...standings.map((one) => {
      const { department, fiscalYear, standing, showing } = one;
      const shown = showing === null ? '表示していません' : `${dayInWords(showing)}の内容`;
      const link = preview === null ? null : { url: `${preview.url}changes/#${departmentAnchor(one)}` };
      return [
        ...row(departmentLabel(department), fiscalYearLabel(fiscalYear), standingNames[standing], shown),
        ...(link === null ? [] : [cell('変更点を見る', 'body', link)]),
      ];
    }),
  ];
}

function heldRows(held: readonly HeldInReport[], { unit }: Scheme): readonly AnswerRow[] {
  if (held.length === 0) return [row('ありません。')];
  return [
    header(`${unit}名`, '年度', 'サイトの表示', '理由'),
    ...held.map(({ department, fiscalYear, reason, showing }) =>
      row(
        departmentLabel(department),
        fiscalYearLabel(fiscalYear),
        showing === null ? '表示していません' : `${dayInWords(showing)}の内容`,
        reason,
      ),
    ),
  ];
}

function completenessRows(list: readonly Completeness[], { unit }: Scheme): readonly AnswerRow[] {
  const lacking = list.filter(({ missing }) => missing.length > 0);
  const complete = list.length - lacking.length;
  const rest =
    complete > 0 ? [row(`${lacking.length > 0 ? 'ほかの' : ''}${complete}件の${unit}は、すべて記入済みです。`)] : [];
  if (lacking.length === 0) return rest.length > 0 ? rest : [row(`記入された${unit}は、まだありません。`)];
  return [
    header(`${unit}名`, '記入済み', '', '足りないもの'),
    ...lacking.map(({ department, filled, required, missing }) =>
      row(departmentLabel(department), `${filled}／${required}`, '', missing.join('、')),
    ),
    ...rest,
  ];
}

function findingRows(findings: readonly Finding[], { unit }: Scheme): readonly AnswerRow[] {
  if (findings.length === 0) return [row('ありません。')];
  return [
    header('種類', '場所', `${unit}名`, '内容', '直し方'),
    ...findings.map(({ severity, tab, cell: address, department, message, fix }) => [
      cell(severityNames[severity]),
      cell(
        [tab, address].filter((part) => part !== null).join(' '),
        'body',
        tab !== null && address !== null ? { tab, cell: address } : null,
      ),
      cell(department ?? ''),
      cell(message),
      cell(fix),
    ]),
  ];
}

function countsOf(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return (['error', 'warning', 'notice'] as const)
    .map((severity) => `${severityNames[severity]} ${count(severity)}件`)
    .join('、');
}

const noteStart = '【目標からのお知らせ】';
const noteEnd = '【お知らせはここまで】';

/**
 * The notes for offending cells, by tab and A1 address. Notices get none: their cells are not wrong, and a sheet full of
 * notes is read by nobody.
 */
export function answerNotes(findings: readonly Finding[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const notes = new Map<string, Map<string, string>>();
  for (const { severity, tab, cell: address, message, fix } of findings) {
    if (severity === 'notice' || tab === null || address === null) continue;
    const inTab = notes.get(tab) ?? new Map<string, string>();
    const lines = `・${severityNames[severity]}：${oneLine(message)}\n　${oneLine(fix)}`;
    const before = inTab.get(address);
    inTab.set(address, before === undefined ? lines : `${before}\n${lines}`);
    notes.set(tab, inTab);
  }
  return new Map(
    [...notes].map(([tab, inTab]) => [
      tab,
      new Map([...inTab].map(([address, lines]) => [address, `${noteStart}\n${lines}\n${noteEnd}`])),
    ]),
  );
}

/** A sentence that quotes a cell must neither end Mokuhyo's part of a note nor hold a blank line. */
function oneLine(text: string): string {
  return clipped(
    text
      .replaceAll(noteStart, '')
      .replaceAll(noteEnd, '')
      .replaceAll(/\s*[\r\n]+\s*/gu, ' '),
  );
}

/**
 * Mokuhyo's part of a note; where somebody took its last line away, it ends at the first blank line. Staff may speak of it in a
 * note of their own: only a line that is nothing else begins it.
 */
const ownPart = new RegExp(`(?<=^|\\n)${noteStart}\\n(?:(?!${noteStart})[^])*?(?:${noteEnd}|(?=\\n\\n)|$)`, 'u');

/**
 * The note that a cell shall have: Mokuhyo's part put in, replaced, or taken out (`null`), and what staff wrote around it left
 * as it is. `''` is no note.
 */
export function mergedNote(existing: string, own: string | null): string {
  const part = ownPart.exec(existing);
  if (!part) return own === null ? existing : [existing, own].filter((text) => text !== '').join('\n');
  const before = existing.slice(0, part.index);
  const after = existing.slice(part.index + part[0].length);
  if (own !== null) return before + own + after;
  // The line break that joined the two parts goes with Mokuhyo's.
  return before === '' ? after.replace(/^\n/u, '') : before.replace(/\n$/u, '') + after;
}
