import { departmentLabel } from '../goals/department-label.ts';
import { dayInWords } from '../text/date-in-words.ts';
import { fiscalYearLabel } from '../text/fiscal-year.ts';
import { type OpenPoint, openPoints, type WatchedReport } from './open-point.ts';
import { isConclusive, type RunRecord } from './run-record.ts';

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
 * The mail of a night, or null where nothing went on the site, and nobody needs to do anything that they have not been told already. What
 * is found is said when it is first found, again when it is mended, and in between only every few days. What went on the site is public:
 * that alone is quoted.
 *
 * @param record what the staff have been told so far, and what went on the site since the last mail
 */
export function nightlyMail(
  { told, live }: Pick<RunRecord, 'told' | 'live'>,
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
  const isForAll = waiting.some(isDue);
  const reminded = isForAll ? waiting : waiting.filter(({ isDaily }) => isDaily === true);
  if (found.length === 0 && mended.length === 0 && reminded.length === 0 && live.length === 0) return null;

  const needed = [...found, ...reminded];
  const sections = [
    section('新しく見つかったこと', found),
    section('引き続き、確認をお願いしたいこと', reminded),
    section('解消したこと（以前お知らせした内容です）', mended),
    waiting.length > reminded.length
      ? [`このほか、以前お知らせした${waiting.length - reminded.length}件が残っています。`]
      : [],
    liveSection(live),
  ].filter((lines) => lines.length > 0);
  return {
    subject: subjectOf(needed, waiting, { mended: mended.length, live: live.length }),
    body: [opening(report, needed), ...sections, closing(options)].map((lines) => lines.join('\n')).join('\n\n'),
    said: new Set(needed.map(({ key }) => key)),
  };
}

function subjectOf(
  needed: readonly OpenPoint[],
  waiting: readonly OpenPoint[],
  counts: { readonly mended: number; readonly live: number },
): string {
  if (needed.length > 0) return `【目標】シートの確認をお願いします（${needed.length}件）`;
  if (counts.mended === 0 && counts.live > 0) return `【目標】公表した内容のお知らせ（${counts.live}件）`;
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

function shortened(text: string, longest = longestName): string {
  const letters = [...text];
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : text;
}

/** How many departments and how much of each a mail tells: the rest is on the site. */
const mostLive = 30;
const mostDifferences = 10;
/** Longer texts are cut off: who wants to read them whole goes to the site. */
const longestQuote = 80;

/** What went on the site since the last mail, before and after. */
function liveSection(live: RunRecord['live']): string[] {
  if (live.length === 0) return [];
  const more = live.length - mostLive;
  return [
    '■ 公表した内容',
    ...live.slice(0, mostLive).flatMap(({ departmentName, fiscalYear, kind, differences }) => {
      const name = shortened(departmentLabel(departmentName));
      const rest = differences.length - mostDifferences;
      return [
        '',
        `● ${name}（${fiscalYearLabel(fiscalYear)}）`,
        ...(kind === 'added' ? ['・新しく掲載しました。'] : []),
        ...(kind === 'withdrawn' ? ['・掲載を取りやめました。'] : []),
        ...differences.slice(0, mostDifferences).flatMap(differenceLines),
        ...(rest > 0 ? [`・ほかに${rest}か所が変わりました。`] : []),
      ];
    }),
    ...(more > 0 ? ['', `ほかに${more}件を公表しました。サイトをご覧ください。`] : []),
  ];
}

function differenceLines({ goal, label, before, after }: RunRecord['live'][number]['differences'][number]): string[] {
  const quoted = (text: string | null): string =>
    text === null ? '（なし）' : shortened(text.replaceAll(/\s*\n\s*/gu, ' '), longestQuote);
  return [
    `・${goal === null ? '' : `目標${goal}の`}${label}`,
    `　変更前：${quoted(before)}`,
    `　変更後：${quoted(after)}`,
  ];
}

function closing({ night, reminderDays, sheetUrl, siteUrl }: MailOptions): string[] {
  const again = reminderDays > 0 ? `、解消したとき、および残っている間の${reminderDays}日ごと` : 'と、解消したとき';
  return [
    'それぞれの場所と直し方は、シートの「確認結果」に書いてあります。',
    `シート：${sheetUrl}`,
    ...(siteUrl === null ? [] : [`サイト：${siteUrl}`]),
    '',
    `このメールは、${dayInWords(night)}の夜間の確認で自動的にお送りしたものです。`,
    `内容を公表したとき、新しく見つかったとき${again}にだけお送りします。`,
  ];
}

/** Whole days from one `YYYY-MM-DD` to another. */
function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
