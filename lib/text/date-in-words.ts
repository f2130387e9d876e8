/** Dates as people in Japan read them. Files for programs keep ISO 8601. */

/** `2025-04-01` is 2025年4月1日. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** An instant by the clock of Japan: 2025年4月1日 9時5分. Japan has one time zone, UTC+9, and no summer time. */
export function timeInWords(instant: Date): string {
  const { day, hours, minutes } = inJapan(instant);
  return `${dayInWords(day)} ${Number(hours)}時${Number(minutes)}分`;
}

/** An instant by the clock of Japan, for those who read English: 2025-04-01 09:05 in Japan. */
export function timeInEnglish(instant: Date): string {
  const { day, hours, minutes } = inJapan(instant);
  return `${day} ${hours}:${minutes} in Japan`;
}

function inJapan(instant: Date): { readonly day: string; readonly hours: string; readonly minutes: string } {
  const [day = '', time = ''] = new Date(instant.getTime() + 9 * 60 * 60 * 1000).toISOString().split('T');
  return { day, hours: time.slice(0, 2), minutes: time.slice(3, 5) };
}
