import { finding } from '../findings/catalogue.ts';
import type { Finding } from '../findings/finding.ts';
import { fiscalYearLabel, fiscalYearOf, japaneseDate, parseFiscalYear } from '../text/fiscal-year.ts';
import { isBlank, isErrorValue, matchKey, normalizeLine, normalizeName, normalizeText } from '../text/normalize.ts';
import { isNothingButPlaceholder } from '../text/placeholders.ts';
import { closestTo } from '../text/resemblance.ts';
import type { Scheme } from '../text/scheme.ts';
import type { SettingKey } from '../workbook/columns.ts';
import { settingItems, settingName } from '../workbook/columns.ts';
import { publishNowIn } from '../workbook/publish-now.ts';
import type { Field, OtherSetting, SheetRows } from '../workbook/rows.ts';
import { readDay } from './cells/day.ts';
import { defaultLicence, type LicenceId, licenceNames, parseLicence } from './cells/licence.ts';
import { isMunicipalityCode, withLostZero } from './cells/municipality-code.ts';
import type { Municipality, Phase } from './model/dataset.ts';

/** The header of the column in which 設定 names its items. */
const itemHeader = '項目';

export interface Settings {
  readonly scheme: Scheme;
  readonly municipality: Municipality;
  readonly fiscalYear: number;
  readonly phase: Phase;
  /** Null where the city gives none. */
  readonly title: string | null;
  readonly introduction: string | null;
  readonly contact: string | null;
  /** 締切 of each phase, `YYYY-MM-DD`; null where there is none. */
  readonly deadlines: Readonly<Record<Phase, string | null>>;
  /** Null where the city names terms that are not known here: then none may be claimed. */
  readonly licence: LicenceId | null;
  /** A page that has fewer departments than the sheet says how many are still to come. */
  readonly saysUnlisted: boolean;
}

const phasesByName: ReadonlyMap<string, Phase> = new Map([
  ['目標', 'plan'],
  ['中間', 'interim'],
  ['結果', 'result'],
]);

const unlistedByName: ReadonlyMap<string, boolean> = new Map([
  ['示す', true],
  ['示さない', false],
]);

const yearForms = '「令和6年度」「R6」「2024」のような年度';

/** 年度 of 設定 is the current one, or one just past or coming: further off it is mostly a slip, or an archive being built. */
const farFromToday = 5;

/**
 * Reads 設定. Without a readable 自治体名 and 年度 there are no settings, and the run is blocked; any other bad setting is a
 * warning and is left out. Source: section 2 of the contract.
 *
 * @param now the instant of the run: a year far from it is mostly a slip
 */
export function readSettings(
  rows: SheetRows['settings'],
  scheme: Scheme,
  now: Date,
): { settings: Settings | null; findings: Finding[] } {
  const findings: Finding[] = [];
  const fields = new Map<SettingKey, Field>();
  const place = (key: SettingKey, field: Field) => ({
    tab: rows.tab,
    cell: field.cell,
    row: field.row,
    column: settingName(key),
    value: field.text === '' ? null : field.text,
  });
  for (const { key, value } of rows.values) {
    const first = fields.get(key);
    if (first === undefined) fields.set(key, value);
    else {
      findings.push(
        finding('repeated-setting', place(key, value), { setting: settingName(key), first: first.cell }, scheme),
      );
    }
  }

  const required = <T>(
    key: 'municipality' | 'fiscalYear',
    forms: string,
    read: (text: string) => T | null,
  ): T | null => {
    const field = fields.get(key);
    if (field === undefined) return null;
    if (isBlank(field.text)) {
      findings.push(finding('blank-setting', place(key, field), { setting: settingName(key) }, scheme));
      return null;
    }
    const value = isErrorValue(field.text) ? null : read(field.text);
    if (value === null) {
      findings.push(
        finding('unreadable-required-setting', place(key, field), { setting: settingName(key), forms }, scheme),
      );
    }
    return value;
  };
  const optional = <T>(
    key: SettingKey,
    forms: string,
    read: (text: string, field: Field) => T | null,
    instead: string | null = null,
  ): T | null => {
    const field = fields.get(key);
    if (field === undefined || isBlank(field.text)) return null;
    const value = isErrorValue(field.text) ? null : read(field.text, field);
    if (value === null) {
      const facts = { setting: settingName(key), forms, instead };
      findings.push(finding('unreadable-setting', place(key, field), facts, scheme));
    }
    return value;
  };

  const name = required('municipality', '「○○市」のような自治体の名前', (text) =>
    isNothingButPlaceholder(text) ? null : normalizeName(text) || null,
  );
  const fiscalYear = required('fiscalYear', yearForms, parseFiscalYear);
  const phase = optional(
    'phase',
    '「目標」「中間」「結果」のいずれか',
    (text) => phasesByName.get(matchKey(text)) ?? null,
    '結果',
  );
  const title = optional('title', '題名', (text) => normalizeLine(text) || null);
  const introduction = optional('introduction', '紹介', (text) => normalizeText(text) || null);
  const day = (key: SettingKey): string | null =>
    optional(
      key,
      '「令和6年4月20日」「2024/4/20」のような日付',
      (text, field) => field.mark?.date?.iso ?? readDay(text),
    );
  const deadlines = { plan: day('deadlinePlan'), interim: day('deadlineInterim'), result: day('deadlineResult') };
  const current = phase ?? 'result';
  deadlines[current] ??= day('deadline');
  const saysUnlisted = optional(
    'unlisted',
    '「示す」か「示さない」',
    (text) => unlistedByName.get(matchKey(text)) ?? null,
    '示さない',
  );
  const contact = optional('contact', '問い合わせ先', (text) => normalizeText(text) || null);
  const contactField = fields.get('contact');
  if (contactField !== undefined && isBlank(contactField.text)) {
    findings.push(finding('blank-contact', place('contact', contactField), {}, scheme));
  }
  const licence = readLicence(fields.get('licence'), (field) =>
    findings.push(finding('unknown-licence', place('licence', field), { names: Object.values(licenceNames) }, scheme)),
  );
  const code = readCode(fields.get('code'), optional, (field, lost) =>
    findings.push(
      lost === null
        ? finding('wrong-municipality-code', place('code', field), {}, scheme)
        : finding('lost-zero', place('code', field), { code: lost }, scheme),
    ),
  );
  findings.push(...nameFindings(rows, new Set(fields.keys()), scheme));
  const publishNow = publishNowIn(rows);
  const asked = fields.get('publishNow');
  if (publishNow?.isUnknown && asked)
    findings.push(finding('unknown-publish-now', place('publishNow', asked), {}, scheme));
  const yearField = fields.get('fiscalYear');
  if (fiscalYear !== null && yearField !== undefined) {
    const years = Math.abs(fiscalYear - fiscalYearOf(japaneseDate(now)));
    const facts = { year: fiscalYearLabel(fiscalYear), years };
    if (years > farFromToday)
      findings.push(finding('fiscal-year-far-from-today', place('fiscalYear', yearField), facts, scheme));
    const titleField = fields.get('title');
    const inTitle = title === null ? null : yearNamedIn(title);
    if (titleField !== undefined && inTitle !== null && inTitle !== fiscalYear) {
      const titles = { inTitle: fiscalYearLabel(inTitle), year: fiscalYearLabel(fiscalYear) };
      findings.push(finding('title-of-other-year', place('title', titleField), titles, scheme));
    }
  }
  if (name === null || fiscalYear === null) return { settings: null, findings };
  return {
    settings: {
      scheme,
      municipality: { name, code },
      fiscalYear,
      phase: phase ?? 'result',
      title,
      introduction,
      contact,
      deadlines,
      licence,
      saysUnlisted: saysUnlisted ?? false,
    },
    findings,
  };
}

function readCode(
  field: Field | undefined,
  optional: (key: 'code', forms: string, read: (text: string) => string | null) => string | null,
  wrong: (field: Field, withZero: string | null) => void,
): string | null {
  const code = optional('code', '6桁の数字（先頭が0のときは、セルの表示形式を文字列にしてから）', (text) => {
    const digits = matchKey(text).replaceAll('-', '');
    // A program takes the code for a number, and the 0 of Hokkaido to Tochigi goes.
    return /^\d{6}$/u.test(digits) || withLostZero(digits) !== null ? digits : null;
  });
  if (code === null || field === undefined) return null;
  if (isMunicipalityCode(code)) return code;
  const withZero = withLostZero(code);
  wrong(field, withZero);
  return withZero;
}

/** The one fiscal year that a title names; null where it names none, or several. */
function yearNamedIn(title: string): number | null {
  const years = new Set(
    [...normalizeText(title).matchAll(/(?:令和|平成)\s*(?:元|\d{1,2})\s*年度|(?<!\d)20\d{2}\s*年度/gu)].map(([year]) =>
      parseFiscalYear(year),
    ),
  );
  const [only, second] = years;
  return second === undefined ? (only ?? null) : null;
}

/** Terms that cannot be read are not left out as another setting is: the default would claim what the city has not said. */
function readLicence(field: Field | undefined, unknown: (field: Field) => void): LicenceId | null {
  if (field === undefined || isBlank(field.text)) return defaultLicence;
  const licence = parseLicence(field.text);
  if (licence === null) unknown(field);
  return licence;
}

const requiredKeys = ['municipality', 'fiscalYear'] as const;

/**
 * What is wrong with the names of settings. A row with a value and no name, or with nearly the name of a setting that is
 * not there, is most likely that setting; where it is a required one, this is the one thing to say. Other names are the
 * city's own notes, as unlisted columns are.
 */
function nameFindings(
  { tab, others }: SheetRows['settings'],
  found: ReadonlySet<SettingKey>,
  scheme: Scheme,
): Finding[] {
  const findings: Finding[] = [];
  const placeOf = (field: Field, column: string) => ({
    tab,
    cell: field.cell,
    row: field.row,
    column,
    value: field.text || null,
  });
  const missing = requiredKeys.filter((key) => !found.has(key));
  const unnamed = others.filter(({ item, value }) => isBlank(item.text) && !isBlank(value.text));
  const optional = settingItems
    .map(({ key }) => key)
    .filter((key) => !found.has(key) && !missing.some((required) => required === key));
  const misspelt = new Set<OtherSetting>();
  let nameless = unnamed;
  for (const key of missing) {
    const setting = settingName(key);
    const rest = others.filter((other) => !misspelt.has(other));
    const near = rest.find(({ item }) => closestTo(item.text, [setting]) !== null);
    if (near !== undefined) misspelt.add(near);
    const [blank] = nameless;
    const lost = near ?? (unnamed.length === missing.length ? blank : undefined);
    if (lost !== undefined && lost === blank) nameless = nameless.slice(1);
    const place = lost === undefined ? { tab, column: setting } : placeOf(lost.item, setting);
    findings.push(finding('missing-setting', place, { setting, closest: near?.item.text ?? null }, scheme));
  }
  for (const { item } of nameless) {
    findings.push(finding('unnamed-setting', placeOf(item, itemHeader), {}, scheme));
  }
  for (const other of others) {
    const setting = misspelt.has(other) ? null : closestTo(other.item.text, optional.map(settingName));
    if (setting === null) continue;
    findings.push(finding('resembling-setting', placeOf(other.item, itemHeader), { setting }, scheme));
  }
  return findings;
}
