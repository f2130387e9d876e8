/** A day (`YYYY-MM-DD`) as a sentence names it: 2025年4月1日. */
export function dayInWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

/** An instant as a sentence names it, in Japan, which has one time zone (UTC+9) and no summer time: 2025年4月1日 10時5分. */
export function momentInWords(at: Date): string {
  const [day = '', time = ''] = new Date(at.getTime() + 9 * 60 * 60 * 1000).toISOString().split('T');
  const [hours, minutes] = time.split(':').map(Number);
  return `${dayInWords(day)} ${hours}時${minutes}分`;
}
