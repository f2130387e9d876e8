import { statusVocabulary } from '../../lib/goals/cells/status.ts';
import { readChoices } from '../../lib/goals/choices.ts';
import { readHistory } from '../../lib/goals/join/history.ts';
import { joinRows } from '../../lib/goals/join/join.ts';
import type { JoinedSheet } from '../../lib/goals/join/joined-sheet.ts';
import type { Published } from '../../lib/goals/model/published.ts';
import { readSettings } from '../../lib/goals/settings.ts';
import type { Settled, UsableSheet } from '../../lib/goals/settle/settle.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import { type Tabs, workbookOf } from './workbook.ts';

/** The tabs, parsed and checked; they must have what a sheet needs to be settled. */
export function sheetOf(tabs: Tabs, now: Date): UsableSheet {
  const { rows, findings } = parseWorkbook(workbookOf(tabs));
  if (rows === null) throw new Error(`The workbook has no rows: ${findings.map(({ code }) => code).join()}`);
  const sheet = validate(rows, now);
  if (sheet.settings === null) throw new Error('The workbook has no settings.');
  return { ...sheet, settings: sheet.settings };
}

/** What the site shall say of the tabs. */
export function settleTabs(tabs: Tabs, previous: Published | null, now: Date): Settled {
  return settle(sheetOf(tabs, now), previous, now);
}

/** The tabs with their goals given to their departments: what the rules look at. */
export function joinedOf(tabs: Tabs, now: Date): JoinedSheet {
  const { rows, findings } = parseWorkbook(workbookOf(tabs));
  if (rows === null) throw new Error(`The workbook has no rows: ${findings.map(({ code }) => code).join()}`);
  const { settings } = readSettings(rows.settings, rows.scheme, now);
  if (settings === null) throw new Error('The workbook has no settings.');
  const vocabulary = statusVocabulary(readChoices(rows.choices, rows.scheme).words);
  const { history } = readHistory(rows.history, rows.scheme);
  return { rows, settings, vocabulary, history, ...joinRows(rows, settings) };
}
