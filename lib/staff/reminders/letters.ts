import { departmentAnchor, departmentLabel } from '../../goals/department-label.ts';
import type { Phase } from '../../goals/model/dataset.ts';
import { dayInWords } from '../../text/date-in-words.ts';
import { fiscalYearLabel } from '../../text/fiscal-year.ts';
import { type PreviewLink, standingNames } from '../confirmation.ts';
import { daysBetween, weekdayOf } from './days.ts';
import type { DueReminder, OwedCell, Owing } from './who.ts';

/** What is written to the departments, and to the coordinator. It says which cells, and never what stands in them. */

/** A mail in plain text. */
export interface Letter {
  /** One line, in which nothing of the sheet stands. */
  readonly subject: string;
  readonly body: string;
}

/** Where a letter leads. */
export interface Links {
  /** The sheet's address. */
  readonly sheetUrl: string;
  /** The id of a tab by its name as written, for links to cells; undefined where it is not known. */
  readonly gidOf: (tab: string) => number | undefined;
  readonly preview: PreviewLink | null;
}

/** How many cells of a kind are named one by one. */
const mostCells = 40;
/** Far longer than any 部名; what is longer slipped into its column. */
const longestName = 40;

const phaseNames: Readonly<Record<Phase, string>> = { plan: '目標', interim: '中間', result: '結果' };

/** The mail to one department: its own cells, with links. */
export function departmentLetter(reminder: DueReminder, owing: Owing, links: Links): Letter {
  const { scheme, municipality } = reminder;
  const sections = [
    cellSection('まだ書かれていないところ', 'blank', owing, links),
    cellSection('直していただきたいところ', 'wrong', owing, links),
  ];
  const hasWrong = owing.cells.some(({ kind }) => kind === 'wrong');
  return {
    subject: `【目標】${timeLeft(reminder)}（ご記入のお願い）`,
    body: [
      [`${nameOf(owing)} ご担当者様`],
      ['お世話になっております。', deadlineSentence(reminder), ...asking(reminder)],
      ...sections,
      hasWrong ? ['それぞれの直し方は、セルのメモと、シートの「確認結果」に書いてあります。'] : [],
      owing.cells.some(({ kind }) => kind === 'goals') ? noGoals(owing, scheme.unit, links) : [],
      [`シート：${links.sheetUrl}`],
      previewLines(owing, links),
      [
        '行き違いで、すでにご記入いただいていましたら、お許しください。',
        `このメールは、${municipality}の${scheme.name}のシートから自動でお送りしました。宛先は、「連絡先メール」の列に書かれているアドレスです。`,
      ],
    ]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  };
}

function asking({ day, today }: DueReminder): string[] {
  if (today > day.deadline)
    return [
      'まだ終わっていないところがありますので、お知らせします。お忙しいところ恐れ入りますが、早めにご記入をお願いします。',
    ];
  return [
    'まだ終わっていないところがありますので、お知らせします。お忙しいところ恐れ入りますが、ご記入をお願いします。',
  ];
}

function cellSection(title: string, kind: OwedCell['kind'], { cells }: Owing, links: Links): string[] {
  const ofKind = cells.filter((cell) => cell.kind === kind);
  if (ofKind.length === 0) return [];
  const more = ofKind.length - mostCells;
  return [
    `■ ${title}（${ofKind.length}か所）`,
    ...ofKind.slice(0, mostCells).flatMap((cell) => cellLines(cell, links)),
    ...(more > 0 ? [`ほかに${more}か所あります。シートの「確認結果」をご覧ください。`] : []),
  ];
}

function cellLines({ tab, cell, column }: OwedCell, { sheetUrl, gidOf }: Links): string[] {
  const gid = gidOf(tab);
  const place = [column === null ? '' : `の「${column}」`, cell === null ? '' : `（${cell}）`].join('');
  return [
    `・「${tab}」シート${place}`,
    ...(gid === undefined || cell === null ? [] : [`　${sheetUrl}#gid=${gid}&range=${cell}`]),
  ];
}

function noGoals({ cells }: Owing, unit: string, links: Links): string[] {
  const name = cells.find(({ kind }) => kind === 'goals');
  return [
    '■ 目標が、まだ1つも書かれていません',
    `「目標」シートに、${unit}名と目標を書いてください。${unit}名は、次のセルと同じ書き方にしてください。`,
    ...(name === undefined ? [] : cellLines(name, links)),
  ];
}

function previewLines(owing: Owing, { preview }: Links): string[] {
  if (preview === null) return [];
  return [
    '公表前の見本で、今の内容がどう見えるかを確かめられます（職員だけのページです。庁外へは知らせないでください）。',
    `${preview.url}changes/#${departmentAnchor(owing)}`,
    `開けないときは、アドレスが新しくなっています（このアドレスは${dayInWords(preview.until)}までです）。シートの「確認結果」から開いてください。`,
  ];
}

function nameOf({ department }: Owing): string {
  const letters = [...departmentLabel(department).replaceAll(/\s+/gu, ' ')];
  return letters.length > longestName ? `${letters.slice(0, longestName).join('')}…` : letters.join('');
}

function deadlineSentence({ day, today, scheme }: DueReminder): string {
  const { fiscalYear, phase, deadline } = day;
  const subject = `${scheme.name}（${fiscalYearLabel(fiscalYear)}・${phaseNames[phase]}）の締切`;
  const when = `${dayInWords(deadline)}（${weekdayOf(deadline)}）`;
  const left = daysBetween(today, deadline);
  if (left === 0) return `${subject}は、今日、${when}です。`;
  return left > 0 ? `${subject}は、${when}です。あと${left}日となりました。` : `${subject}は、${when}でした。`;
}

/** The subject's words: 締切まであと7日です（4月18日）. */
function timeLeft({ day, today }: DueReminder): string {
  const [, month, date] = day.deadline.split('-').map(Number);
  const left = daysBetween(today, day.deadline);
  const when = `${month}月${date}日`;
  if (left === 0) return `今日（${when}）が締切です`;
  return left > 0 ? `締切（${when}）まで、あと${left}日です` : `締切（${when}）を過ぎています`;
}

/** What became of the mails to a department. */
export type Told =
  /** It owes nothing. */
  | 'not-needed'
  | 'sent'
  /** Its row has no address that can be read. */
  | 'no-address'
  /** At least one address was refused. */
  | 'refused'
  /** Not sent now, and tried again the next night. */
  | 'later'
  /** Nobody can tell whether it was sent: it is not sent again on this day. */
  | 'unknown'
  /** It came to owe something, or got an address, after the mails of this day had been sent. */
  | 'next-time'
  /** What would be sent, in a dry run. */
  | 'would-be-sent';

const toldNames: Readonly<Record<Told, string>> = {
  'not-needed': '－',
  sent: '送信済み',
  'no-address': '連絡先なし',
  refused: '宛先不可',
  later: '未送信',
  unknown: '送信不明',
  'next-time': '次回から',
  'would-be-sent': '送信予定',
};

const toldAdvice: Readonly<Partial<Record<Told, string>>> = {
  'no-address':
    '連絡先なし：「連絡先メール」に、読み取れるアドレスがありません。書いてあれば、次のお知らせから届きます。',
  refused: '宛先不可：「連絡先メール」のアドレスに送れないものがありました。アドレスをお確かめください。',
  later: '未送信：今回は送れませんでした。次の夜にもう一度送ります。',
  unknown:
    '送信不明：送る途中で止まったため、届いたか分かりません。二重に送らないよう、今回は送り直しません。必要でしたら、直接お伝えください。',
};

/** A department with what became of its mails. */
export interface ToldDepartment {
  readonly owing: Owing;
  readonly told: Told;
}

/** Whether the coordinator is told of a reminder: after the deadline only for as long as somebody owes something. */
export function concernsCoordinator({ departments, day, today }: DueReminder): boolean {
  return today <= day.deadline || departments.some(({ cells }) => cells.length > 0);
}

/** The coordinator's table: who owes what, and who has been told. */
export function coordinatorLetter(
  reminder: DueReminder,
  departments: readonly ToldDepartment[],
  links: Pick<Links, 'sheetUrl'> | null,
): Letter {
  const { scheme } = reminder;
  const owing = departments.filter(({ owing: { cells } }) => cells.length > 0);
  const done = departments.filter(({ owing: { cells } }) => cells.length === 0);
  const advice = [...new Set(owing.map(({ told }) => told))].flatMap((told) => toldAdvice[told] ?? []);
  const rest = owing.length === 0 ? 'すべて記入済み' : `残り${owing.length}件`;
  return {
    subject: `【目標】${timeLeft(reminder)}（${rest}）`,
    body: [
      [deadlineSentence(reminder)],
      owing.length === 0
        ? [`${scheme.unit}ごとの記入は、すべて終わっています。`]
        : [
            `■ まだ終わっていない${scheme.unit}（${owing.length}件）`,
            row(`${scheme.unit}名`, '状況', '未記入', '要修正', 'お知らせ'),
            ...owing.map(({ owing: one, told }) => {
              const wrong = one.cells.filter(({ kind }) => kind === 'wrong').length;
              const blank = one.cells.length - wrong;
              return row(nameOf(one), standingNames[one.standing], `${blank}`, `${wrong}`, toldNames[told]);
            }),
            ...advice.map((line) => `※${line}`),
          ],
      done.length === 0
        ? []
        : [
            `■ 記入が終わった${scheme.unit}（${done.length}件）`,
            row(`${scheme.unit}名`, '状況'),
            ...done.map(({ owing: one }) => row(nameOf(one), standingNames[one.standing])),
          ],
      links === null ? [] : [`くわしくは、シートの「確認結果」をご覧ください。`, `シート：${links.sheetUrl}`],
    ]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
  };
}

/** A row that reads as a table in plain text, however wide the letters are. */
const row = (...cells: readonly string[]): string => cells.join('｜');
