import { matchKey } from './normalize.ts';

/**
 * What turns a word into its opposite right after it: 達成できず, 達成されず, 達成には至らなかった, 達成ならず, 達成困難, 達成率80%; and what says
 * that it is still to come or holds in part: 達成に向けて, 達成予定, 達成（一部）.
 */
const after = new RegExp(
  [
    '^(?:は|を|に|には|が|も|とは|と|まで)?(?:され|でき|出来|せ|なら|成ら|至ら|至っ|届か|及ば|かなわ|叶わ|言え|いえ|し)' +
      '(?:ず|ない|ません|なかった|ていない|ていません|ておらず)',
    '^(?:は|が|の)?(?:の?見込み?(?:は|が)?)?(?:困難|不可|不能|失敗|断念|見送り|なし|無し|薄)',
    '^(?:に|を|へ)(?:向け|めざ|目指|近づ)',
    '^(?:を|の)?\\([^)]*予定(?:\\)|$)',
    '^(?:を|の)?(?:予定(?!どおり|通り)|途上|途中|間近|目前)',
    '^(?:には|まで|まであと|に)?(?:あと|遠|及ばず|届かず)',
    '^\\(?(?:一部|部分的)(?:のみ)?\\)?',
    '^(?:率|度)[:は]?約?[0-9]{1,2}(?:[.][0-9]+)?[%割]',
  ].join('|'),
  'u',
);

/** What does so right before it: 不達成, 非達成 (未達成 is a word of its own), 80%達成, 8割達成, 半分達成, ほぼ達成. */
const before =
  /(?:[不非]|(?<![0-9.])(?:[0-9]{1,2}(?:[.][0-9]+)?%|[1-9一二三四五六七八九]割(?:[0-9]分|方)?)(?:の|を|が)?|半ば|半分(?:を|は)?|部分的に|おおむねの)$/u;

/**
 * The phrase that says a status is not reached, or null. A cell such as 達成できず holds the word 達成, and the contract gives it that
 * word's code.
 *
 * @param word the known word that the cell holds, as {@link matchKey} compares it
 */
export function negativePhrase(text: string, word: string): string | null {
  const key = matchKey(text);
  const at = key.indexOf(word);
  if (at === -1) return null;
  const negation = after.exec(key.slice(at + word.length));
  if (negation !== null) return word + negation[0];
  const prefix = before.exec(key.slice(0, at));
  return prefix === null ? null : key.slice(prefix.index, at + word.length);
}
