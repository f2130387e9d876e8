import { isBlank, normalizeLine, normalizeText } from '../text/normalize.ts';
import type { IndicatorColumn } from '../workbook/columns.ts';
import { indicatorColumns } from '../workbook/columns.ts';
import type { Row } from '../workbook/rows.ts';
import { textIn } from '../workbook/rows.ts';
import type { FigureReading } from './cells/figure.ts';
import { isReached, readFigure } from './cells/figure.ts';
import type { IndicatorEntry } from './join/joined-sheet.ts';
import type { Figure, Indicator } from './model/dataset.ts';
import { textsOf } from './texts.ts';

const directions: ReadonlyMap<string, Indicator['direction']> = new Map([
  ['増やす', 'increase'],
  ['減らす', 'decrease'],
  ['保つ', 'keep'],
]);

/** The columns of figures, each with that of its moment. */
export const figureColumns = [
  { value: 'baseline', at: 'baselineAt' },
  { value: 'target', at: 'targetAt' },
  { value: 'interim', at: 'interimAt' },
  { value: 'actual', at: 'actualAt' },
] as const satisfies readonly { value: IndicatorColumn; at: IndicatorColumn }[];

/** 向き: 増やす where it is blank; null where it cannot be read. */
export function readDirection(text: string): Indicator['direction'] | null {
  return isBlank(text) ? 'increase' : (directions.get(normalizeText(text)) ?? null);
}

/** The figures of a row of 指標 as they read: null where a cell cannot be read, undefined where it holds no value. */
export type Figures = { readonly [column in FigureColumn]: FigureReading | null | undefined };
type FigureColumn = (typeof figureColumns)[number]['value'];

/** Reads the figures of a row of 指標. Called once for each row: {@link IndicatorEntry} has them. */
export function readFigures({ fields }: Row<IndicatorColumn>): Figures {
  const read = (column: FigureColumn): FigureReading | null | undefined => {
    const reading = readFigure(textIn(fields, column));
    return reading === 'none' ? undefined : reading;
  };
  return { baseline: read('baseline'), target: read('target'), interim: read('interim'), actual: read('actual') };
}

/** Whether the actual figure of a row is what was aimed at; null where that cannot be told, or the row is no indicator. */
export function isIndicatorReached({ row: { fields }, figures }: IndicatorEntry): boolean | null {
  const direction = readDirection(textIn(fields, 'direction'));
  if (direction === null || isBlank(textIn(fields, 'name'))) return null;
  return isReached(direction, figures.target ?? null, figures.actual ?? null);
}

/** The units that the cells of a row name, each once: 単位 first. Source: section 8 of the contract. */
export function unitsOf({ row: { fields }, figures }: IndicatorEntry): string[] {
  const typed = normalizeLine(textIn(fields, 'unit'));
  const inCells = figureColumns.flatMap(({ value }) => figures[value]?.unit ?? []);
  if (inCells.length === 0) return isBlank(typed) ? [] : [typed];
  const key = (unit: string): string => unit.normalize('NFKC');
  const units = new Map([typed, ...inCells].filter((unit) => !isBlank(unit)).map((unit) => [key(unit), unit]));
  return [...units.values()];
}

/**
 * An indicator as it is published; null where it has no name or no direction that can be read.
 *
 * @param columns the values of the city's own columns
 */
export function indicatorOf(
  entry: IndicatorEntry,
  isPublished: (column: IndicatorColumn) => boolean,
  columns: Indicator['columns'],
): Indicator | null {
  const { row, figures } = entry;
  const line = (column: IndicatorColumn): string | null =>
    isPublished(column) ? normalizeLine(textIn(row.fields, column)) || null : null;
  const name = line('name');
  const direction = readDirection(textIn(row.fields, 'direction'));
  if (name === null || direction === null) return null;
  const figure = (value: FigureColumn, at: IndicatorColumn): Figure | null => {
    const reading = figures[value];
    const text = line(value);
    return reading == null || text === null ? null : { value: reading.value, text, at: line(at) };
  };
  const published = {
    baseline: figure('baseline', 'baselineAt'),
    target: figure('target', 'targetAt'),
    interim: figure('interim', 'interimAt'),
    actual: figure('actual', 'actualAt'),
  };
  const [unit = null] = isPublished('unit') ? unitsOf(entry) : [];
  return {
    name,
    unit,
    direction,
    ...published,
    reached: isReached(
      direction,
      published.target === null ? null : (figures.target ?? null),
      published.actual === null ? null : (figures.actual ?? null),
    ),
    ...textsOf(indicatorColumns, row, isPublished),
    columns,
  };
}

/** The number as it was typed, with its unit where it has none of its own. */
export function withUnit({ text }: Pick<Figure, 'text'>, unit: string | null): string {
  if (unit === null || text.normalize('NFKC').includes(unit.normalize('NFKC'))) return text;
  // 600以下 is 600g以下.
  const bounds = /^(.*?)(以上|以下|未満|以内|超)$/u.exec(text);
  return bounds === null ? `${text}${unit}` : `${bounds[1]}${unit}${bounds[2]}`;
}
