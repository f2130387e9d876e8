import { matchKey } from './normalize.ts';

/** Eras of the Japanese calendar, newest first, with the fiscal year (from April) of their first year. */
const eras = [
  { name: '令和', letter: 'r', first: 2019 },
  { name: '平成', letter: 'h', first: 1989 },
] as const;

/** The years that a sheet can speak of: fiscal 1989 (平成元年度) to 2099. */
const earliest = 1989;
const latest = 2099;

/** A cell that holds a number may show it as `2024.0`. */
const eraYear = /^(令和|平成|r|h)\.?(元|\d{1,2}|[一二三四五六七八九十]{1,3})(?:\.0+)?(?:年度|年)?$/u;
const westernYear = /^(?:西暦|fy)?(\d{4})(?:\.0+)?(?:年度|年)?$/u;

/** `令和6年度（2024年度）`, and with 年度 behind the bracket, `令和6（2024）年度`, as official documents write it. */
const bothYears = /^(.+?)[([〔【/・、,=](.+?)[)\]〕】]?$/u;
const bothYearsOfOneWord = /^(.+?)[([〔【](.+?)[)\]〕】](?:年度|年|度)$/u;

/** `令和6年度 2024年度`: {@link matchKey} leaves no space between them. */
const yearsInARow = /^(.+?度)(.+)$/u;

const kanjiDigits = '〇一二三四五六七八九';

/** Reads 一 to 九十九 as Japanese numerals, or NaN. */
function kanjiNumber(text: string): number {
  const match = /^([一二三四五六七八九])?(十)?([一二三四五六七八九])?$/u.exec(text);
  if (!match || (match[1] && !match[2] && match[3])) return Number.NaN;
  const [, tens, ten, units] = match;
  if (!ten) return tens ? kanjiDigits.indexOf(tens) : Number.NaN;
  return (tens ? kanjiDigits.indexOf(tens) : 1) * 10 + (units ? kanjiDigits.indexOf(units) : 0);
}

/**
 * Reads a fiscal year in any of the forms used in Japan and gives it as a Western year, or null: `令和6年度`, `R6`, `Ｒ６`,
 * `令和六年度`, `2024年度`, `2024`, `2024.0`. `平成31年度` and `令和元年度` are both 2019. A cell that gives the year in two ways
 * (`令和6年度（2024年度）`, `令和6（2024）年度`) is read where both are the same year. Source: section 1 of the contract.
 */
export function parseFiscalYear(text: string): number | null {
  const key = matchKey(text);
  const single = parseSingle(key);
  if (single !== null) return single;
  const both = bothYearsOfOneWord.exec(key) ?? bothYears.exec(key) ?? yearsInARow.exec(key);
  if (!both) return null;
  const first = parseSingle(both[1] ?? '');
  return first !== null && first === parseSingle(both[2] ?? '') ? first : null;
}

function parseSingle(key: string): number | null {
  const western = westernYear.exec(key);
  if (western) return inRange(Number(western[1]));
  const match = eraYear.exec(key);
  const era = match && eras.find(({ name, letter }) => match[1] === name || match[1] === letter);
  if (!era) return null;
  const numeral = match[2] ?? '';
  const number = numeral === '元' ? 1 : /^\d/u.test(numeral) ? Number(numeral) : kanjiNumber(numeral);
  // Heisei ended in April 2019; its 31st fiscal year is the first of Reiwa, and there is no later one.
  if (!(number >= 1) || (era.name === '平成' && number > 31)) return null;
  return inRange(era.first + number - 1);
}

function inRange(year: number): number | null {
  return year >= earliest && year <= latest ? year : null;
}

/** The fiscal year as public documents write it: 2024 is `令和6年度`, 2019 is `令和元年度`. */
export function fiscalYearLabel(year: number): string {
  const era = eras.find(({ first }) => year >= first);
  if (!era) return `${year}年度`;
  const number = year - era.first + 1;
  return `${era.name}${number === 1 ? '元' : number}年度`;
}

/** The calendar day in Japan at an instant, `YYYY-MM-DD`. Japan has one time zone, UTC+9, and no summer time. */
export function japaneseDate(instant: Date): string {
  return new Date(instant.getTime() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** The fiscal year (April to March) that a day belongs to. */
export function fiscalYearOf(date: string): number {
  const [year, month] = date.split('-').map(Number);
  return (year ?? Number.NaN) - ((month ?? 1) < 4 ? 1 : 0);
}
