import type { FactsOf, FindingCode, Place } from './catalogue.ts';
import { finding } from './catalogue.ts';
import type { Department, Goal, Phase } from './dataset.ts';
import { tallyOf } from './dataset.ts';
import { idFromName, parseUrlName } from './department-id.ts';
import type { Finding } from './finding.ts';
import { fiscalYearLabel, parseFiscalYear } from './fiscal-year.ts';
import { closestTo } from './resemblance.ts';
import type { DepartmentColumn, Field, GoalColumn, Row, SheetRows } from './rows.ts';
import { choiceColumnNames, departmentColumnNames, goalColumnNames } from './rows.ts';
import type { Settings } from './settings.ts';
import { readSettings } from './settings.ts';
import type { StatusVocabulary, StatusWord } from './status.ts';
import { readStatus, statusCategories, statusVocabulary } from './status.ts';
import { isBlank, isErrorValue, matchKey, normalizeName, normalizeText } from './text.ts';
import { charactersOutsideWindows31J, japaneseFormOf } from './windows-31j.ts';

/** `public`: may be published; `draft`: leaves on the site what is there; `withdrawn`: is taken off the site. */
export type Visibility = 'public' | 'draft' | 'withdrawn';

/** A department as it would be published, but for the day on which it last changed, which the sheet cannot know. */
export type DepartmentContent = Omit<Department, 'updated'>;

/** A row of 部 with all that belongs to it. */
export interface CheckedDepartment {
  /** 部名 as {@link matchKey} compares it. */
  readonly key: string;
  readonly name: string;
  readonly fiscalYear: number;
  /** Null where it cannot be told: a bad URL名, or one that two departments have. */
  readonly id: string | null;
  readonly visibility: Visibility;
  readonly order: number | null;
  /** The row of 部, for findings. */
  readonly place: Place;
  /** Null where an error holds the department back, and where it is withdrawn. */
  readonly content: DepartmentContent | null;
  /** What holds it back; empty where nothing does. */
  readonly errors: readonly Finding[];
}

export interface ValidatedSheet {
  /** Null blocks the run. */
  readonly settings: Settings | null;
  /** In the order of the sheet. */
  readonly departments: readonly CheckedDepartment[];
  /** Departments whose year could not be read, by key, with what is wrong: in no year, but not gone either. */
  readonly withoutYear: ReadonlyMap<string, readonly Finding[]>;
  /** All fiscal years that the sheet speaks of, newest first. */
  readonly years: readonly number[];
  readonly findings: readonly Finding[];
}

/** A row of 部 while its findings are collected. */
interface DraftDepartment {
  readonly row: Row<DepartmentColumn>;
  name: string;
  key: string;
  readonly fiscalYear: number | null;
  readonly visibility: Visibility | null;
  readonly goals: DraftGoal[];
  readonly errors: Finding[];
}

interface DraftGoal {
  readonly row: Row<GoalColumn>;
  readonly fiscalYear: number;
}

/** What the phase of a year means for its rows. Source: section 1 of the contract, on 年度 and 段階. */
export function phaseOf(fiscalYear: number, settings: Settings): Phase {
  if (fiscalYear < settings.fiscalYear) return 'result';
  if (fiscalYear > settings.fiscalYear) return 'plan';
  return settings.phase;
}

/**
 * Checks every row and every relation between rows, and collects all findings. Pure; throws nothing for what a sheet can hold.
 */
export function validate(rows: SheetRows): ValidatedSheet {
  const { settings, findings } = readSettings(rows.settings);
  if (settings === null) {
    return { settings, departments: [], withoutYear: new Map(), years: [], findings };
  }
  return new SheetValidation(rows, settings, findings).run();
}

class SheetValidation {
  readonly #rows: SheetRows;
  readonly #settings: Settings;
  readonly #findings: Finding[];
  readonly #vocabulary: StatusVocabulary;
  /** Closest department by unknown name: a sheet can repeat one wrong name in thousands of rows. */
  readonly #closest = new Map<string, DraftDepartment | null>();

  constructor(rows: SheetRows, settings: Settings, findings: Finding[]) {
    this.#rows = rows;
    this.#settings = settings;
    this.#findings = findings;
    this.#vocabulary = statusVocabulary(this.#readChoices());
  }

  run(): ValidatedSheet {
    const drafts = this.#rows.departments.rows.map((row) => this.#startDepartment(row));
    const goalYears = this.#assignGoals(drafts);
    this.#reportRepeatedDepartments(drafts);
    const ids = this.#resolveIds(drafts);
    const missing = this.#reportMissingColumns(drafts);
    const departments: CheckedDepartment[] = [];
    const withoutYear = new Map<string, readonly Finding[]>();
    for (const draft of drafts) {
      const { fiscalYear } = draft;
      if (fiscalYear === null) {
        this.#readDepartment(draft, this.#settings.fiscalYear, missing);
        if (draft.key !== '') withoutYear.set(draft.key, draft.errors);
        continue;
      }
      const id = ids.get(draft) ?? null;
      const content = draft.visibility === 'withdrawn' ? null : this.#readDepartment(draft, fiscalYear, missing);
      departments.push({
        key: draft.key,
        name: draft.name,
        fiscalYear,
        id,
        visibility: draft.visibility ?? 'public',
        order: this.#readOrder(draft),
        place: this.#departmentPlace(draft, 'department'),
        content: content === null || id === null || draft.errors.length > 0 ? null : { ...content, id },
        errors: draft.errors,
      });
    }
    const years = new Set([
      this.#settings.fiscalYear,
      ...departments.map(({ fiscalYear }) => fiscalYear),
      ...goalYears,
    ]);
    return {
      settings: this.#settings,
      departments,
      withoutYear,
      years: [...years].sort((a, b) => b - a),
      findings: this.#findings,
    };
  }

  /** Reports a finding; an error also holds the department that it is about. */
  #report<Code extends FindingCode>(
    code: Code,
    place: Place,
    facts: FactsOf<Code>,
    ...drafts: readonly DraftDepartment[]
  ): void {
    const found = finding(code, place, facts);
    this.#findings.push(found);
    if (found.severity === 'error') for (const draft of drafts) draft.errors.push(found);
  }

  #readChoices(): StatusWord[] {
    const table = this.#rows.choices;
    if (table === null) return [];
    const words: StatusWord[] = [];
    const seen = new Map<string, string>();
    const categories = statusCategories.map(({ word }) => word);
    for (const { row, fields } of table.rows) {
      const label = normalizeText(fields.label?.text ?? '');
      const category = matchKey(fields.category?.text ?? '');
      const code = statusCategories.find(({ word }) => matchKey(word) === category)?.code;
      const place = (column: 'label' | 'category'): Place => ({
        tab: table.tab,
        cell: fields[column]?.cell ?? null,
        row,
        column: choiceColumnNames[column],
        value: fields[column]?.text || null,
      });
      if (label === '' || code === undefined) {
        this.#report('bad-choice', place(label === '' ? 'label' : 'category'), { categories });
        continue;
      }
      const first = seen.get(matchKey(label));
      if (first !== undefined) {
        this.#report('repeated-choice', place('label'), { word: label, first });
        continue;
      }
      seen.set(matchKey(label), fields.label?.cell ?? '');
      const aliases = (fields.aliases?.text ?? '').split(/[、,，\n]/u).map((alias) => alias.trim());
      words.push({ label, code, aliases: aliases.filter((alias) => !isBlank(alias)) });
    }
    return words;
  }

  #startDepartment(row: Row<DepartmentColumn>): DraftDepartment {
    const text = row.fields.department?.text ?? '';
    const name = isErrorValue(text) ? '' : normalizeName(text);
    const errors: Finding[] = [];
    const yearField = row.fields.fiscalYear;
    const fiscalYear =
      yearField === undefined || isBlank(yearField.text) ? this.#settings.fiscalYear : parseFiscalYear(yearField.text);
    const visibility = readVisibility(row.fields.visibility);
    const draft: DraftDepartment = { row, name, key: matchKey(name), fiscalYear, visibility, goals: [], errors };
    if (fiscalYear === null) this.#reportCell('unreadable-fiscal-year', draft, 'fiscalYear');
    if (visibility === null) this.#reportCell('unreadable-visibility', draft, 'visibility');
    return draft;
  }

  #departmentPlace(draft: DraftDepartment, column: DepartmentColumn): Place {
    const field = draft.row.fields[column];
    return {
      tab: this.#rows.departments.tab,
      cell: field?.cell ?? null,
      row: field?.row ?? draft.row.row,
      column: departmentColumnNames[column],
      department: draft.name || null,
      value: field?.text || null,
    };
  }

  #goalPlace(goal: DraftGoal, column: GoalColumn, department: string | null): Place {
    const field = goal.row.fields[column];
    return {
      tab: this.#rows.goals.tab,
      cell: field?.cell ?? null,
      row: field?.row ?? goal.row.row,
      column: goalColumnNames[column],
      department,
      value: field?.text || null,
    };
  }

  /** Reports a finding without facts, or an error value in its stead, at a cell of 部. */
  #reportCell(
    code: 'unreadable-fiscal-year' | 'unreadable-visibility' | 'unreadable-order' | 'bad-url-name',
    draft: DraftDepartment,
    column: DepartmentColumn,
  ): void {
    const place = this.#departmentPlace(draft, column);
    if (isErrorValue(draft.row.fields[column]?.text ?? '')) {
      this.#report('error-value', place, { column: departmentColumnNames[column] }, draft);
    } else this.#report(code, place, {}, draft);
  }

  /** Gives each goal to its department, and returns the years that goals speak of. */
  #assignGoals(drafts: readonly DraftDepartment[]): Set<number> {
    const byYearAndKey = new Map<string, DraftDepartment>();
    const byKey = new Map<string, DraftDepartment[]>();
    for (const draft of drafts) {
      if (draft.key === '') continue;
      const place = `${draft.fiscalYear}\n${draft.key}`;
      if (!byYearAndKey.has(place)) byYearAndKey.set(place, draft);
      byKey.set(draft.key, [...(byKey.get(draft.key) ?? []), draft]);
    }
    const years = new Set<number>();
    const strays: DraftGoal[] = [];
    for (const row of this.#rows.goals.rows) {
      const yearField = row.fields.fiscalYear;
      const fiscalYear =
        yearField === undefined || isBlank(yearField.text)
          ? this.#settings.fiscalYear
          : parseFiscalYear(yearField.text);
      const name = row.fields.department?.text ?? '';
      const key = isErrorValue(name) ? '' : matchKey(name);
      if (fiscalYear === null) {
        this.#reportGoalWithoutYear(row, key, byKey.get(key) ?? []);
        continue;
      }
      years.add(fiscalYear);
      const goal: DraftGoal = { row, fiscalYear };
      const draft = byYearAndKey.get(`${fiscalYear}\n${key}`);
      if (draft === undefined || key === '') strays.push(goal);
      else draft.goals.push(goal);
    }
    this.#placeStrays(strays, drafts, byKey);
    return years;
  }

  #reportGoalWithoutYear(row: Row<GoalColumn>, key: string, drafts: readonly DraftDepartment[]): void {
    const name = drafts[0]?.name ?? (key === '' ? null : normalizeName(row.fields.department?.text ?? ''));
    const goal: DraftGoal = { row, fiscalYear: this.#settings.fiscalYear };
    const place = this.#goalPlace(goal, 'fiscalYear', name);
    // Which year's department it belongs to cannot be told, so none of them may be published without it.
    if (isErrorValue(row.fields.fiscalYear?.text ?? '')) {
      this.#report('error-value', place, { column: goalColumnNames.fiscalYear }, ...drafts);
    } else this.#report('unreadable-fiscal-year', place, {}, ...drafts);
  }

  /**
   * Goals whose department is in no row of 部. Where a row of 部 lacks its name and just one group of goals per such row has no
   * department, they belong together: then the one thing wrong is the missing name.
   */
  #placeStrays(
    strays: readonly DraftGoal[],
    drafts: readonly DraftDepartment[],
    byKey: ReadonlyMap<string, readonly DraftDepartment[]>,
  ): void {
    const groups = new Map<string, DraftGoal[]>();
    for (const goal of strays) {
      const text = goal.row.fields.department?.text ?? '';
      if (isBlank(text) || isErrorValue(text)) {
        const place = this.#goalPlace(goal, 'department', null);
        const column = goalColumnNames.department;
        if (isBlank(text)) this.#report('missing-value', place, { column });
        else this.#report('error-value', place, { column });
        continue;
      }
      const group = `${goal.fiscalYear}\n${matchKey(text)}`;
      groups.set(group, [...(groups.get(group) ?? []), goal]);
    }
    const nameless = drafts.filter(({ key, fiscalYear }) => key === '' && fiscalYear !== null);
    for (const year of new Set(nameless.map(({ fiscalYear }) => fiscalYear))) {
      const rows = nameless.filter(({ fiscalYear }) => fiscalYear === year);
      const names = [...groups.keys()].filter((group) => group.startsWith(`${year}\n`));
      if (rows.length !== names.length) continue;
      for (const [index, draft] of rows.entries()) {
        const group = names[index] ?? '';
        const goals = groups.get(group) ?? [];
        draft.name = normalizeName(goals[0]?.row.fields.department?.text ?? '');
        draft.key = matchKey(draft.name);
        draft.goals.push(...goals);
        groups.delete(group);
      }
    }
    for (const goals of groups.values()) this.#reportUnknownDepartment(goals, drafts, byKey);
  }

  #reportUnknownDepartment(
    goals: readonly DraftGoal[],
    drafts: readonly DraftDepartment[],
    byKey: ReadonlyMap<string, readonly DraftDepartment[]>,
  ): void {
    const text = goals[0]?.row.fields.department?.text ?? '';
    const fiscalYear = goals[0]?.fiscalYear ?? this.#settings.fiscalYear;
    const sameName = byKey.get(matchKey(text)) ?? [];
    const others = sameName.filter((draft) => draft.fiscalYear !== null);
    const nearest = sameName.toSorted((a, b) => distance(a, fiscalYear) - distance(b, fiscalYear))[0];
    const closest = nearest === undefined ? this.#closestDepartment(text, fiscalYear, drafts) : nearest;
    const held = closest === null ? [] : [closest];
    for (const goal of goals) {
      const place = this.#goalPlace(goal, 'department', normalizeName(text));
      if (nearest === undefined) this.#report('unknown-department', place, { closest: closest?.name ?? null }, ...held);
      else if (others.length > 0) {
        const years = others.map((draft) => fiscalYearLabel(draft.fiscalYear ?? 0));
        this.#report('department-not-in-year', place, { year: fiscalYearLabel(fiscalYear), years }, ...held);
      }
    }
  }

  #closestDepartment(text: string, fiscalYear: number, drafts: readonly DraftDepartment[]): DraftDepartment | null {
    const cacheKey = `${fiscalYear}\n${matchKey(text)}`;
    const known = this.#closest.get(cacheKey);
    if (known !== undefined) return known;
    const inYear = drafts.filter((draft) => draft.fiscalYear === fiscalYear && draft.name !== '');
    const name = closestTo(
      text,
      inYear.map((draft) => draft.name),
    );
    const closest = inYear.find((draft) => draft.name === name) ?? null;
    this.#closest.set(cacheKey, closest);
    return closest;
  }

  #reportRepeatedDepartments(drafts: readonly DraftDepartment[]): void {
    const groups = Map.groupBy(
      drafts.filter(({ key, fiscalYear }) => key !== '' && fiscalYear !== null),
      ({ key, fiscalYear }) => `${fiscalYear}\n${key}`,
    );
    for (const same of groups.values()) {
      if (same.length < 2) continue;
      for (const draft of same) {
        const other = same.find((candidate) => candidate !== draft);
        const otherCell = other?.row.fields.department?.cell ?? '';
        this.#report('repeated-department', this.#departmentPlace(draft, 'department'), { otherCell }, draft);
      }
    }
  }

  /**
   * Ids: URL名, or that of the same department in another year of the sheet, or made from the name, so that a department keeps
   * its address from year to year.
   */
  #resolveIds(drafts: readonly DraftDepartment[]): ReadonlyMap<DraftDepartment, string> {
    const ids = new Map<DraftDepartment, string>();
    const byKey = new Map<string, string>();
    for (const draft of drafts) {
      const field = draft.row.fields.urlName;
      if (field === undefined || isBlank(field.text)) continue;
      const id = isErrorValue(field.text) ? null : parseUrlName(field.text);
      if (id === null) this.#reportCell('bad-url-name', draft, 'urlName');
      else {
        ids.set(draft, id);
        if (!byKey.has(draft.key)) byKey.set(draft.key, id);
      }
    }
    for (const draft of drafts) {
      const bad = !isBlank(draft.row.fields.urlName?.text ?? '');
      if (draft.key === '' || bad || ids.has(draft)) continue;
      ids.set(draft, byKey.get(draft.key) ?? idFromName(draft.name));
    }
    const groups = Map.groupBy(ids, ([draft, id]) => `${draft.fiscalYear}\n${id}`);
    for (const group of groups.values()) {
      const distinct = new Set(group.map(([draft]) => draft.key));
      if (distinct.size < 2) continue;
      for (const [draft] of group) {
        const other = group.find(([candidate]) => candidate.key !== draft.key)?.[0];
        const otherCell = other?.row.fields.urlName?.cell ?? '';
        const place = this.#departmentPlace(draft, 'urlName');
        this.#report('equal-url-names', place, { other: other?.name ?? '', otherCell }, draft);
        ids.delete(draft);
      }
    }
    return ids;
  }

  /**
   * 達成状況 and 総括 are required in a year of results: where the whole column is missing, that is one finding and not one for
   * every row.
   */
  #reportMissingColumns(drafts: readonly DraftDepartment[]): { status: boolean; summary: boolean } {
    const inResult = drafts.filter(
      ({ fiscalYear, visibility }) =>
        visibility !== 'withdrawn' && fiscalYear !== null && phaseOf(fiscalYear, this.#settings) === 'result',
    );
    const missing = {
      status: this.#rows.goals.headers.status === undefined,
      summary: this.#rows.departments.headers.summary === undefined,
    };
    if (inResult.length === 0) return missing;
    if (missing.status) {
      const header = goalColumnNames.status;
      const place = { tab: this.#rows.goals.tab, column: header };
      this.#report('missing-result-column', place, { header }, ...inResult);
    }
    if (missing.summary) {
      const header = departmentColumnNames.summary;
      const place = { tab: this.#rows.departments.tab, column: header };
      this.#report('missing-result-column', place, { header }, ...inResult);
    }
    return missing;
  }

  #readDepartment(
    draft: DraftDepartment,
    fiscalYear: number,
    missing: { status: boolean; summary: boolean },
  ): Omit<DepartmentContent, 'id'> | null {
    const phase = phaseOf(fiscalYear, this.#settings);
    const text = (column: DepartmentColumn, kind: 'name' | 'line' | 'prose', required: boolean): string | null => {
      const field = draft.row.fields[column];
      const place = this.#departmentPlace(draft, column);
      return this.#readText(field, place, departmentColumnNames[column], kind, required, draft);
    };
    // A name taken over from the goals does not stand in the row itself.
    const hasName = text('department', 'name', true) !== null;
    const director = text('director', 'name', true);
    const directorKana = text('directorKana', 'name', true);
    const title = text('directorTitle', 'line', false) ?? `${draft.name}長`;
    const policy = text('policy', 'prose', true);
    const work = text('work', 'prose', true);
    const summary = text('summary', 'prose', false);
    const nameKana = text('departmentKana', 'name', false);
    const portrait = this.#readPortrait(draft);
    if (phase === 'result' && isBlank(draft.row.fields.summary?.text ?? '') && !missing.summary) {
      this.#report('missing-summary', this.#departmentPlace(draft, 'summary'), {}, draft);
    }
    const goals = this.#readGoals(draft, phase, missing.status);
    if (!hasName || director === null || directorKana === null || policy === null || work === null) return null;
    return {
      name: draft.name,
      nameKana,
      director: { title, name: director, nameKana: directorKana, portrait },
      policy,
      work,
      summary,
      tally: tallyOf(goals),
      goals,
    };
  }

  /** Reads a cell of text: null where it is blank or an error value, both reported where they matter. */
  #readText(
    field: Field | undefined,
    place: Place,
    column: string,
    kind: 'name' | 'line' | 'prose',
    required: boolean,
    draft: DraftDepartment,
  ): string | null {
    if (field === undefined || isBlank(field.text)) {
      if (required) this.#report('missing-value', place, { column }, draft);
      return null;
    }
    if (isErrorValue(field.text)) {
      this.#report('error-value', place, { column }, draft);
      return null;
    }
    if (kind === 'name') return normalizeName(field.text) || null;
    const text = normalizeText(field.text);
    const characters = charactersOutsideWindows31J(text);
    if (characters.length > 0) {
      const suggestions = characters.flatMap((character) => {
        const form = japaneseFormOf(character);
        return form === null ? [] : [`「${form}」`];
      });
      this.#report('outside-windows-31j', place, { characters, suggestions }, draft);
    }
    return kind === 'line' ? text.replaceAll('\n', ' ') : text;
  }

  #readPortrait(draft: DraftDepartment): string | null {
    const place = this.#departmentPlace(draft, 'portrait');
    const column = departmentColumnNames.portrait;
    const portrait = this.#readText(draft.row.fields.portrait, place, column, 'name', false, draft);
    if (portrait === null || isPortrait(portrait)) return portrait;
    this.#report('unusable-portrait', place, {}, draft);
    return null;
  }

  #readOrder(draft: DraftDepartment): number | null {
    const text = draft.row.fields.order?.text ?? '';
    if (isBlank(text)) return null;
    const order = /^[+-]?\d+(?:\.\d+)?$/u.test(matchKey(text)) ? Number(matchKey(text)) : null;
    if (order === null) this.#reportCell('unreadable-order', draft, 'order');
    return order;
  }

  #readGoals(draft: DraftDepartment, phase: Phase, noStatusColumn: boolean): Goal[] {
    if (draft.goals.length === 0 && draft.key !== '') {
      this.#report('department-without-goals', this.#departmentPlace(draft, 'department'), {}, draft);
    }
    const numbered = new Map<number, DraftGoal>();
    const goals: Goal[] = [];
    for (const [index, goal] of draft.goals.entries()) {
      const { fields } = goal.row;
      const place = (column: GoalColumn) => this.#goalPlace(goal, column, draft.name);
      const number = this.#readNumber(draft, goal, index + 1);
      const other = number === null ? undefined : numbered.get(number);
      if (number !== null && other !== undefined) {
        const otherCell = other.row.fields.number?.cell ?? '';
        this.#report('repeated-number', place('number'), { otherCell }, draft);
      } else if (number !== null) numbered.set(number, goal);
      const text = this.#readText(fields.goal, place('goal'), goalColumnNames.goal, 'prose', true, draft);
      const note = this.#readText(fields.note, place('note'), goalColumnNames.note, 'prose', false, draft);
      const status = this.#readStatus(draft, goal, phase, noStatusColumn);
      if (number !== null && text !== null) goals.push({ number, text, ...status, note });
    }
    return goals.sort((a, b) => a.number - b.number);
  }

  #readNumber(draft: DraftDepartment, goal: DraftGoal, byOrder: number): number | null {
    const text = goal.row.fields.number?.text ?? '';
    if (isBlank(text)) return byOrder;
    const place = this.#goalPlace(goal, 'number', draft.name);
    if (isErrorValue(text)) {
      this.#report('error-value', place, { column: goalColumnNames.number }, draft);
      return null;
    }
    const number = /^\d{1,4}(?:\.0+)?$/u.test(matchKey(text)) ? Number(matchKey(text)) : 0;
    if (number >= 1) return number;
    this.#report('unreadable-number', place, {}, draft);
    return null;
  }

  #readStatus(
    draft: DraftDepartment,
    goal: DraftGoal,
    phase: Phase,
    noStatusColumn: boolean,
  ): Pick<Goal, 'status' | 'statusLabel'> {
    const none = { status: 'unrated', statusLabel: null } as const;
    const text = goal.row.fields.status?.text ?? '';
    const place = this.#goalPlace(goal, 'status', draft.name);
    if (phase === 'plan') {
      if (!isBlank(text)) this.#report('result-in-plan', place, {}, draft);
      return none;
    }
    if (isBlank(text)) {
      if (phase === 'result' && !noStatusColumn) this.#report('missing-result', place, {}, draft);
      return none;
    }
    if (isErrorValue(text)) {
      this.#report('error-value', place, { column: goalColumnNames.status }, draft);
      return none;
    }
    const reading = readStatus(text, this.#vocabulary);
    if (reading.kind === 'known') return { status: reading.code, statusLabel: reading.label };
    if (reading.kind === 'several') this.#report('two-statuses', place, { words: reading.labels }, draft);
    else {
      const words = this.#vocabulary.words.map(({ label }) => label);
      this.#report('unknown-status', place, { words }, draft);
    }
    return none;
  }
}

/** How far the year of a department is from a year; one without a year is farthest. */
function distance(draft: DraftDepartment, fiscalYear: number): number {
  return draft.fiscalYear === null ? Number.POSITIVE_INFINITY : Math.abs(draft.fiscalYear - fiscalYear);
}

const visibilities: ReadonlyMap<string, Visibility> = new Map([
  ['公開', 'public'],
  ['下書き', 'draft'],
  ['取下げ', 'withdrawn'],
  ['取り下げ', 'withdrawn'],
]);

/** Without the column every department may be published; with it, a blank is a draft. Null where the word is none of them. */
function readVisibility(field: Field | undefined): Visibility | null {
  if (field === undefined) return 'public';
  if (isBlank(field.text)) return 'draft';
  return visibilities.get(matchKey(field.text)) ?? null;
}

/** A picture's place: an `https:` address, or a relative path of plain names. Anything else could run or leak when followed. */
function isPortrait(text: string): boolean {
  if (/^https:\/\//iu.test(text)) return URL.canParse(text);
  return /^[^/:\\?#\s<>"']+(?:\/[^/:\\?#\s<>"']+)*\.(?:jpe?g|png|webp|avif)$/iu.test(text) && !text.includes('..');
}
