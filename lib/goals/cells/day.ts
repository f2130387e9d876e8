import { matchKey } from '../../text/normalize.ts';

const eras = [
  { names: '令和|r', first: 2019 },
  { names: '平成|h', first: 1989 },
] as const;

/** Reads a day as people write it (`令和7年4月1日`, `R7.4.1`, `2025/4/1`, `2025-04-01`) as `YYYY-MM-DD`; null where it is none. */
export function readDay(text: string): string | null {
  const key = matchKey(text).replace(/\([日月火水木金土]\)$/u, '');
  const western = /^(\d{4})(?:年|[/.-])(\d{1,2})(?:月|[/.-])(\d{1,2})日?$/u.exec(key);
  if (western !== null) return isoDay(Number(western[1]), Number(western[2]), Number(western[3]));
  for (const { names, first } of eras) {
    const match = new RegExp(`^(?:${names})(元|\\d{1,2})(?:年|[/.-])(\\d{1,2})(?:月|[/.-])(\\d{1,2})日?$`, 'u').exec(
      key,
    );
    if (match === null) continue;
    const year = match[1] === '元' ? 1 : Number(match[1]);
    return isoDay(first + year - 1, Number(match[2]), Number(match[3]));
  }
  return null;
}

/** Null for a day that no month has. */
function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1900) return null;
  return date.toISOString().slice(0, 10);
}
