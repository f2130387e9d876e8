/** The kinds of mark that an item of a list begins with. Dates (1.5倍, 4/1) and notes (※) are none. */
const itemMarks: readonly RegExp[] = [
  /^[\u2460-\u2473\u24f5-\u24fe\u3251-\u325f\u32b1-\u32bf\u2776-\u2793]\s*\S/u,
  /^(?:[(（]\s*(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2}|[アイウエオカキクケコｱ-ｺ])\s*[)）]|[\u2474-\u2487])\s*\S/u,
  /^(?:[0-9０-９]{1,2}\s*(?:[.．](?![0-9０-９])|[、)）:：])|[\u2488-\u249b])\s*\S/u,
  /^[一二三四五六七八九十]{1,2}\s*[、.．)）]\s*\S/u,
  /^[アイウエオカキクケコｱ-ｺ]\s*[.．)）]\s*\S/u,
  /^(?:目標|重点目標)\s*[0-9０-９一二三四五\u2460-\u2473]{1,2}\s*[:：.．、)）\s]\s*\S/u,
  /^[・･●◆◇■□○◎▪•‣][\s　]*[^\s・･●◆◇■□○◎]/u,
  /^[-－*＊‐–—][\s　]+\S/u,
];

/** A line that leads to the list behind it: with it the items are parts of one goal. */
const lead = /[:：。]$|(?:次の|以下の|下記の|つの|点(?:を|に)|とおり)/u;

/** What a goal ends with that says in full what is to be done, without a full stop. */
const wholeSentence =
  /(?:ます|する|した|ること|うこと|すこと|くこと|つこと|行う|図る|める|げる|せる|やす|らす|なす|ざす|進む|組む|開く)$/u;

/** What a line begins with that says more of the goal above it. */
const saysMore =
  /^(?:また|なお|そのた|このた|そこで|これ|この|その|それ|あわせて|併せて|特に|さらに|更に|具体的|結果|もって|例えば|たとえば|[※（(「])/u;

/** Letters that a line has at least where it is a goal of its own. */
const shortest = 8;

/** A sentence that has come to its end, within a line. */
const sentenceEnds = '(?:^|[。；;！!]\\s*|(?:ます|する|こと|やす|らす|める)[、，,]?\\s*)';

/** Numbers of items within a line, behind the end of a sentence, and anywhere: ①窓口を増やします。②紙を減らします。 */
const numbersWithin: readonly { readonly behindSentence: RegExp; readonly anywhere: RegExp }[] = [
  '([①-⑳])(?=\\s*\\S)',
  '[(（]([0-9]{1,2})[)）]',
  '([0-9]{1,2})(?:[.．](?![0-9])|[)）])',
].map((mark) => ({
  behindSentence: new RegExp(sentenceEnds + mark, 'gu'),
  anywhere: new RegExp(mark, 'gu'),
}));

/** Where an item begins so, there may be more of them in the line. */
const beginsWithFirst = /^(?:①|[(（]?1[)）.．])/u;

/** A goal as a noun: 窓口の増設. */
const goalAsNoun = /^.+[のを].*(?:\p{Script=Han}{2}|化)$/u;

const numberOf = (mark: string): number => (/^[0-9]/u.test(mark) ? Number(mark) : (mark.codePointAt(0) ?? 0) - 0x245f);

/** How many items follow one another from 1 on, each a sentence or a noun of its own. */
function countInline(text: string): number {
  if (!beginsWithFirst.test(text)) return 0;
  for (const { behindSentence, anywhere } of numbersWithin) {
    const all = Array.from(text.matchAll(anywhere), ([, mark = '']) => numberOf(mark));
    if (all.length < 2) continue;
    const inOrder = all.every((number, index) => number === index + 1);
    if (!inOrder) return 0;
    if (text.match(behindSentence)?.length === all.length) return all.length;
    const items = text.split(/[①-⑳]/u).slice(1);
    return items.length === all.length && items.every((item) => goalAsNoun.test(item.trim())) ? all.length : 0;
  }
  return 0;
}

/** Items that begin with the same kind of mark, where the list is not led to by a sentence. */
function countListed(lines: readonly string[]): number {
  for (const mark of itemMarks) {
    const items = lines.filter((line) => mark.test(line)).length;
    if (items === 0) continue;
    const before = lines.slice(
      0,
      lines.findIndex((line) => mark.test(line)),
    );
    // A heading over parts of a sentence is one goal in several steps; over whole sentences it is a heading over goals.
    const led = before.some((line) => lead.test(line) || wholeSentence.test(line));
    if (items < 2 || led) return 0;
    const whole = lines.filter((line) => mark.test(line) && /(?:。|ます|する|こと)$/u.test(line)).length;
    return before.length === 0 || whole === items ? items : 0;
  }
  return 0;
}

/**
 * How many goals a cell of 目標 holds where it holds several; 0 where it is one. Each row is one goal by the contract (section 1),
 * and what stands together can be rated only together. Told by lists at the beginnings of lines (①②, (1)(2), 1. 2., ・), by ①② within
 * a line where each is a sentence of its own, and by lines that are each a whole goal. Not by ①② within one sentence
 * (①窓口②電話で受け付けます), nor by a list under a sentence that leads to it, which are ways to reach one goal.
 *
 * @param text normalized
 */
export function goalsInOneCell(text: string): number {
  if (!text.includes('\n')) return countInline(text);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length < 2) return countInline(text);
  const listed = countListed(lines);
  if (listed > 0) return listed;
  // ① in one line and ② in the next were counted; what is left is ①…②… in one line with a line break somewhere else.
  if (lines.some((line) => itemMarks.some((mark) => mark.test(line)))) return countInline(text.replaceAll('\n', ''));
  const areGoals = lines.every(
    (line) =>
      wholeSentence.test(line.replace(/。$/u, '')) && line.length >= shortest && !line.slice(0, -1).includes('。'),
  );
  return areGoals && !lines.some((line) => saysMore.test(line)) ? lines.length : 0;
}

/** What a line ends with that goes on in the next: a comma, or a particle that needs a word behind it. */
const goesOn =
  /(?:[、，,]|を|[^こ]と|(?<!も)の|には|とは|では|[^はばわ]は|[^なお]が|[\p{Script=Han}\p{Script=Katakana}ー][にへで]|(?:して|って|いて|んで|けて|めて|せて|れて|えて|げて|じて|ねて|により|による|ために|ための|ような|ように|における|に関する|に対する|という))$/u;

/** What a line begins with that goes on from the one before: a mark or small letter that begins no word, を, a particle before a word. */
const comesAfter =
  /^(?:[、。，．・)）」』〕】ーっゃゅょぁぃぅぇぉッャュョァィゥェォん々]|を|[がにはのでと][\p{Script=Han}\p{Script=Katakana}、]|(?:する|します|して|され|による|により|における|とともに|など[のをがに、]))/u;

/** What ends a sentence or a line of its own. */
const ends = /[。．.！？!?…」』）)】〕：:；;]$/u;

/** What begins a line of its own: a mark of a list, a number, a bracket, a note. */
const begins =
  /^[\s　]*(?:[-－*＊‐–—※→⇒☆★▪•‣・･●◆◇■□○◎(（「『【〔[<＜《]|[0-9０-９\u2460-\u249b\u24f5-\u24ff\u2776-\u2793\u3251-\u32bf]|[アイウエオ一二三四五六七八九十][.．、)）])/u;

/** Lines of so many letters fill a sheet's column: where three or more are equally long, it was the column that broke them. */
const wide = 12;

function brokenByWidth(lines: readonly string[]): boolean {
  const full = lines.slice(0, -1);
  const last = lines.at(-1) ?? '';
  if (full.length < 2 || !/[。！？]$/u.test(last)) return false;
  const lengths = full.map((line) => line.length);
  const longest = Math.max(...lengths);
  return (
    longest >= wide &&
    longest - Math.min(...lengths) <= 1 &&
    last.length <= longest + 1 &&
    full.every((line) => !ends.test(line)) &&
    lines.every((line) => !begins.test(line))
  );
}

/**
 * Whether a line breaks within a sentence, as one is typed with Alt and Enter to fit a column of the sheet: on a telephone it breaks
 * there again, in the middle of a line. Where it is not sure that the sentence goes on (a list of nouns, lines of a heading), it is
 * taken for meant.
 *
 * @param text normalized
 */
export function breaksSentence(text: string): boolean {
  if (!text.includes('\n')) return false;
  const lines = text.split('\n').map((line) => line.trimEnd());
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]?.trimStart() ?? '';
    if (line.trim().length < 2 || next === '' || ends.test(line) || begins.test(next)) continue;
    if (goesOn.test(line) || (comesAfter.test(next) && !/[、，]$/u.test(line))) return true;
  }
  return brokenByWidth(lines.filter((line) => line !== ''));
}
