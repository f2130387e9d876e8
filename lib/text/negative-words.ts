import { matchKey } from './normalize.ts';

/** What turns a word into its opposite right after it: 達成できず, 達成には至らなかった, 達成ならず, 達成困難, 達成率80%. */
const after = new RegExp(
  [
    '^(?:は|を|に|には|が|も|とは|と|まで)?(?:でき|出来|せ|なら|成ら|至ら|至っ|届か|及ば|かなわ|叶わ|言え|いえ|し)' +
      '(?:ず|ない|ません|なかった|ていない|ていません|ておらず)',
    '^(?:は|が)?(?:困難|不可|不能|失敗|断念|見送り|なし|無し)',
    '^(?:率|度)[:は]?約?[0-9]{1,2}(?:[.][0-9]+)?[%割]',
  ].join('|'),
  'u',
);

/** What does so right before it: 不達成, 非達成. (未達成 is a word of its own.) */
const before = /[不非]$/u;

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
  return before.test(key.slice(0, at)) ? key.slice(at - 1, at + word.length) : null;
}
