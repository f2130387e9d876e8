import { matchKey } from './normalize.ts';

/** What may join a word to what is said of it. */
const joint = '(?:は|を|に|には|が|も|の|で|とは|と|へ|へは|まで|までは|までには|としては?)?';

/**
 * A verb with its negation: できず, されていない, には至らなかった, とは言えない. Only these verbs: 「達成に問題がない」 and 「達成間違いなし」 say
 * the contrary.
 */
const verb =
  '(?:でき|出来|され|せ|なら|なり|成ら|なって|成って|なされ|至ら|至り|至って|届か|届いて|及ば|及んで|かなわ|叶わ|かなって|叶って|言え|いえ|し|して|して(?:は)?い|' +
  'できて|出来て|されて|見込め|見込まれ|見込んで|見通せ|得られ|果たせ|果たして|遂げられ|遂げて|進ま|進んで|進められ|図れ|図られ|' +
  '間に合わ|間に合って|つながら|つながって|結び付か|いか|行か|行え|行わ|行われ|行って|' +
  '(?:判断|評価|確認|実施|実現|実行|完了|到達|認定)(?:でき|し|して|され|されて|せ)|認められ|満た(?:せ|さ|して)|追いつか|追い付か|足り|足りて|及び|届き|かない|叶い|できそうに)';
const not = '(?:は)?(?:ず|ぬまま|ない|なかった|なく|ません|いない|いなかった|いません|おらず|おりません|いなく)';
const negatedVerb = `${joint}(?:すること|する|こと|結果|水準|できる|でき|した|できた|された)?${joint}${verb}${not}`;

/** 達成ではない, 達成したわけではない. */
const negatedNoun =
  '(?:した|できた|された)?(?:もの|わけ|こと)?(?:では|で|じゃ|とまでは|とは)(?:なかった|ない|ありません|ございません|なく|いかず|いかない|いかなかった)';

/** Nouns and adjectives that say that it is not, or not yet: 達成困難, 達成の見込みなし, 達成まであと一歩. */
const contrary = [
  `${joint}(?:大変|極めて|やや|大きく|著しく)?(?:困難|不可|不能|無理|失敗|断念|見送|延期|中止|中断|先送|保留|取り?消|取り?止め|取り?下げ|未|難し|厳し|むずかし|きびし|遅れ|遅延|不足|不十分|不明|ゼロ|危ぶ|危う|程遠|ほど遠|遠い|遠く|道半ば|半ば|途中|途上|あと|残り|もう(?:少し|一歩|わずか)|いま一歩|今一歩|一歩(?:手前|及ば)|間近|目前|寸前|直前|手前|近い|近く|近づ|近付)(?!(?:は|も|が)?(?:な[しくい]|無|ありません))`,
  '(?:は|が)?(?:なし|無し|0件|0人)(?!遂げ)',
  '(?:した|できた|する|できる|の)?(?:と(?:は|も)?)(?:言い|いい)(?:難|がた)',
  '(?:の|する|できる|される)?(?:見込み?|見通し|目途|めど|目処|可能性)(?:は|が|も)?(?:なし|無|ない|なく|なかった|ありません|薄|低|立た|立って(?:い|お)|つか|付か|できない)',
  'に(?:は)?(?:なお|まだ|更に|さらに|今後)?(?:時間|期間|課題|努力|改善|工夫)',
  '(?:件|者|項目)?数?[:は]?(?:ゼロ|0)(?:件|人|項目|%|割)?(?![0-9.])',
  '(?:率|度)(?:は|が|も|:)?(?:低|不十分|不足|伸び悩|下が|下回|[b-e](?![a-z]))',
  '(?:率|度)?[:=(は→]*[×✕✖△▲]',
  '(?:率|度)[:=(は]*(?:未|不明|算定中|集計中|確認中|[-―—–])',
].join('|');

/** What is still meant to come: 達成に向けて, 達成予定, 達成を目指す. */
const intended = [
  '(?:に|へ|へと)(?:の)?(?:向け|向か|むけ|前進|道筋|道のり)',
  'を?(?:目指|めざ|期す|期し)',
  '(?:の)?(?:に|へ)(?:の|向けた)?(?:努め|つとめ|努力|取り?組|尽力|励|注力)',
  'を(?:図る|図り|図っ|目標|予定|計画|検討|期待|急)',
  '(?:する|の|される|できる|を|が|は)?予定(?!どおり|通り|より|の?期|の?日|前|して|した)',
  'した(?:い|く|かった)',
  '(?:する(?!こと(?:が|は|も)?でき)|します|させる|させます|しよう|すべく|するべく|しつつ|すれば|できれば|した場合|する場合|するため|するよう|できるよう|されるよう|されたい|のよう)(?!見込|見通|に(?:至|いた)|予定どおり)',
  '(?:でき|出来)(?:る|ます)(?!見込|見通|と(?:見込|判断))',
  '(?:可能|なるか|できそう|出来そう|しそう|しうる|し得る|されそう|か(?:否|どうか|は?不明)|するか|したか(?:は|どうか|不明))',
  'か?\\?',
].join('|');

/** Another year, or another time, in which it is to be: 達成は来年度, 達成（次年度）. */
const anotherYear = '(?:来年度?|次年度|翌年度?|次期|今後|将来)';
const elsewhen = `(?:時期|年度)?[:は(をがに]?${anotherYear}(?:中|末|以降|上半期|下半期)?(?:に|へ|の|までに)?(?:$|\\)|予定|達成|完了|延期|繰り?越|持ち?越|先送|見込|目標|送り|になる|となる)`;

/** A part of it, in brackets or behind a mark: 達成（一部）, 達成（予定）, 達成（未実施あり）. */
const part = '(?:一部|部分|半分|半数|大半|大部分|過半)';
const aside = `[([〔【「:・、。→-]*(?:ただし|但し|うち)?、?(?:${part}|未(?!来)|不十分|(?:実施|達成)?予定(?!どおり|通り|より|の?期|の?日|前|して|した)|延期|中止|保留|継続審議|見込み?(?:なし|無|薄)|遅れ(?!な|は)|検討中|調整中|協議中|途中)`;

const after = new RegExp(`^(?:${[negatedVerb, negatedNoun, contrary, elsewhen, aside].join('|')})`, 'u');
const afterAsIntended = new RegExp(`^(?:${intended})`, 'u');

/** Further on in the same cell: 達成。ただし2項目は未達. */
const unfinishedPart = /^.*?(?:未達|未実施|未完了|未了|未整備|一部(?:は|を除|が)?未)/u;

/** 不達成, 非達成, 目標未・達成; まだ達成. (未達成 is a word of its own.) */
const negativeBefore = /(?:[不非未](?:[・(「『-])?|(?:未だ|いまだ|まだ)(?:目標)?(?:は|を|に)?)$/u;
const partBefore = new RegExp(
  `(?:${part}|[0-9一二三四五六七八九]+分の[0-9一二三四五六七八九]+)(?:程度|ほど|のみ|だけ)?(?:の(?:項目|事業|目標|取組|指標))?(?:を|は|が|で|の|のみ|に)?(?:除き|除いて|目標)?(?:を|は)?$`,
  'u',
);
const yearBefore = new RegExp(
  `${anotherYear}(?:中|末|以降|上半期|下半期)?(?:に|の|は|までに|には)?(?:目標)?(?:を|の|は)?$`,
  'u',
);

/** A share right behind the word: 達成率80%, 達成（約8割）; of how many it was is no matter. */
const shareAfter =
  /^(?:率|度合い|度|割合|状況)?(?:見込み?)?[:=(はが]{0,2}(?:約|およそ|ほぼ|概ね|おおむね|わずか)?([0-9]{1,4}(?:\.[0-9]+)?|[一二三四五六七八九十])(%|パーセント|割)(?!→|から|増|減|超)/u;

/** One right before it: 80%達成, 目標の８割を達成. What the share is one of is what is captured first. */
const shareBefore =
  /([率比度合]|)(?:が|を|は|の|:)?(?:約|およそ|ほぼ|概ね|おおむね|わずか)?(?<![0-9.])([0-9]{1,4}(?:\.[0-9]+)?|[一二三四五六七八九十])(%|パーセント|割)(?:[0-9一二三四五六七八九]分)?(?:程度|ほど|強|弱|以上|超|まで|のみ|だけ|ぐらい|くらい|前後|しか|に満たず)*(?:を|が|は|で|の|まで|しか|目標)?$/u;

/** What a share begins with that is no part of it. */
const shareJoint = /^[率比度合]?[がをはの:]?/u;

/** A rate of its own (受診率80%を達成) is what was to be reached; the rate of reaching (達成率, 進捗率, 計画比) is not. */
const rateOfReaching = /(?:達成|進捗|完了|実施|執行|到達|目標|計画)(?:率|比|度合|度|割合)$/u;

/** 5件中4件達成, 50人のうち45人が達成. */
const countBefore =
  /(?<![0-9.])([0-9]+)(件|人|項目|事業|か所|ヶ所|箇所|カ所|校|団体|施設|世帯|路線|回|個|つ|指標|目標)(?:の目標)?(?:中|のうち|の内|うち|に対し(?:て)?)、?([0-9]+)\2(?:のみ|だけ|まで|しか)?(?:を|が|は|で|の|に)?(?:目標)?(?:を)?$/u;

/** How much of what stands before a word is looked at. */
const nearby = 40;

const kanjiDigits = '〇一二三四五六七八九十';

function percentOf(amount: string, unit: string): number {
  const number = /^[0-9]/u.test(amount) ? Number(amount) : kanjiDigits.indexOf(amount);
  return unit === '割' ? number * 10 : number;
}

/** What right behind the word says that it is not so. */
function negationAfter(rest: string): string | null {
  if (rest === '') return null;
  const share = shareAfter.exec(rest);
  if (share !== null) return percentOf(share[1] ?? '', share[2] ?? '') < 100 ? share[0] : null;
  return after.exec(rest)?.[0] ?? unfinishedPart.exec(rest)?.[0] ?? null;
}

/** What right before it does so. */
function negationBefore(text: string): string | null {
  if (text === '') return null;
  const share = shareBefore.exec(text);
  if (share !== null) {
    const ofItsOwn = share[1] !== '' && !rateOfReaching.test(text.slice(0, share.index + 1));
    return !ofItsOwn && percentOf(share[2] ?? '', share[3] ?? '') < 100 ? share[0].replace(shareJoint, '') : null;
  }
  const count = countBefore.exec(text);
  if (count !== null) return Number(count[3]) < Number(count[1]) ? count[0] : null;
  return (negativeBefore.exec(text) ?? partBefore.exec(text) ?? yearBefore.exec(text))?.[0] ?? null;
}

/** A bracket that was opened is closed, where it is not far. */
function closed(phrase: string, rest: string): string {
  if (!phrase.includes('(') || phrase.includes(')')) return phrase;
  const end = rest.indexOf(')', phrase.length);
  return end === -1 || end > phrase.length + 15 ? phrase : rest.slice(0, end + 1);
}

/**
 * The phrase that says a status is not reached, or null. A cell such as 達成できず holds the word 達成, and the contract gives it that
 * word's code, so that somebody must look. By kind: negated (達成されず, 達成見込みなし), a share below all (80%達成, 達成率８割), a
 * part (達成（一部）), meant for later (達成に向けて, 達成予定, 来年度達成). An intention that the same cell says was carried out is none
 * (達成に向けて取り組み、達成). 達成（見込み） and おおむね達成 are taken as said. Source: sections 1 and 8 of the contract.
 *
 * @param word the known word that the cell holds, as {@link matchKey} compares it
 */
export function negativePhrase(text: string, word: string): string | null {
  if (word === '' || text === word) return null;
  const key = matchKey(text);
  for (let at = key.indexOf(word); at !== -1; ) {
    const rest = key.slice(at + word.length);
    const next = key.indexOf(word, at + word.length);
    const behind = negationAfter(rest);
    if (behind !== null) return word + closed(behind, rest);
    const before = negationBefore(key.slice(Math.max(0, at - nearby), at));
    if (before !== null) return before + word;
    const plan = next === -1 ? afterAsIntended.exec(rest) : null;
    if (plan !== null) return word + plan[0];
    at = next;
  }
  return null;
}
