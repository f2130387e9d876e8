const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** Whether a field of a schedule, such as `0/10`, `8-18`, `MON-FRI` or `*`, holds a number. */
function holds(field: string, value: number, names: readonly string[] = []): boolean {
  const numberOf = (text: string): number => (names.includes(text) ? names.indexOf(text) : Number(text));
  return field.split(',').some((part) => {
    if (part === '*' || part === '?') return true;
    const [range = '', step] = part.split('/');
    const [from = '', to] = range.split('-');
    const first = from === '*' ? 0 : numberOf(from);
    const last = to === undefined ? (step === undefined ? first : Number.POSITIVE_INFINITY) : numberOf(to);
    return value >= first && value <= last && (value - first) % Number(step ?? 1) === 0;
  });
}

function runsAt(expression: string, at: Date): boolean {
  const rate = /^rate\((\d+) minutes?\)$/u.exec(expression)?.[1];
  if (rate !== undefined) return (at.getTime() / 60_000) % Number(rate) === 0;
  const fields = /^cron\((.*)\)$/u.exec(expression)?.[1]?.split(' ');
  if (fields?.length !== 6) throw new Error(`${expression} is not known here.`);
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  return (
    holds(minute, at.getUTCMinutes()) &&
    holds(hour, at.getUTCHours()) &&
    holds(day, at.getUTCDate()) &&
    holds(month, at.getUTCMonth() + 1) &&
    holds(weekday, at.getUTCDay(), days)
  );
}

/** The longest time between two runs of any of these schedules of AWS, looked at for three weeks. */
export function longestGapMinutes(expressions: readonly string[]): number {
  const start = Date.UTC(2026, 10, 2);
  let last: number | null = null;
  let longest = 0;
  for (let minute = 0; minute < 21 * 24 * 60; minute += 1) {
    const at = new Date(start + minute * 60_000);
    if (!expressions.some((expression) => runsAt(expression, at))) continue;
    if (last !== null) longest = Math.max(longest, minute - last);
    last = minute;
  }
  return longest;
}
