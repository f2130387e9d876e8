import { defaultScheme, type Scheme } from '../../text/scheme.ts';
import { guideTabName, headerFill, reportTabName, settingsTab } from '../../workbook/columns.ts';
import { type CellRange, columnName } from '../../workbook/workbook.ts';
import {
  writeXlsx,
  type XlsxCell,
  type XlsxColour,
  type XlsxSheet,
  type XlsxStyle,
  type XlsxValidation,
} from '../../workbook/write-xlsx.ts';
import { answerWidths } from '../confirmation.ts';
import { type GuideLine, guide, guideWidth } from '../guide.ts';
import { blankInPhaseRule, blankRule, blankSettingRule, stateRules, wordRule } from './rules.ts';
import { blankFill, preparedRows, type TemplateColumn, type TemplateTab, templateTabs } from './template.ts';

const headerStyle: XlsxStyle = { bold: true, fill: headerFill };
const openStyle = (format: TemplateColumn['format']): XlsxStyle => ({ locked: false, text: format === 'text' });

/**
 * The empty workbook for staff as an `.xlsx` file: headers with notes, drop-downs, colours, protection and the guide. Holds
 * nothing that could be published. The same bytes every time.
 */
export function templateWorkbook(
  scheme: Scheme = defaultScheme,
  tabs: readonly TemplateTab[] = templateTabs(scheme),
): Uint8Array {
  return writeXlsx(scheme.name, [guideSheet(scheme), ...tabs.map((tab) => tableSheet(tab, tabs)), reportSheet()]);
}

function guideSheet(scheme: Scheme): XlsxSheet {
  const lines = guide(scheme);
  const styles: Record<GuideLine['style'], XlsxStyle> = {
    title: { bold: true, size: 16 },
    heading: { bold: true, fill: headerFill },
    body: {},
  };
  return {
    name: guideTabName,
    rows: lines.map(({ style, text }) => [{ value: text, style: styles[style] }]),
    columns: [{ width: guideWidth, style: {} }],
    frozenRows: 0,
    frozenColumns: 0,
    gridLines: false,
    isProtected: true,
    validations: [],
    colours: [],
  };
}

function reportSheet(): XlsxSheet {
  return {
    name: reportTabName,
    rows: [[{ value: 'ここには、確認の結果が自動で書かれます。書き込まないでください。', style: {} }]],
    columns: answerWidths.map((width) => ({ width, style: {} })),
    frozenRows: 0,
    frozenColumns: 0,
    gridLines: false,
    isProtected: true,
    validations: [],
    colours: [],
  };
}

function tableSheet(tab: TemplateTab, tabs: readonly TemplateTab[]): XlsxSheet {
  const header = tab.columns.map(
    ({ definition, note }): XlsxCell => ({ value: definition.header, style: headerStyle, note }),
  );
  const filled = tab.rows.map((row) =>
    row.map((value, column): XlsxCell => ({ value, style: openStyle(tab.columns[column]?.format ?? 'general') })),
  );
  const settings = tab.settings.map(({ definition, note, format, value }): readonly XlsxCell[] => [
    { value: definition.header, style: headerStyle, note },
    { value, style: openStyle(format) },
  ]);
  return {
    name: tab.name,
    rows: [header, ...settings, ...filled],
    columns: tab.columns.map(({ width, format }) => ({ width, style: openStyle(format) })),
    frozenRows: 1,
    // 部名, or whatever a row is named by.
    frozenColumns: 1,
    gridLines: true,
    isProtected: true,
    validations: [
      ...settingValidations(tab, tabs),
      ...tab.columns.flatMap((column, at) => columnValidation(column, at, tabs)),
    ],
    colours:
      tab.settings.length > 0
        ? [settingColour(tab)]
        : [...tab.columns.flatMap((column, at) => columnColours(tab, column, at)), ...stateColours(tab)],
  };
}

const dataRange = (column: number): CellRange => ({ top: 1, left: column, bottom: preparedRows - 1, right: column });

function columnValidation(
  { choices }: TemplateColumn,
  column: number,
  tabs: readonly TemplateTab[],
): readonly XlsxValidation[] {
  const validation = validationOf(choices, dataRange(column), tabs);
  return validation ? [validation] : [];
}

function settingValidations(tab: TemplateTab, tabs: readonly TemplateTab[]): readonly XlsxValidation[] {
  return tab.settings.flatMap(({ choices }, index) => {
    const row = index + 1;
    const validation = validationOf(choices, { top: row, left: 1, bottom: row, right: 1 }, tabs);
    return validation ? [validation] : [];
  });
}

function validationOf(
  choices: TemplateColumn['choices'],
  range: CellRange,
  tabs: readonly TemplateTab[],
): XlsxValidation | null {
  switch (choices?.kind) {
    case undefined:
      return null;
    case 'words':
      return { range, list: choices.words, strict: choices.strict, refusal: choices.refusal };
    case 'tick':
      // A workbook file has no box to tick that every program shows.
      return { range, list: ['はい'], strict: true, refusal: 'すぐに公開するときは「はい」と書いてください。' };
    case 'column': {
      const tab = tabs.find(({ name }) => name === choices.tab);
      const at = tab?.columns.findIndex(({ definition }) => definition.header === choices.header) ?? -1;
      // A city need not have every tab: without it there is nothing to choose from.
      if (at < 0) return null;
      const letter = columnName(at);
      const list = `'${choices.tab}'!$${letter}$2:$${letter}$${preparedRows}`;
      return { range, list, strict: choices.strict, refusal: choices.refusal };
    }
  }
}

function columnColours(tab: TemplateTab, { need, colours }: TemplateColumn, column: number): readonly XlsxColour[] {
  const range = dataRange(column);
  const place = { column, row: 1 };
  const last = tab.columns.length - 1;
  const names = colours.map(({ word }) => word);
  const words = colours.map(({ word, fill }) => ({ range, fill, formula: wordRule(place, word, names) }));
  if (need === 'never') return words;
  const settings = { tab: settingsTab.name, items: 0, values: 1 };
  const formula =
    need === 'always'
      ? blankRule(place, 0, last)
      : blankInPhaseRule(place, 0, last, settings, need === 'in-results' ? 'result' : 'interim');
  return [...words, { range, fill: blankFill, formula }];
}

/** Where a department stands with 公開, over its whole row, under the colours of single cells. */
function stateColours({ key, columns }: TemplateTab): readonly XlsxColour[] {
  const placeOf = (of: string) => {
    const column = columns.findIndex(({ definition }) => definition.key === of);
    return column < 0 ? null : { column, row: 1 };
  };
  const department = placeOf('department');
  if (key !== 'departments' || department === null) return [];
  const last = columns.length - 1;
  const places = { department, visibility: placeOf('visibility'), approval: placeOf('approval') };
  const range = { ...dataRange(0), right: last };
  return stateRules(places, 0, last).map((rule) => ({ ...rule, range }));
}

function settingColour(tab: TemplateTab): XlsxColour {
  const required = tab.settings.filter(({ need }) => need === 'always').map(({ definition }) => definition.header);
  return {
    range: dataRange(1),
    fill: blankFill,
    formula: blankSettingRule({ column: 0, row: 1 }, { column: 1, row: 1 }, required),
  };
}
