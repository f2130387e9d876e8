import { isBlank, matchKey, normalizeLine, normalizeText } from '../../text/normalize.ts';
import type { ColumnType } from '../../workbook/declared.ts';
import type { Field } from '../../workbook/rows.ts';
import type { ColumnValue } from '../model/dataset.ts';
import { readDay } from './day.ts';
import { readFigure } from './figure.ts';

/**
 * The value of a cell in a column of the city's own, by its kind; null for a blank one, undefined where it cannot be read. Source: the
 * end of section 3 of the contract.
 */
export function readOwnValue(field: Field, type: ColumnType): ColumnValue | undefined {
  if (isBlank(field.text)) return null;
  switch (type) {
    case 'text':
      return normalizeText(field.text) || null;
    case 'number':
    case 'money':
    case 'percent': {
      const figure = readFigure(field.text);
      if (figure === 'none') return null;
      return figure?.value ?? undefined;
    }
    case 'date':
      return field.mark?.date?.iso ?? readDay(field.text) ?? undefined;
    case 'link':
      return readLink(field) ?? undefined;
  }
}

/** A link of a page: the cell's own, or the address that its text is. Only what a reader can follow on the web. */
function readLink({ text, link }: Field): { text: string; url: string } | null {
  const shown = normalizeLine(text);
  const typed = /^https?:\/\/\S+$/iu.test(matchKey(text)) ? text.trim() : null;
  const address = link ?? typed;
  if (address === null || !/^https?:\/\//iu.test(address)) return null;
  const url = URL.parse(address);
  return url && { text: shown, url: url.href };
}
