/** What a line of a list begins with: ①, (1), 1., 1）, ・, -. */
const item =
  /^[ \u3000]*(?:[\u2460-\u2473]|[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．)）、]|[・●○◯■□◆◇▪•‐-](?=[^0-9０-９]))/u;
/** Circled numbers anywhere, which nobody uses but to count. */
const circled = /[\u2460-\u2473]/gu;

/** How many goals are written in one cell, one under the other or counted ①②③; 0 where it is one. */
export function goalsInOneCell(text: string): number {
  const lines = text.includes('\n') ? text.split('\n').filter((line) => item.test(line)).length : 0;
  const counted = /[\u2460-\u2473]/u.test(text) ? new Set(text.match(circled)).size : 0;
  // 「①窓口②電話で受け付けます」 names ways to one goal: the sentence goes on behind the last of them. Sentences of their own end with 。 or ます.
  const sentences =
    counted > 1 ? text.split(circled).filter((part) => /(?:ます|です|する|した)[。！!]?\s*$/u.test(part)).length : 0;
  const count = Math.max(lines, sentences > 1 ? sentences : 0);
  return count > 1 ? count : 0;
}
