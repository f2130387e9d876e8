import { finding } from './catalogue.ts';
import type { Municipality, Phase } from './dataset.ts';
import type { Finding } from './finding.ts';
import { parseFiscalYear } from './fiscal-year.ts';
import { isMunicipalityCode } from './municipality-code.ts';
import type { Field, SettingKey, SheetRows } from './rows.ts';
import { settingNames } from './rows.ts';
import { isBlank, isErrorValue, matchKey, normalizeName, normalizeText } from './text.ts';

export interface Settings {
  readonly municipality: Municipality;
  readonly fiscalYear: number;
  readonly phase: Phase;
  /** Null where the city gives none. */
  readonly title: string | null;
  readonly contact: string | null;
}

const phasesByName: ReadonlyMap<string, Phase> = new Map([
  ['目標', 'plan'],
  ['中間', 'interim'],
  ['結果', 'result'],
]);

const yearForms = '「令和6年度」「R6」「2024」のような年度';

/**
 * Reads 設定. Without a readable 自治体名 and 年度 there are no settings, and the run is blocked; any other bad setting is a
 * warning and is left out. Source: section 2 of the contract.
 */
export function readSettings(rows: SheetRows['settings']): { settings: Settings | null; findings: Finding[] } {
  const findings: Finding[] = [];
  const fields = new Map<SettingKey, Field>();
  const place = (key: SettingKey, field: Field) => ({
    tab: rows.tab,
    cell: field.cell,
    row: field.row,
    column: settingNames[key],
    value: field.text === '' ? null : field.text,
  });
  for (const { key, value } of rows.values) {
    const first = fields.get(key);
    if (first === undefined) fields.set(key, value);
    else {
      findings.push(finding('repeated-setting', place(key, value), { setting: settingNames[key], first: first.cell }));
    }
  }

  const required = <T>(
    key: 'municipality' | 'fiscalYear',
    forms: string,
    read: (text: string) => T | null,
  ): T | null => {
    const field = fields.get(key);
    if (field === undefined || isBlank(field.text)) {
      const where = field === undefined ? { tab: rows.tab, column: settingNames[key] } : place(key, field);
      findings.push(finding('missing-setting', where, { setting: settingNames[key] }));
      return null;
    }
    const value = isErrorValue(field.text) ? null : read(field.text);
    if (value === null) {
      findings.push(finding('unreadable-required-setting', place(key, field), { setting: settingNames[key], forms }));
    }
    return value;
  };
  const optional = <T>(key: SettingKey, forms: string, read: (text: string) => T | null): T | null => {
    const field = fields.get(key);
    if (field === undefined || isBlank(field.text)) return null;
    const value = isErrorValue(field.text) ? null : read(field.text);
    if (value === null) {
      findings.push(finding('unreadable-setting', place(key, field), { setting: settingNames[key], forms }));
    }
    return value;
  };

  const name = required('municipality', '「○○市」のような自治体の名前', (text) => normalizeName(text) || null);
  const fiscalYear = required('fiscalYear', yearForms, parseFiscalYear);
  const phase = optional(
    'phase',
    '「目標」「中間」「結果」のいずれか',
    (text) => phasesByName.get(matchKey(text)) ?? null,
  );
  const title = optional('title', '題名', (text) => normalizeText(text).replaceAll('\n', ' ') || null);
  const contact = optional('contact', '問い合わせ先', (text) => normalizeText(text) || null);
  const code = readCode(fields.get('code'), optional, (field) =>
    findings.push(finding('wrong-municipality-code', place('code', field), {})),
  );
  if (name === null || fiscalYear === null) return { settings: null, findings };
  return {
    settings: { municipality: { name, code }, fiscalYear, phase: phase ?? 'result', title, contact },
    findings,
  };
}

function readCode(
  field: Field | undefined,
  optional: (key: 'code', forms: string, read: (text: string) => string | null) => string | null,
  wrong: (field: Field) => void,
): string | null {
  const code = optional('code', '6桁の数字', (text) => {
    const digits = matchKey(text).replaceAll('-', '');
    return /^\d{6}$/u.test(digits) ? digits : null;
  });
  if (code === null || field === undefined) return null;
  if (isMunicipalityCode(code)) return code;
  wrong(field);
  return null;
}
