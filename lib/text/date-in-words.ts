/** Dates as people in Japan read them. Files for programs keep ISO 8601. */

/** `2025-04-01` is 2025年4月1日. */
export function dayInWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** An instant by the clock of Japan: 2025年4月1日 9時5分. Japan has one time zone, UTC+9, and no summer time. */
export function timeInWords(instant: Date): string {
  const [day = '', time = ''] = new Date(instant.getTime() + 9 * 60 * 60 * 1000).toISOString().split('T');
  const [hours, minutes] = time.split(':').map(Number);
  return `${dayInWords(day)} ${hours}時${minutes}分`;
}
