import { departmentLabel } from '../goals/department-label.ts';
import { dayInWords } from '../text/date-in-words.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import { type OpenPoint, openPoints, type WatchedReport } from './open-point.ts';
import { isConclusive, type ToldPoint } from './run-record.ts';

export interface NightlyMail {
  /** At most 100 characters, no line break: what SNS takes. */
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** The keys of the points that it speaks of in full. */
  readonly said: ReadonlySet<string>;
}

export interface MailOptions {
  /** The day in Japan. */
  readonly night: string;
  /** After how many days what is still open is said again; 0 for never. */
  readonly reminderDays: number;
  readonly sheetUrl: string;
  readonly siteUrl: string | null;
}

/**
 * The mail of a night, or null where nobody needs to do anything that they have not been told already. What is found is said
 * when it is first found, again when it is mended, and in between only every few days.
 *
 * @param told what the staff have been told so far
 */
export function nightlyMail(
  told: readonly ToldPoint[],
  report: WatchedReport,
  options: MailOptions,
): NightlyMail | null {
  const open = openPoints(report);
  const toldOf = new Map(told.map((point) => [point.key, point]));
  const openKeys = new Set(open.map(({ key }) => key));
  const found = open.filter(({ key }) => !toldOf.has(key));
  const mended = isConclusive(report) ? told.filter(({ key }) => !openKeys.has(key)) : [];
  const waiting = open.filter(({ key }) => toldOf.has(key));
  const isDue = ({ key }: OpenPoint): boolean => {
    const last = toldOf.get(key)?.lastTold ?? options.night;
    return options.reminderDays > 0 && daysBetween(last, options.night) >= options.reminderDays;
  };
  const remind = waiting.some(isDue);
  if (found.length === 0 && mended.length === 0 && !remind) return null;

  const reminded = remind ? waiting : [];
  const needed = [...found, ...reminded];
  const sections = [
    section('新しく見つかったこと', found),
    section('引き続き、確認をお願いしたいこと', reminded),
    section('解消したこと（以前お知らせした内容です）', mended),
    !remind && waiting.length > 0 ? [`このほか、以前お知らせした${waiting.length}件が残っています。`] : [],
  ].filter((lines) => lines.length > 0);
  return {
    subject: subjectOf(needed, waiting),
    body: [opening(report, needed), ...sections, closing(options)].map((lines) => lines.join('\n')).join('\n\n'),
    said: new Set(needed.map(({ key }) => key)),
  };
}

function subjectOf(needed: readonly OpenPoint[], waiting: readonly OpenPoint[]): string {
  if (needed.length > 0) return `【目標】シートの確認をお願いします（${needed.length}件）`;
  if (waiting.length > 0) return `【目標】解消したことのお知らせ（残り${waiting.length}件）`;
  return '【目標】すべて解消しました';
}

function opening({ outcome, scheme }: WatchedReport, needed: readonly OpenPoint[]): string[] {
  const ask = needed.length > 0 ? ['恐れ入りますが、下の内容をご確認ください。'] : [];
  switch (outcome) {
    case 'published':
      return [`${scheme.name}のシートを確認し、公表できる内容をサイトに反映しました。`, ...ask];
    case 'unchanged':
      return [`${scheme.name}のシートを確認しました。サイトの内容に変わりはありません。`, ...ask];
    case 'blocked':
      return [`${scheme.name}のシートを公表できませんでした。サイトは、前回公表した内容のままです。`, ...ask];
    case 'failed':
      return [
        `${scheme.name}のシートを公表する途中で、サイトに書き込めなくなりました。担当者にも知らせています。`,
        ...ask,
      ];
  }
}

/** How many points a section speaks of one by one: nobody reads more in a mail, and SNS takes 256 KB of it. */
const mostPoints = 100;
/** Far longer than any 部名; what is longer slipped into its column. */
const longestName = 40;

function section(title: string, points: readonly OpenPoint[]): string[] {
  if (points.length === 0) return [];
  const departments = Map.groupBy(points.slice(0, mostPoints), ({ department }) => department);
  const more = points.length - mostPoints;
  return [
    `■ ${title}`,
    ...[...departments].flatMap(([department, ofIt]) => [
      '',
      `● ${department === null ? 'シート全体' : shortened(departmentLabel(department))}`,
      ...ofIt.map(
        ({ fiscalYear, line }) => `・${fiscalYear === null ? '' : `${fiscalYearLabel(fiscalYear)}：`}${line}`,
      ),
    ]),
    ...(more > 0 ? ['', `ほかに${more}件あります。シートの「確認結果」をご覧ください。`] : []),
  ];
}

function shortened(name: string): string {
  const letters = [...name];
  return letters.length > longestName ? `${letters.slice(0, longestName).join('')}…` : name;
}

function closing({ night, reminderDays, sheetUrl, siteUrl }: MailOptions): string[] {
  const again = reminderDays > 0 ? `、解消したとき、および残っている間の${reminderDays}日ごと` : 'と、解消したとき';
  return [
    'それぞれの場所と直し方は、シートの「確認結果」に書いてあります。',
    `シート：${sheetUrl}`,
    ...(siteUrl === null ? [] : [`サイト：${siteUrl}`]),
    '',
    `このメールは、${dayInWords(night)}の夜間の確認で自動的にお送りしたものです。`,
    `新しく見つかったとき${again}にだけお送りします。`,
  ];
}

/** Whole days from one `YYYY-MM-DD` to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
