const endsSentence = /[。．.！!？?…」』）)：:；;、,・]\s*$/u;
const beginsItem =
  /^\s*(?:[・●○◯■□◆◇▪•\u2460-\u2473※＊*（(【「『→⇒-]|[0-9０-９]+[.．)）、\s]|[ア-ンa-zA-Zａ-ｚＡ-Ｚ][.．)）、])/u;

/**
 * Whether a line ends in the middle of a sentence, for its looks in the cell. A list, an address, paragraphs and short lines that stand
 * for themselves are none.
 */
export function breaksSentence(text: string): boolean {
  if (!text.includes('\n')) return false;
  const lines = text.split('\n');
  return lines.some((line, index) => {
    const next = lines[index + 1];
    if (next === undefined || line.trim() === '' || next.trim() === '') return false;
    if (endsSentence.test(line) || beginsItem.test(line) || beginsItem.test(next)) return false;
    // A particle or a verb's stem at the end of a line has its sentence still to come.
    return /[はがをにでとのもへやりしきみえてれ]$/u.test(line.trimEnd()) && [...line.trim()].length >= 8;
  });
}
