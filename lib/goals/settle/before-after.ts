import { isDeepStrictEqual } from 'node:util';
import type { departmentColumns, goalColumns, TextFields } from '../../workbook/columns.ts';
import { statusCategories } from '../cells/status.ts';
import { fieldLabel } from '../field-names.ts';
import type {
  ColumnValue,
  Director,
  Evaluation,
  Figure,
  Goal,
  Indicator,
  Interim,
  StatusCode,
} from '../model/dataset.ts';
import type { PublishedYear } from '../model/published.ts';
import type { DepartmentContent } from './content.ts';
import { isNoContent, standsAfterGoals } from './differences.ts';

/** One thing that a department says otherwise than before, in words for people. */
export interface BeforeAfter {
  /** The number of the goal that it is about; null where it is about the department itself. */
  readonly goal: number | null;
  /** The property in the dataset; a column of the city's own is `columns.` and its 見出し. */
  readonly field: string;
  /** What the property is called in the city's words. */
  readonly label: string;
  /** Plain text, with its line breaks; null where there was nothing. Never both null. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The city's words for what is compared. */
export type Labels = Pick<PublishedYear, 'labels' | 'scheme' | 'columns'>;

type Text = string | null;

/** Every property that is no plain text has its way to be written: a new one does not compile until it has. Null: nothing to compare. */
type Writers<Thing, Plain extends PropertyKey> = {
  readonly [Field in Exclude<keyof Thing, Plain>]: ((value: Thing[Field]) => Text) | null;
};

const ofDepartment: Writers<DepartmentContent, TextFields<typeof departmentColumns>> = {
  id: (value) => value,
  name: (value) => value,
  directors: (value) => lines(value.map(directorText)),
  evaluations: (value) => lines(value.map(evaluationText)),
  // Column by column, below.
  columns: null,
  // Goal by goal, below.
  goals: null,
  tally: null,
  approval: null,
};

const ofGoal: Writers<Goal, TextFields<typeof goalColumns>> = {
  number: null,
  text: (value) => value,
  // With its words, below.
  status: null,
  statusLabel: null,
  interim: interimText,
  columns: null,
  evaluations: (value) => lines(value.map(evaluationText)),
  indicators: (value) => lines(value.map(indicatorText)),
};

/**
 * What differs between two versions of a department, before and after side by side, in the order of the page. Null for a version that
 * there is not. Follows the schema, as {@link differences} does.
 */
export function beforeAndAfter(
  before: DepartmentContent | null,
  after: DepartmentContent | null,
  labels: Labels,
): BeforeAfter[] {
  const entry = (field: string, one: Text, other: Text): Entry[] =>
    one === other ? [] : [{ field, label: fieldLabel('department', field, labels), before: one, after: other }];
  const fields = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])].filter(
    // The address of one that comes or goes is nobody's decision.
    (field) => !isNoContent(field) && (field !== 'id' || (before !== null && after !== null)),
  );
  const own = (field: string): BeforeAfter[] => {
    const entries =
      field === 'columns'
        ? ownColumns('department', before?.columns, after?.columns, labels)
        : entry(field, textOf(before, field, ofDepartment), textOf(after, field, ofDepartment));
    return entries.map((one) => ({ goal: null, ...one }));
  };
  return [
    ...fields.filter((field) => !standsAfterGoals(field)).flatMap(own),
    ...goalsBeforeAndAfter(before?.goals ?? [], after?.goals ?? [], labels),
    ...fields.filter(standsAfterGoals).flatMap(own),
  ];
}

type Entry = Omit<BeforeAfter, 'goal'>;

function goalsBeforeAndAfter(before: readonly Goal[], after: readonly Goal[], labels: Labels): BeforeAfter[] {
  const numbers = [...new Set([...after, ...before].map(({ number }) => number))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const [one = null, other = null] = [before, after].map((goals) => goals.find((goal) => goal.number === number));
    return goalBeforeAndAfter(one, other, labels).map((entry) => ({ goal: number, ...entry }));
  });
}

function goalBeforeAndAfter(before: Goal | null, after: Goal | null, labels: Labels): Entry[] {
  const fields = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before ?? {})])];
  return fields.flatMap((field): Entry[] => {
    if (field === 'columns') return ownColumns('goal', before?.columns, after?.columns, labels);
    // The code and the words of a status are one.
    if (field === 'statusLabel') return [];
    const write = (goal: Goal | null): Text =>
      goal === null ? null : field === 'status' ? statusText(goal) : textOf(goal, field, ofGoal);
    const [one, other] = [write(before), write(after)];
    return one === other ? [] : [{ field, label: fieldLabel('goal', field, labels), before: one, after: other }];
  });
}

function ownColumns(
  of: 'department' | 'goal',
  before: Readonly<Record<string, ColumnValue>> = {},
  after: Readonly<Record<string, ColumnValue>> = {},
  { columns }: Labels,
): Entry[] {
  return [...new Set([...Object.keys(after), ...Object.keys(before)])].flatMap((key) => {
    const [one = null, other = null] = [before[key], after[key]];
    if (isDeepStrictEqual(one, other)) return [];
    const column = columns.find((candidate) => candidate.of === of && candidate.key === key);
    const write = (value: ColumnValue): Text => ownText(value, column?.unit ?? null);
    return [{ field: `columns.${key}`, label: column?.label ?? key, before: write(one), after: write(other) }];
  });
}

/** Plain text as it is, everything else as its writer says. */
function textOf<Thing extends object>(thing: Thing | null, field: string, writers: object): Text {
  if (thing === null) return null;
  const value: unknown = new Map<string, unknown>(Object.entries(thing)).get(field) ?? null;
  const writer: unknown = new Map<string, unknown>(Object.entries(writers)).get(field);
  if (writer === null || value === null) return null;
  if (typeof writer === 'function') return writer(value);
  return typeof value === 'string' ? value : null;
}

function lines(texts: readonly string[]): Text {
  return texts.length === 0 ? null : texts.join('\n');
}

function directorText({ title, name, nameKana }: Director): string {
  return `${title} ${name}${nameKana === null ? '' : `（${nameKana}）`}`;
}

function evaluationText({ by, rating, comment }: Evaluation): string {
  return `${by}：${[rating, comment].filter((part) => part !== null).join(' ')}`;
}

const figureNames = { baseline: '基準値', interim: '中間値', target: '目標値', actual: '実績値' } as const;
const directions = { increase: '増やす', decrease: '減らす', keep: '保つ' } as const;

function indicatorText(indicator: Indicator): string {
  const { name, unit, direction, source, columns } = indicator;
  const figures = (['baseline', 'interim', 'target', 'actual'] as const).flatMap((key) => {
    const figure: Figure | null = indicator[key];
    if (figure === null) return [];
    return [`${figureNames[key]} ${figure.text}${figure.at === null ? '' : `（${figure.at}）`}`];
  });
  const own = Object.entries(columns).flatMap(([key, value]) => {
    const text = ownText(value, null);
    return text === null ? [] : [`${key} ${text}`];
  });
  const about = [...(unit === null ? [] : [`単位 ${unit}`]), `向き ${directions[direction]}`];
  return `${name}（${[...about, ...figures, ...own, ...(source === null ? [] : [`出典 ${source}`])].join('、')}）`;
}

function interimText(interim: Interim | null): Text {
  if (interim === null) return null;
  return lines([statusText(interim), interim.report].filter((part) => part !== null));
}

function statusText({ status, statusLabel }: { status: StatusCode; statusLabel: string | null }): Text {
  return statusLabel ?? statusCategories.find(({ code }) => code === status)?.word ?? null;
}

function ownText(value: ColumnValue, unit: string | null): Text {
  if (value === null) return null;
  if (typeof value === 'object') return value.text === value.url ? value.url : `${value.text}（${value.url}）`;
  return typeof value === 'number' ? `${value.toLocaleString('ja-JP')}${unit ?? ''}` : value;
}
