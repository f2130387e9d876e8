import { type ColumnType, isNumberType } from '../../workbook/declared.ts';
import { readFigure } from './figure.ts';

/** The unit that a cell of a column of the city's own names behind its number (`1,200千円`); null where it names none. */
export function unitOfCell(text: string, type: ColumnType): string | null {
  if (!isNumberType(type)) return null;
  const figure = readFigure(text);
  return figure === null || figure === 'none' ? null : figure.unit;
}

/** Whether two units are the same but for the width of their letters: `％` and `%`. */
export function isSameUnit(one: string, other: string): boolean {
  return one.normalize('NFKC') === other.normalize('NFKC');
}

/** The different units that the cells of a column name, in the order in which they come. */
export function unitsNamed(texts: Iterable<string>, type: ColumnType): string[] {
  const units: string[] = [];
  for (const text of texts) {
    const named = unitOfCell(text, type);
    if (named !== null && !units.some((unit) => isSameUnit(unit, named))) units.push(named);
  }
  return units;
}

/**
 * The unit of a column of the city's own: 単位 of 項目, else the one that its cells name, where they all name the same. As with 指標: what is
 * published is the number, and `1,200千円` is not 1,200. Source: "Numbers are read" in section 8 of the contract.
 *
 * @param texts what the cells of the column show
 */
export function ownUnit(
  { unit, type }: { readonly unit: string | null; readonly type: ColumnType },
  texts: Iterable<string>,
): string | null {
  if (unit !== null) return unit;
  const [only, second] = unitsNamed(texts, type);
  return second === undefined ? (only ?? null) : null;
}
