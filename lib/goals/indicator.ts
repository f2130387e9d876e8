import { isBlank, normalizeLine, normalizeText } from '../text/normalize.ts';
import type { IndicatorColumn } from '../workbook/columns.ts';
import { indicatorColumns } from '../workbook/columns.ts';
import type { Row } from '../workbook/rows.ts';
import type { FigureReading } from './cells/figure.ts';
import { isReached, readFigure } from './cells/figure.ts';
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

/** The figures of a row of 指標 as they read: null where a cell cannot be read, none where it holds no value. */
export function readFigures({ fields }: Row<IndicatorColumn>): Map<IndicatorColumn, FigureReading | null> {
  const figures = new Map<IndicatorColumn, FigureReading | null>();
  for (const { value } of figureColumns) {
    const reading = readFigure(fields[value]?.text ?? '');
    if (reading !== 'none') figures.set(value, reading);
  }
  return figures;
}

/** Whether the actual figure of a row is what was aimed at; null where that cannot be told, or the row is no indicator. */
export function isIndicatorReached({ fields }: Row<IndicatorColumn>): boolean | null {
  const direction = readDirection(fields.direction?.text ?? '');
  if (direction === null || isBlank(fields.name?.text ?? '')) return null;
  const figure = (column: IndicatorColumn): FigureReading | null => {
    const reading = readFigure(fields[column]?.text ?? '');
    return reading === 'none' ? null : reading;
  };
  return isReached(direction, figure('target'), figure('actual'));
}

/** The units that the cells of a row name, each once: 単位 first. Source: section 8 of the contract. */
export function unitsOf(
  { fields }: Row<IndicatorColumn>,
  figures: ReadonlyMap<IndicatorColumn, FigureReading | null>,
): string[] {
  const typed = normalizeLine(fields.unit?.text ?? '');
  const inCells = [...figures.values()].flatMap((figure) => figure?.unit ?? []);
  const key = (unit: string): string => unit.normalize('NFKC');
  const units = new Map([typed, ...inCells].filter((unit) => !isBlank(unit)).map((unit) => [key(unit), unit]));
  return [...units.values()];
}

/** An indicator as it is published; null where it has no name or no direction that can be read. */
export function indicatorOf(
  row: Row<IndicatorColumn>,
  isPublished: (column: IndicatorColumn) => boolean,
): Indicator | null {
  const line = (column: IndicatorColumn): string | null =>
    isPublished(column) ? normalizeLine(row.fields[column]?.text ?? '') || null : null;
  const name = line('name');
  const direction = readDirection(row.fields.direction?.text ?? '');
  if (name === null || direction === null) return null;
  const figures = readFigures(row);
  const figure = (value: IndicatorColumn, at: IndicatorColumn): Figure | null => {
    const reading = figures.get(value);
    const text = line(value);
    return reading == null || text === null ? null : { value: reading.value, text, at: line(at) };
  };
  const published = {
    baseline: figure('baseline', 'baselineAt'),
    target: figure('target', 'targetAt'),
    interim: figure('interim', 'interimAt'),
    actual: figure('actual', 'actualAt'),
  };
  const [unit = null] = isPublished('unit') ? unitsOf(row, figures) : [];
  return {
    name,
    unit,
    direction,
    ...published,
    reached: isReached(
      direction,
      published.target === null ? null : (figures.get('target') ?? null),
      published.actual === null ? null : (figures.get('actual') ?? null),
    ),
    ...textsOf(indicatorColumns, row, isPublished),
    columns: {},
  };
}
