import type { SeenTab } from '../../staff/seen-sheet.ts';
import { matchKey } from '../../text/normalize.ts';
import { guideTabName, progressTabName, reportTabName } from '../../workbook/columns.ts';
import { wantedTabs } from '../tabs.ts';
import type { GoogleClient } from './client.ts';
import { MalformedAnswer, refusalOf } from './fault.ts';
import { rangeOfTab } from './grid-range.ts';
import { type GridSheet, type Spreadsheet, spreadsheetFields, spreadsheetSchema, workbookOf } from './spreadsheet.ts';

/** Which tabs there are, and nothing of what stands in them. */
const listFields = 'sheets(properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount)))';

/** What was read: the cells of the tabs that Mokuhyo reads, and of the others no more than their names. */
export interface TabsRead {
  readonly spreadsheet: Spreadsheet;
  readonly tabs: readonly SeenTab[];
}

export type Asking = readonly [client: GoogleClient, id: string, signal: AbortSignal];

/** Reads the tabs that are known, in 1 request; null where one of them is gone. */
export async function readKnownTabs([client, id, signal]: Asking, tabs: readonly SeenTab[]): Promise<TabsRead | null> {
  const names = tabs.filter(({ isRead }) => isRead).map(({ name }) => name);
  if (names.length === 0) return null;
  const answer = await cellsOfTabs([client, id, signal], names);
  if (answer === null) return null;
  const byId = new Map(answer.sheets.map((sheet) => [sheet.properties.sheetId, sheet]));
  const sheets = tabs.map((tab) => byId.get(tab.id) ?? nameOnly(tab));
  // A tab that was taken away and made anew under the same name is another one.
  const areAllThere = tabs.every((tab) => !tab.isRead || byId.has(tab.id));
  return areAllThere ? { spreadsheet: { sheets }, tabs } : null;
}

const nameOnly = ({ id, name }: SeenTab): GridSheet => ({
  properties: { sheetId: id, title: name, sheetType: 'GRID', hidden: false },
  merges: [],
  data: [],
  protectedRanges: [],
});

/** The list of the tabs, in 1 request. */
export async function listTabs([client, id, signal]: Asking): Promise<Spreadsheet> {
  return client.spreadsheet(id, { fields: listFields, ranges: [] }, spreadsheetSchema, signal);
}

/** Whether there are the same tabs as those that were read, of which the same are to be read. */
export function areSameTabs(list: Spreadsheet, { spreadsheet, tabs }: TabsRead): boolean {
  const isNamed = wantedTabs.areNamedIn(workbookOf(spreadsheet).sheets);
  const now = list.sheets.filter(isGrid).map(({ properties: { sheetId: id, title: name } }) => ({
    id,
    name,
    isRead: isAlwaysRead(name) || (isNamed(name) && !isGuide(name)),
  }));
  return JSON.stringify(now) === JSON.stringify(tabs.map(({ id, name, isRead }) => ({ id, name, isRead })));
}

const isAlwaysRead = (name: string): boolean => wantedTabs.isRead(name) || matchKey(name) === matchKey(reportTabName);

/** How often it is begun anew because a tab went while it was read. */
const attempts = 3;

/** Reads with nothing known: the list of the tabs, then the cells of those that the contract names; 1 request more where 設定 names others. */
export async function readTabs(asking: Asking): Promise<TabsRead> {
  for (let attempt = 1; ; attempt += 1) {
    const list = await listTabs(asking);
    const wanted = namesOf(list).filter(isAlwaysRead);
    const first = await cellsOfTabs(asking, wanted);
    const isNamed = wantedTabs.areNamedIn(workbookOf(first ?? { sheets: [] }).sheets);
    const named = namesOf(list).filter((name) => isNamed(name) && !wanted.includes(name) && !isGuide(name));
    const second = first && (await cellsOfTabs(asking, named));
    if (first !== null && second !== null) return merged(list, [...first.sheets, ...second.sheets]);
    if (attempt === attempts) throw new MalformedAnswer('Tabs go on vanishing while they are read.');
  }
}

const guides = new Set([guideTabName, progressTabName].map(matchKey));
const isGuide = (name: string): boolean => guides.has(matchKey(name));

function merged(list: Spreadsheet, read: readonly GridSheet[]): TabsRead {
  const byId = new Map(read.map((sheet) => [sheet.properties.sheetId, sheet]));
  return {
    spreadsheet: { sheets: list.sheets.map((sheet) => byId.get(sheet.properties.sheetId) ?? sheet) },
    tabs: list.sheets.filter(isGrid).map(({ properties }) => ({
      id: properties.sheetId,
      name: properties.title,
      isRead: byId.has(properties.sheetId),
    })),
  };
}

const isGrid = ({ properties }: GridSheet): boolean => properties.sheetType === 'GRID';
const namesOf = ({ sheets }: Spreadsheet): readonly string[] =>
  sheets.filter(isGrid).map(({ properties }) => properties.title);

/** Null where one of the tabs is not there. Without a name nothing is asked: no range would mean every tab. */
async function cellsOfTabs([client, id, signal]: Asking, names: readonly string[]): Promise<Spreadsheet | null> {
  if (names.length === 0) return { sheets: [] };
  try {
    const ranges = names.map(rangeOfTab);
    const answer = await client.spreadsheet(id, { fields: spreadsheetFields, ranges }, spreadsheetSchema, signal);
    // What comes unasked is not read.
    return { sheets: answer.sheets.filter(({ properties }) => names.includes(properties.title)) };
  } catch (error) {
    if (refusalOf(error)?.why === 'no-tab') return null;
    throw error;
  }
}
