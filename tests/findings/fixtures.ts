import type { FindingCode } from '../../lib/findings/catalogue.ts';
import type { Published } from '../../lib/goals/model/published.ts';
import type { PictureOutcome } from '../../lib/goals/portraits.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import type { Tabs } from '../support/workbook.ts';
import { at, fullTabs, outcomeOf, withMarks, withoutColumn, withoutRows, workbookWith } from './sheet.ts';

/** A workbook with one defect, and all that is to be said of it. */
interface Defect {
  /** What is wrong, as a name. */
  readonly name: string;
  readonly workbook: Workbook;
  readonly previous?: Published | null;
  /** What every picture that the sheet names turns out to be. */
  readonly pictures?: PictureOutcome;
  /** Every finding, as `briefly` writes them. */
  readonly findings: readonly string[];
  /** What the first of them says, as far as it depends on the sheet. */
  readonly says?: string;
  /** Names of the departments that are held by it. */
  readonly held?: readonly string[];
}

/** A workbook that looks like the defect and has none. */
interface Counterexample {
  readonly name: string;
  readonly workbook: Workbook;
  readonly previous?: Published | null;
  /** What every picture that the sheet names turns out to be. */
  readonly pictures?: PictureOutcome;
}

export interface Fixture {
  readonly defects: readonly Defect[];
  readonly counterexamples: readonly Counterexample[];
}

const sheet = (tabs: Tabs) => workbookWith(tabs);
const cell = (tab: string, address: string, text: string) => sheet(at(fullTabs, tab, address, text));
/** Several cells of one sheet: tab, address, text. */
const cells = (...changes: readonly (readonly [string, string, string])[]) =>
  sheet(changes.reduce<Tabs>((tabs, [tab, address, text]) => at(tabs, tab, address, text), fullTabs));
const allTabs: Tabs = fullTabs;
const row = (tab: string, ...values: readonly string[]) =>
  sheet({ ...fullTabs, [tab]: [...(allTabs[tab] ?? []), values] });
const choices = (...rows: readonly (readonly string[])[]) =>
  sheet({ ...fullTabs, 選択肢: [['表示', '区分', '別表記'], ...rows] });

/** The full sheet with a tab beside the others. */
const withTab = (name: string, ...rows: readonly (readonly string[])[]) => sheet({ ...fullTabs, [name]: rows });
/** The full sheet with a column more in a tab, and what 項目 says of it. */
const withColumn = (
  tab: string,
  header: string,
  values: readonly string[],
  declarations: readonly (readonly string[])[] = [],
): Tabs => {
  const [headers = [], ...rows] = allTabs[tab] ?? [];
  const wider = [[...headers, header], ...rows.map((cellsOfRow, index) => [...cellsOfRow, values[index] ?? ''])];
  const declared = [['見出し', 'シート', '種類', '必須', '公表', '表示名'], ...declarations];
  return { ...fullTabs, [tab]: wider, ...(declarations.length === 0 ? {} : { 項目: declared }) };
};
const indicators = (...rows: readonly (readonly string[])[]) =>
  withTab('指標', ['部名', '目標番号', '指標名', '単位', '向き', '目標値', '実績値'], ...rows);
const sectionsOf = ['総務課', '総務課', '総務課', '福祉課', '福祉課', '学務課', '学務課'];

const published = outcomeOf(sheet(fullTabs)).published;
const draftWithPicture = cells(['部', 'J2', 'sawada.jpg'], ['部', 'L2', '下書き']);
const vacantWithPicture = cells(['部', 'J2', 'sawada.jpg'], ['部', 'B2', '欠員'], ['部', 'C2', '']);
const inPlan = at(fullTabs, '設定', 'B5', '目標');
const withoutUrlNames = withoutColumn(fullTabs, '部', 'I');
const withoutNumbers = withoutColumn(fullTabs, '目標', 'B');

const approved = withColumn('部', '決裁', ['第1号', '第2号', '第3号']);
const publishedApproved = outcomeOf(sheet(approved)).published;
/** 年度 and 段階 set to the new year, and the rows left as they were. */
const nextYear = withoutColumn(
  withoutColumn(
    withoutColumn(
      at(at(at(fullTabs, '設定', 'B4', '令和7年度'), '設定', 'B5', '目標'), '設定', 'B6', '部長目標'),
      '部',
      'M',
    ),
    '目標',
    'F',
  ),
  '目標',
  'D',
);

const withYear = (tab: string) =>
  (nextYear[tab] ?? []).map((cellsOfRow, index) => [...cellsOfRow, index === 0 ? '年度' : '令和7年度']);

/** Every finding of the catalogue with the defects that raise it, and what looks like them. */
export const fixtures: Readonly<Record<FindingCode, Fixture>> = {
  'missing-tab': {
    defects: [
      {
        name: 'a required tab has another name',
        workbook: sheet({ 設定: fullTabs.設定, 部: fullTabs.部, 目標一覧: fullTabs.目標 }),
        says: 'シート「目標一覧」のことでしたら',
        findings: ['missing-tab 目標'],
      },
      {
        name: 'no tab at all',
        workbook: sheet({}),
        findings: ['missing-tab 設定', 'missing-tab 部', 'missing-tab 目標'],
      },
    ],
    counterexamples: [
      {
        name: 'spaces and full-width letters in a tab name, and tabs of the city',
        workbook: sheet({ メモ: [['部名']], '設 定': fullTabs.設定, '部　': fullTabs.部, 目標: fullTabs.目標 }),
      },
    ],
  },
  'equal-tabs': {
    defects: [
      {
        name: 'two tabs of one name',
        workbook: sheet({ ...fullTabs, '目 標': fullTabs.目標 }),
        findings: ['equal-tabs 目標'],
      },
    ],
    counterexamples: [
      { name: 'a copy with another name', workbook: sheet({ ...fullTabs, 目標のコピー: fullTabs.目標 }) },
    ],
  },
  'missing-header': {
    defects: [
      {
        name: 'a required header misspelt',
        workbook: cell('部', 'A1', '部の名'),
        says: '見出し「部の名」のことでしたら',
        findings: ['missing-header 部!A1'],
      },
      { name: 'a required header cleared', workbook: cell('目標', 'C1', ''), findings: ['missing-header 目標!C1'] },
      {
        name: 'a tab without a header row',
        workbook: sheet({ ...fullTabs, 設定: [] }),
        findings: ['missing-header 設定', 'missing-header 設定'],
      },
      {
        name: 'headers below the tenth row',
        workbook: sheet({ ...fullTabs, 設定: [...Array.from({ length: 10 }, () => ['']), ...fullTabs.設定] }),
        findings: ['missing-header 設定', 'missing-header 設定'],
      },
    ],
    counterexamples: [
      { name: 'an alias', workbook: cell('部', 'C1', '部長名（フリガナ）') },
      {
        name: 'a title above the headers',
        workbook: sheet({ ...fullTabs, 目標: [['目標の一覧'], [], ...fullTabs.目標] }),
      },
    ],
  },
  'equal-headers': {
    defects: [
      {
        name: 'one header twice',
        workbook: cell('目標', 'E1', '目 標'),
        says: 'C1とE1にあり',
        findings: ['equal-headers 目標!C1', 'equal-headers 目標!E1'],
      },
    ],
    counterexamples: [
      { name: 'two private columns of one name', workbook: cells(['部', 'N1', 'メモ'], ['部', 'O1', 'メモ']) },
    ],
  },
  'resembling-header': {
    defects: [
      {
        name: 'an optional header misspelt',
        workbook: cell('部', 'H1', '部名（ふりかな）'),
        says: '「部名（ふりがな）」の列がなく',
        findings: ['resembling-header 部!H1'],
      },
      {
        name: 'the header of the status misspelt before there are results',
        workbook: sheet(at(at(inPlan, '目標', 'D1', '達成状態'), '目標', 'A1', '部名')),
        findings: ['resembling-header 目標!D1'],
      },
    ],
    counterexamples: [
      {
        name: 'private columns',
        workbook: cells(['部', 'N1', '備考'], ['部', 'O1', '担当者'], ['目標', 'G1', '証明']),
      },
      { name: 'a private column beside the real one', workbook: cell('部', 'N1', '部名ふりかな') },
    ],
  },
  'lost-visibility-header': {
    defects: [
      {
        name: 'the header of 公開 cleared above a draft',
        workbook: cells(['部', 'L1', ''], ['部', 'L3', '下書き']),
        says: '「下書き」か「取下げ」の部が1件',
        findings: ['lost-visibility-header 部!L1'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      { name: 'cleared above nothing but 公開', workbook: cell('部', 'L1', '') },
      {
        name: 'a private column that also says other things',
        workbook: cells(['部', 'L1', '原稿'], ['部', 'L2', '下書き'], ['部', 'L3', '校正中']),
      },
    ],
  },
  'missing-setting': {
    defects: [
      { name: 'a required 項目 cleared', workbook: cell('設定', 'A2', ''), findings: ['missing-setting 設定!A2'] },
      {
        name: 'a required 項目 misspelt',
        workbook: cell('設定', 'A2', '自冶体名'),
        says: '項目「自冶体名」のことでしたら、「自治体名」に直してください',
        findings: ['missing-setting 設定!A2'],
      },
      {
        name: 'a required row gone',
        workbook: sheet(withoutRows(fullTabs, '設定', 4)),
        findings: ['missing-setting 設定'],
      },
    ],
    counterexamples: [
      { name: 'only the optional ones left out', workbook: sheet(withoutRows(fullTabs, '設定', 3, 5, 6, 7)) },
    ],
  },
  'unreadable-required-setting': {
    defects: [
      {
        name: 'a year that is none',
        workbook: cell('設定', 'B4', '今年度'),
        findings: ['unreadable-required-setting 設定!B4'],
      },
      {
        name: 'a broken formula for the city',
        workbook: cell('設定', 'B2', '#REF!'),
        findings: ['unreadable-required-setting 設定!B2'],
      },
    ],
    counterexamples: [
      { name: 'the year in Western style', workbook: cell('設定', 'B4', '２０２４年度') },
      { name: 'the year with a letter', workbook: cell('設定', 'B4', 'R6') },
    ],
  },
  'unreadable-setting': {
    defects: [
      {
        name: 'a phase that is none',
        workbook: cell('設定', 'B5', '結果発表'),
        findings: ['unreadable-setting 設定!B5'],
      },
      {
        name: 'four digits of a code',
        workbook: cell('設定', 'B3', '9920'),
        findings: ['unreadable-setting 設定!B3'],
      },
      {
        name: 'a broken formula for the title',
        workbook: cell('設定', 'B6', '#N/A'),
        findings: ['unreadable-setting 設定!B6'],
      },
    ],
    counterexamples: [
      { name: 'a phase left blank', workbook: cell('設定', 'B5', '') },
      { name: 'a code in full-width digits', workbook: cell('設定', 'B3', '９９２０１１') },
    ],
  },
  'wrong-municipality-code': {
    defects: [
      {
        name: 'two digits of the code exchanged',
        workbook: cell('設定', 'B3', '929011'),
        findings: ['wrong-municipality-code 設定!B3'],
      },
    ],
    counterexamples: [{ name: 'a right code with a hyphen', workbook: cell('設定', 'B3', '99201-1') }],
  },
  'blank-contact': {
    defects: [
      {
        name: 'no contact beside its name',
        workbook: cell('設定', 'B7', ''),
        findings: ['blank-contact 設定!B7'],
      },
      {
        name: 'a contact of nothing but space',
        workbook: cell('設定', 'B7', ' 　'),
        findings: ['blank-contact 設定!B7'],
      },
    ],
    counterexamples: [
      { name: 'no such setting at all', workbook: cell('設定', 'A7', '備考') },
      { name: 'a contact without a number', workbook: cell('設定', 'B7', '企画課の窓口') },
    ],
  },
  'unknown-licence': {
    defects: [
      {
        name: 'terms of another kind',
        workbook: row('設定', 'データの利用条件', 'CC BY-SA 4.0'),
        findings: ['unknown-licence 設定!B8'],
      },
      {
        name: 'a broken formula for the terms',
        workbook: row('設定', '利用条件', '#REF!'),
        findings: ['unknown-licence 設定!B8'],
      },
    ],
    counterexamples: [
      { name: 'terms left blank', workbook: row('設定', 'データの利用条件', '') },
      { name: 'terms in full-width letters', workbook: row('設定', 'データの利用条件', 'ＣＣ－ＢＹ　４．０') },
    ],
  },
  'repeated-setting': {
    defects: [
      {
        name: 'the title twice',
        workbook: row('設定', '題名', '別の題名'),
        says: 'B6の値',
        findings: ['repeated-setting 設定!B8'],
      },
    ],
    counterexamples: [{ name: 'a note of the city', workbook: row('設定', '担当', '企画課') }],
  },
  'unnamed-setting': {
    defects: [
      { name: 'an optional 項目 cleared', workbook: cell('設定', 'A6', ''), findings: ['unnamed-setting 設定!A6'] },
    ],
    counterexamples: [
      { name: 'an empty row among the settings', workbook: cells(['設定', 'A6', ''], ['設定', 'B6', '']) },
    ],
  },
  'resembling-setting': {
    defects: [
      {
        name: 'an optional 項目 misspelt',
        workbook: cell('設定', 'A7', '問い合せ先'),
        says: '「問い合わせ先」に似ています',
        findings: ['resembling-setting 設定!A7'],
      },
    ],
    counterexamples: [{ name: 'an alias of a setting', workbook: cell('設定', 'A7', 'お問い合わせ先') }],
  },
  'fiscal-year-far-from-today': {
    defects: [
      {
        name: 'a digit too many in the year',
        workbook: sheet(
          withoutColumn(
            withoutColumn(at(at(fullTabs, '設定', 'B6', ''), '設定', 'B4', '令和60年度'), '部', 'M'),
            '目標',
            'F',
          ),
        ),
        says: '令和60年度）が、今の年度から53年',
        findings: ['fiscal-year-far-from-today 設定!B4'],
      },
    ],
    counterexamples: [
      {
        name: 'the year before last',
        workbook: sheet(
          withoutColumn(
            withoutColumn(at(at(fullTabs, '設定', 'B6', ''), '設定', 'B4', '令和4年度'), '部', 'M'),
            '目標',
            'F',
          ),
        ),
      },
    ],
  },
  'bad-choice': {
    defects: [
      {
        name: 'a 区分 that is none',
        workbook: choices(['計画どおり', '順調', '']),
        findings: ['bad-choice 選択肢!B2'],
      },
      { name: 'a 区分 without a word', workbook: choices(['', '達成', '']), findings: ['bad-choice 選択肢!A2'] },
    ],
    counterexamples: [{ name: 'a word of the city', workbook: choices(['計画どおり', '達 成', '予定どおり、順調']) }],
  },
  'repeated-choice': {
    defects: [
      {
        name: 'a word twice',
        workbook: choices(['計画どおり', '達成'], ['計画 どおり', '一部達成']),
        says: '「計画 どおり」はA2にもあります',
        findings: ['repeated-choice 選択肢!A3'],
      },
    ],
    counterexamples: [
      { name: 'two words of one 区分', workbook: choices(['計画以上', '達成'], ['計画どおり', '達成']) },
    ],
  },
  'alias-of-another': {
    defects: [
      {
        name: 'an alias that is another word itself',
        workbook: choices(['完了', '達成', '済、終わり'], ['済', '未達成']),
        says: '「済」は、区分の違うA3',
        findings: ['alias-of-another 選択肢!C2'],
      },
      {
        name: 'an alias of two words',
        workbook: choices(['完了', '達成', '済'], ['遅れ', '未達成', '済み、 済']),
        says: '「済」は、区分の違うA2',
        findings: ['alias-of-another 選択肢!C3'],
      },
    ],
    counterexamples: [
      { name: 'an alias of two words of one 区分', workbook: choices(['完了', '達成', '済'], ['終了', '達成', '済']) },
      { name: 'an alias that is the word itself', workbook: choices(['完了', '達成', '完了']) },
    ],
  },
  'missing-value': {
    defects: [
      {
        name: 'a policy cleared',
        workbook: cell('部', 'E3', ' 　'),
        says: '基本方針が空です',
        findings: ['missing-value 部!E3'],
        held: ['福祉部'],
      },
      {
        name: 'a goal cleared',
        workbook: cell('目標', 'C3', ''),
        says: '目標が空です',
        findings: ['missing-value 目標!C3'],
        held: ['総務部'],
      },
      {
        name: 'a department’s name cleared in 部',
        workbook: cell('部', 'A3', ''),
        findings: ['missing-value 部!A3'],
        held: ['福祉部'],
      },
      {
        name: 'the name of a published department cleared, which has neither URL名 nor goals to know it by',
        workbook: sheet(withoutRows(at(withoutUrlNames, '部', 'A3', ''), '目標', 5, 6)),
        previous: outcomeOf(sheet(withoutUrlNames)).published,
        findings: ['missing-value 部!A3'],
        held: [''],
      },
      {
        name: 'the first name in 目標 cleared',
        workbook: cell('目標', 'A2', ''),
        findings: ['missing-value 目標!A2'],
        held: ['総務部'],
      },
      {
        name: 'the first name in 目標 cleared, where a name stands in the first row of each block only',
        workbook: cells(['目標', 'A2', ''], ['目標', 'A3', ''], ['目標', 'A4', ''], ['目標', 'A6', '']),
        findings: ['missing-value 目標!A2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'the optional cells of 部 blank',
        workbook: cells(['部', 'D2', ''], ['部', 'J2', ''], ['部', 'K2', ''], ['部', 'I2', '']),
      },
      {
        name: 'a name below its own, left to the value above',
        workbook: cells(['目標', 'A3', ''], ['目標', 'A4', '']),
      },
    ],
  },
  'missing-result-column': {
    defects: [
      {
        name: 'no 達成状況, where results were published',
        workbook: sheet(withoutColumn(fullTabs, '目標', 'D')),
        previous: published,
        findings: ['no-result-column 目標', 'missing-result-column 目標', 'too-many-held'],
        held: ['総務部', '福祉部', '教育部'],
      },
      {
        name: 'the header 達成状況 misspelt in a year of results',
        workbook: cell('目標', 'D1', '達成状態'),
        says: '見出し「達成状態」のことでしたら',
        findings: ['missing-result-column 目標!D1', 'nothing-to-begin-with'],
        held: ['総務部', '福祉部', '教育部'],
      },
    ],
    counterexamples: [
      {
        name: 'neither column before there are results',
        workbook: sheet(withoutColumn(withoutColumn(inPlan, '目標', 'D'), '部', 'G')),
      },
    ],
  },
  'error-value': {
    defects: [
      {
        name: 'a broken formula in a goal',
        workbook: cell('目標', 'C3', '#REF!'),
        says: '目標の数式',
        findings: ['error-value 目標!C3'],
        held: ['総務部'],
      },
      {
        name: 'one in a number',
        workbook: cell('目標', 'B3', '#N/A'),
        findings: ['error-value 目標!B3'],
        held: ['総務部'],
      },
      {
        name: 'one in a status',
        workbook: cell('目標', 'D3', '#VALUE!'),
        findings: ['error-value 目標!D3'],
        held: ['総務部'],
      },
      {
        name: 'one in an optional cell',
        workbook: cell('目標', 'E3', '#NAME?'),
        findings: ['error-value 目標!E3'],
        held: ['総務部'],
      },
      {
        name: 'one in the name of a goal',
        workbook: cell('目標', 'A3', '#REF!'),
        findings: ['error-value 目標!A3'],
        held: ['総務部'],
      },
      {
        name: 'one in the name of the first goal of a block',
        workbook: cell('目標', 'A5', '#REF!'),
        findings: ['error-value 目標!A5'],
        held: ['福祉部'],
      },
      {
        name: 'one in a name in 部',
        workbook: cell('部', 'A3', 'Err:502'),
        findings: ['error-value 部!A3'],
        held: ['福祉部'],
      },
      {
        name: 'one in 公開',
        workbook: cell('部', 'L3', '#REF!'),
        says: '公開の数式',
        findings: ['error-value 部!L3'],
        held: ['福祉部'],
      },
      { name: 'one in URL名', workbook: cell('部', 'I3', '#REF!'), findings: ['error-value 部!I3'], held: ['福祉部'] },
      { name: 'one in 表示順', workbook: cell('部', 'K3', '#REF!'), findings: ['error-value 部!K3'], held: ['福祉部'] },
      {
        name: 'one in the year of a goal',
        workbook: cell('目標', 'F3', '#REF!'),
        findings: ['error-value 目標!F3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a text about an error value', workbook: cell('目標', 'C3', '#REF! の出る表を直します') },
      { name: 'one in a private column', workbook: cells(['部', 'N1', 'メモ'], ['部', 'N2', '#REF!']) },
    ],
  },
  'unreadable-fiscal-year': {
    defects: [
      {
        name: 'a year of a goal that is none',
        workbook: cell('目標', 'F3', '来年度'),
        findings: ['unreadable-fiscal-year 目標!F3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'all forms of one year',
        workbook: cells(['目標', 'F2', 'Ｒ６'], ['目標', 'F3', '2024'], ['部', 'M2', '令和六年度']),
      },
      { name: 'no year at all', workbook: cells(['目標', 'F2', ''], ['部', 'M2', '']) },
    ],
  },
  'fiscal-year-far-off': {
    defects: [
      {
        name: 'a department and its goal eleven years on',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '総務部',
              '沢田 実',
              'さわだ みのる',
              '',
              '方針',
              '仕事',
              '総括',
              'そうむぶ',
              'somu',
              '',
              '1',
              '公開',
              '令和17年度',
            ],
          ],
          目標: [...fullTabs.目標, ['総務部', '1', '次の窓口を広げます', '', '', '令和17年度']],
        }),
        says: '令和17年度）が、設定の年度から11年',
        findings: ['fiscal-year-far-off 部!M5', 'fiscal-year-far-off 目標!F9'],
      },
    ],
    counterexamples: [
      {
        name: 'ten years on',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '総務部',
              '沢田 実',
              'さわだ みのる',
              '',
              '方針',
              '仕事',
              '総括',
              'そうむぶ',
              'somu',
              '',
              '1',
              '公開',
              '令和16年度',
            ],
          ],
          目標: [...fullTabs.目標, ['総務部', '1', '次の窓口を広げます', '', '', '令和16年度']],
        }),
      },
      {
        name: 'the year after',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '総務部',
              '沢田 実',
              'さわだ みのる',
              '',
              '方針',
              '仕事',
              '',
              'そうむぶ',
              'somu',
              '',
              '1',
              '公開',
              '令和7年度',
            ],
          ],
          目標: [...fullTabs.目標, ['総務部', '1', '次の窓口を広げます', '', '', '令和7年度']],
        }),
      },
    ],
  },
  'unreplaced-template-text': {
    defects: [
      {
        name: 'circles in a goal',
        workbook: cell('目標', 'C3', '〇〇の台帳を改めます'),
        says: '「〇〇」は',
        findings: ['unreplaced-template-text 目標!C3'],
      },
      {
        name: 'circles for the city',
        workbook: cell('設定', 'B2', '○○市'),
        findings: ['unreplaced-template-text 設定!B2'],
      },
      {
        name: 'crosses in a name',
        workbook: cell('部', 'B3', '×× ××'),
        findings: ['nothing-but-unfinished 部!B3'],
        held: ['福祉部'],
      },
      {
        name: 'an instruction',
        workbook: cell('部', 'E3', 'ここに基本方針を入力してください。'),
        findings: ['nothing-but-unfinished 部!E3'],
        held: ['福祉部'],
      },
      {
        name: 'an example',
        workbook: cell('部', 'E3', '（記入例）市民と歩みます。'),
        findings: ['unreplaced-template-text 部!E3'],
      },
      { name: '未定 for a note', workbook: cell('目標', 'E3', '未定'), findings: ['unreplaced-template-text 目標!E3'] },
      {
        name: 'a remark at the end of a goal',
        workbook: cell('目標', 'C3', '台帳を改めます（案）'),
        findings: ['unreplaced-template-text 目標!C3'],
      },
      {
        name: 'a dash for a goal',
        workbook: cell('目標', 'C3', '－'),
        findings: ['nothing-but-unfinished 目標!C3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: '未定 in a sentence', workbook: cell('目標', 'C3', '開催日が未定の行事を減らします') },
      { name: 'zeros in Chinese numerals', workbook: cell('部', 'E3', '市制一〇〇周年と二〇〇〇年の歩みを伝えます') },
      { name: 'a single mark', workbook: cell('部', 'F3', '赤字△1,000円、3×4m、評価は○') },
      { name: 'a dash where there is nothing to explain', workbook: cell('目標', 'E3', '－') },
      {
        name: 'a request to the citizens',
        workbook: cell('目標', 'E3', '申請書に住所を記入してください、とお願いしました。'),
      },
    ],
  },
  'too-long': {
    defects: [
      {
        name: 'a goal of 301 characters',
        workbook: cell('目標', 'C3', '長'.repeat(301)),
        says: '301文字あります。300文字',
        findings: ['too-long 目標!C3'],
      },
      {
        name: 'a status as long as a note',
        workbook: cell('目標', 'D3', `達成${'（詳しい事情）'.repeat(6)}`),
        findings: ['too-long 目標!D3'],
      },
    ],
    counterexamples: [
      { name: 'a goal of 300 characters, some of two code units', workbook: cell('目標', 'C3', '長'.repeat(300)) },
    ],
  },
  'outside-windows-31j': {
    defects: [
      {
        name: 'a Chinese form',
        workbook: cell('部', 'G3', '一步ずつ'),
        says: '「歩」の書き間違い',
        findings: ['outside-windows-31j 部!G3'],
      },
      { name: 'a radical out of a PDF', workbook: cell('部', 'G3', '部⻑'), findings: ['outside-windows-31j 部!G3'] },
      { name: 'an emoji', workbook: cell('目標', 'C3', '笑顔😀の窓口'), findings: ['outside-windows-31j 目標!C3'] },
      {
        name: 'a Chinese form in a status',
        workbook: cell('目標', 'D3', '达成 達成'),
        findings: ['outside-windows-31j 目標!D3'],
      },
    ],
    counterexamples: [
      { name: 'names', workbook: cells(['部', 'B2', '步 𠮷乃'], ['部', 'C2', 'あゆみ よしの']) },
      { name: 'characters every PC has', workbook: cell('部', 'G3', '髙﨑～〜－−、。') },
    ],
  },
  'machine-dependent-character': {
    defects: [
      {
        name: 'a circled number',
        workbook: cell('部', 'G3', '①窓口'),
        findings: ['machine-dependent-character 部!G3'],
      },
      {
        name: 'a squared word',
        workbook: cell('設定', 'B7', '㈱湊野 ℡000'),
        says: '「㈱」は「株式会社」、「℡」は「電話」',
        findings: ['machine-dependent-character 設定!B7'],
      },
      {
        name: 'one outside Windows-31J',
        workbook: cell('部', 'G3', '3㎥'),
        findings: ['machine-dependent-character 部!G3'],
      },
    ],
    counterexamples: [
      { name: 'names', workbook: cells(['部', 'B2', '①㈱'], ['部', 'C2', 'まるいち']) },
      { name: 'a degree sign', workbook: cell('部', 'G3', '25℃、50％、（1）') },
    ],
  },
  'looks-like-markup': {
    defects: [
      {
        name: 'an element',
        workbook: cell('部', 'E3', '<b>市民</b>と歩みます'),
        says: '「<b>」は',
        findings: ['looks-like-markup 部!E3'],
      },
      { name: 'an entity', workbook: cell('目標', 'C3', 'R&amp;Dを進めます'), findings: ['looks-like-markup 目標!C3'] },
      { name: 'an element in a name', workbook: cell('部', 'B3', '森 花<br>'), findings: ['looks-like-markup 部!B3'] },
    ],
    counterexamples: [{ name: 'signs', workbook: cell('部', 'E3', '<重要> A<B、R&D;、5<6>4') }],
  },
  'unsafe-link': {
    defects: [
      {
        name: 'a link that runs a script',
        workbook: workbookWith(fullTabs, {
          links: { 部: { J2: 'javascript:alert(1)' }, 設定: { B7: 'file:///etc/passwd' } },
        }),
        findings: ['unsafe-link 設定!B7', 'unsafe-link 部!J2'],
      },
    ],
    counterexamples: [
      {
        name: 'links to pages, mail and cells',
        workbook: workbookWith(fullTabs, {
          links: {
            部: { J2: 'https://example.jp/a.jpg', E2: '#目標!A1' },
            設定: { B7: 'mailto:kikaku@example.jp' },
            目標: { Z9: 'javascript:1' },
          },
        }),
      },
    ],
  },
  'repeated-department': {
    defects: [
      {
        name: 'a department twice',
        workbook: row(
          '部',
          '福祉 部',
          '森 花',
          'もり はな',
          '',
          '方針',
          '仕事',
          '総括',
          'ふくしぶ',
          '',
          '',
          '',
          '公開',
          '令和6年度',
        ),
        says: 'A5にもあり',
        findings: ['repeated-department 部!A3', 'repeated-department 部!A5'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      {
        name: 'the same department in another year',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '福祉部',
              '森 花',
              'もり はな',
              '',
              '方針',
              '仕事',
              '総括',
              'ふくしぶ',
              'fukushi',
              '',
              '1',
              '公開',
              '令和5年度',
            ],
          ],
          目標: [...fullTabs.目標, ['福祉部', '1', '窓口を広げます', '達成', '', '令和5年度']],
        }),
      },
    ],
  },
  'department-without-goals': {
    defects: [
      {
        name: 'a department without goals',
        workbook: sheet(withoutRows(fullTabs, '目標', 5, 6)),
        findings: ['department-without-goals 部!A3'],
        held: ['福祉部'],
      },
      {
        name: 'its name cleared at the head of its block, in a sheet without numbers that writes a name once for a block',
        workbook: sheet(
          [3, 4, 5, 6, 8].reduce<Tabs>((tabs, number) => at(tabs, '目標', `A${number}`, ''), withoutNumbers),
        ),
        findings: ['department-without-goals 部!A3', 'nothing-to-begin-with'],
        held: ['総務部', '福祉部', '教育部'],
      },
    ],
    counterexamples: [
      {
        name: 'a withdrawn department without goals',
        workbook: sheet(withoutRows(at(fullTabs, '部', 'L3', '取下げ'), '目標', 5, 6)),
        previous: published,
      },
    ],
  },
  'missing-summary': {
    defects: [
      {
        name: 'no 総括 in a year of results',
        workbook: cell('部', 'G3', ''),
        findings: ['missing-summary 部!G3'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      {
        name: 'no 総括 half-way',
        workbook: cells(['設定', 'B5', '中間'], ['部', 'G2', ''], ['部', 'G3', ''], ['部', 'G4', '']),
      },
    ],
  },
  'missing-director-kana': {
    defects: [
      {
        name: 'a director with neither name nor kana',
        workbook: cells(['部', 'B3', ''], ['部', 'C3', '']),
        says: '部長名が空です',
        findings: ['missing-value 部!B3', 'missing-value 部!C3'],
        held: ['福祉部'],
      },
      {
        name: 'a director without kana',
        workbook: cell('部', 'C3', ''),
        says: '「森 花」さん',
        findings: ['missing-director-kana 部!C3'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [{ name: 'kana in half-width katakana', workbook: cell('部', 'C3', 'ﾓﾘ ﾊﾅ') }],
  },
  'missing-department-kana': {
    defects: [
      {
        name: 'one department without kana',
        workbook: cell('部', 'H3', ''),
        findings: ['missing-department-kana 部!H3'],
      },
    ],
    counterexamples: [
      { name: 'none of them with kana', workbook: cells(['部', 'H2', ''], ['部', 'H3', ''], ['部', 'H4', '']) },
      { name: 'no such column', workbook: sheet(withoutColumn(fullTabs, '部', 'H')) },
    ],
  },
  'kana-not-kana': {
    defects: [
      {
        name: 'the name for its kana',
        workbook: cell('部', 'C3', '森 はな'),
        says: '（「森」）',
        findings: ['kana-not-kana 部!C3'],
      },
      { name: 'Latin letters', workbook: cell('部', 'H3', 'fukushi'), findings: ['kana-not-kana 部!H3'] },
    ],
    counterexamples: [
      { name: 'katakana, long vowels, middle dots', workbook: cell('部', 'C3', 'メアリー・ヴァンス') },
      { name: 'combining and half-width marks', workbook: cell('部', 'C3', 'か\u3099くﾊﾞﾅ') },
    ],
  },
  'unreadable-visibility': {
    defects: [
      {
        name: 'a word that is none of the three',
        workbook: cell('部', 'L3', '非公開'),
        findings: ['unreadable-visibility 部!L3'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      { name: 'a blank, which is a draft', workbook: cell('部', 'L3', '') },
      { name: 'the other spelling of 取下げ', workbook: cell('部', 'L3', '取り下げ'), previous: published },
    ],
  },
  'unreadable-order': {
    defects: [
      { name: 'an order in words', workbook: cell('部', 'K3', '二番目'), findings: ['unreadable-order 部!K3'] },
    ],
    counterexamples: [{ name: 'a decimal between two others', workbook: cell('部', 'K3', '１.５') }],
  },
  'bad-url-name': {
    defects: [
      {
        name: 'Japanese in URL名',
        workbook: cell('部', 'I3', '福祉'),
        findings: ['bad-url-name 部!I3'],
        held: ['福祉部'],
      },
      {
        name: 'a hyphen at the end',
        workbook: cell('部', 'I3', 'fukushi-'),
        findings: ['bad-url-name 部!I3'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [{ name: 'capitals and full-width letters', workbook: cell('部', 'I3', 'Ｆukushi-2') }],
  },
  'equal-url-names': {
    defects: [
      {
        name: 'one URL名 for two departments',
        workbook: cell('部', 'I3', 'somu'),
        says: '「福祉部」（I3）と同じ',
        findings: ['equal-url-names 部!I2', 'equal-url-names 部!I3'],
        held: ['総務部', '福祉部'],
      },
    ],
    counterexamples: [
      {
        name: 'one URL名 for one department in two years',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '福祉部',
              '森 花',
              'もり はな',
              '',
              '方針',
              '仕事',
              '総括',
              'ふくしぶ',
              'fukushi',
              '',
              '1',
              '公開',
              '令和5年度',
            ],
          ],
          目標: [...fullTabs.目標, ['福祉部', '1', '窓口を広げます', '達成', '', '令和5年度']],
        }),
      },
    ],
  },
  'unusable-portrait': {
    defects: [
      { name: 'a word for a picture', workbook: cell('部', 'J2', '写真あり'), findings: ['unusable-portrait 部!J2'] },
      {
        name: 'an address of another site',
        workbook: cell('部', 'J2', 'https://example.jp/sawada.jpg'),
        says: 'ほかのサイトのアドレス',
        findings: ['unusable-portrait 部!J2'],
      },
      {
        name: 'a script for a picture',
        workbook: cell('部', 'J2', 'javascript:alert(1).jpg'),
        findings: ['unusable-portrait 部!J2'],
      },
      {
        name: 'a path out of the folder',
        workbook: cell('部', 'J2', '../secret.jpg'),
        findings: ['unusable-portrait 部!J2'],
      },
      { name: 'a broken formula', workbook: cell('部', 'J3', '#REF!'), findings: ['unusable-portrait 部!J3'] },
    ],
    counterexamples: [
      { name: 'a link to Drive', workbook: cell('部', 'J2', 'https://drive.google.com/file/d/1AbcDEFghijKLM/view') },
      { name: 'a file in a folder', workbook: cell('部', 'J2', 'photos/sawada.webp') },
    ],
  },
  'portrait-not-found': {
    defects: [
      {
        name: 'a file that is not beside the workbook',
        workbook: cell('部', 'J2', 'sawada.jpg'),
        pictures: { lost: 'folder', account: null },
        says: '同じフォルダ',
        findings: ['portrait-not-found 部!J2'],
      },
      {
        name: 'a file in Drive that is not shared',
        workbook: cell('部', 'J2', 'https://drive.google.com/file/d/1AbcDEFghijKLM/view'),
        pictures: { lost: 'drive', account: 'goals@city.example' },
        says: '「goals@city.example」を「閲覧者」として',
        findings: ['portrait-not-found 部!J2'],
      },
      {
        name: 'a login that may not read files',
        workbook: cell('部', 'J2', 'https://drive.google.com/file/d/1AbcDEFghijKLM/view'),
        pictures: { lost: 'drive-without-right', account: null },
        says: 'drive.readonly',
        findings: ['portrait-not-found 部!J2'],
      },
    ],
    counterexamples: [{ name: 'a file that is there', workbook: cell('部', 'J2', 'sawada.jpg') }],
  },
  'portrait-refused': {
    defects: (['unknown-kind', 'damaged', 'too-large'] as const).map((why) => ({
      name: why,
      workbook: cell('部', 'J2', 'sawada.jpg'),
      pictures: why,
      says: { 'unknown-kind': 'JPEG、PNG', damaged: '壊れて', 'too-large': '大きすぎる' }[why],
      findings: ['portrait-refused 部!J2'],
    })),
    counterexamples: [
      { name: 'a picture of a draft, at which nobody looks yet', workbook: draftWithPicture, pictures: 'damaged' },
      { name: 'a picture beside a vacant post', workbook: vacantWithPicture, pictures: 'damaged' },
    ],
  },
  'portrait-unreachable': {
    defects: [
      {
        name: 'Drive that does not answer, and a picture published before',
        workbook: cell('部', 'J2', 'https://drive.google.com/file/d/1AbcDEFghijKLM/view'),
        previous: published,
        pictures: 'unreachable',
        says: '前に公表した顔写真のまま',
        findings: ['portrait-unreachable 部!J2'],
      },
      {
        name: 'Drive that does not answer, and none before',
        workbook: cell('部', 'J2', 'https://drive.google.com/file/d/1AbcDEFghijKLM/view'),
        pictures: 'unreachable',
        says: '顔写真なしで公表',
        findings: ['portrait-unreachable 部!J2'],
      },
    ],
    counterexamples: [{ name: 'a picture that came', workbook: cell('部', 'J2', 'sawada.jpg') }],
  },
  'portraits-left-out': {
    defects: [
      {
        name: 'two new pictures on a machine that cannot encode any',
        workbook: cells(['部', 'J2', 'sawada.jpg'], ['部', 'J3', 'mori.jpg']),
        pictures: 'no-library',
        says: '新しい顔写真2枚',
        findings: ['portraits-left-out 部'],
      },
    ],
    counterexamples: [
      { name: 'no picture, and nothing to encode', workbook: cell('部', 'J2', ''), pictures: 'no-library' },
    ],
  },
  'unknown-department': {
    defects: [
      {
        name: 'a name misspelt in one row',
        workbook: cell('目標', 'A5', '福址部'),
        says: '「福祉部」に似ている',
        findings: ['unknown-department 目標!A5'],
        held: ['福祉部'],
      },
      {
        name: 'a name misspelt in two of three rows',
        workbook: cells(['目標', 'A2', '総努部'], ['目標', 'A3', '総努部']),
        says: '（A2、A3）',
        findings: ['unknown-department 目標!A2'],
        held: ['総務部'],
      },
      {
        name: 'a department that is in no row of 部',
        workbook: row('目標', '上下水道局', '1', '管を取り替えます', '達成', '', '令和6年度'),
        says: '部名を直すか',
        findings: ['unknown-department 目標!A9'],
      },
      {
        name: 'one misspelt in a merged cell',
        workbook: workbookWith(at(at(fullTabs, '目標', 'A5', '福址部'), '目標', 'A6', ''), {
          merges: { 目標: [{ top: 4, left: 0, bottom: 5, right: 0 }] },
        }),
        findings: ['unknown-department 目標!A5'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [{ name: 'a name with spaces and in half-width kana', workbook: cell('目標', 'A5', ' 福 祉 部') }],
  },
  'department-not-in-year': {
    defects: [
      {
        name: 'a goal in a year that its department does not have',
        workbook: cell('目標', 'F6', '令和5年度'),
        says: '令和5年度の行がありません（あるのは令和6年度です）',
        findings: ['department-not-in-year 目標!A6'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      {
        name: 'a goal in a year that its department has',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '福祉部',
              '森 花',
              'もり はな',
              '',
              '方針',
              '仕事',
              '総括',
              'ふくしぶ',
              'fukushi',
              '',
              '1',
              '公開',
              '令和5年度',
            ],
          ],
          目標: [...fullTabs.目標, ['福祉部', '1', '窓口を広げます', '達成', '', 'R5']],
        }),
      },
    ],
  },
  'number-restarts': {
    defects: [
      {
        name: 'the first name of a block cleared',
        workbook: cell('目標', 'A5', ''),
        says: '「総務部」の続きになりますが、番号1が重なります。「福祉部」の目標',
        findings: ['number-restarts 目標!A5'],
        held: ['総務部', '福祉部'],
      },
      {
        name: 'the same where a name stands in the first row of each block only',
        workbook: cells(
          ['目標', 'A3', ''],
          ['目標', 'A4', ''],
          ['目標', 'A5', ''],
          ['目標', 'A6', ''],
          ['目標', 'A8', ''],
        ),
        findings: ['number-restarts 目標!A5'],
        held: ['総務部', '福祉部'],
      },
      {
        name: 'the first year of a year’s rows cleared',
        workbook: sheet({
          ...fullTabs,
          部: [
            ...fullTabs.部,
            [
              '総務部',
              '沢田 実',
              'さわだ みのる',
              '',
              '方針',
              '仕事',
              '',
              'そうむぶ',
              'somu',
              '',
              '1',
              '公開',
              '令和7年度',
            ],
          ],
          目標: [
            ...fullTabs.目標,
            ['総務部', '1', '次の窓口を広げます', '', '', ''],
            ['総務部', '2', '次の台帳を改めます', '', '', '令和7年度'],
          ],
        }),
        findings: ['number-restarts 目標!F9'],
        held: ['総務部', '総務部'],
      },
      {
        name: 'the first year of all cleared, where it is not that of 設定',
        workbook: sheet({
          ...fullTabs,
          部: [
            fullTabs.部[0] ?? [],
            [
              '総務部',
              '沢田 実',
              'さわだ みのる',
              '',
              '方針',
              '仕事',
              '総括',
              'そうむぶ',
              'somu',
              '',
              '1',
              '公開',
              '令和5年度',
            ],
            ...fullTabs.部.slice(1),
          ],
          目標: [
            fullTabs.目標[0] ?? [],
            ['総務部', '1', '前の窓口を広げます', '達成', '', ''],
            ['総務部', '2', '前の台帳を改めます', '達成', '', '令和5年度'],
            ...fullTabs.目標.slice(1),
          ],
        }),
        findings: ['number-restarts 目標!F2'],
        held: ['総務部', '総務部'],
      },
    ],
    counterexamples: [
      { name: 'a name cleared within a block', workbook: cell('目標', 'A4', '') },
      {
        name: 'a merged cell for each block',
        workbook: workbookWith(
          [3, 4, 6, 8].reduce<Tabs>((tabs, number) => at(tabs, '目標', `A${number}`, ''), fullTabs),
          {
            merges: {
              目標: [
                { top: 1, left: 0, bottom: 3, right: 0 },
                { top: 4, left: 0, bottom: 5, right: 0 },
                { top: 6, left: 0, bottom: 7, right: 0 },
              ],
            },
          },
        ),
      },
    ],
  },
  'carried-department': {
    defects: [
      {
        name: 'a name cleared between two departments, in a sheet without numbers',
        workbook: sheet(at(withoutNumbers, '目標', 'A5', '')),
        says: '「総務部」の目標として公表されます。下の行は「福祉部」',
        findings: ['carried-department 目標!A5'],
      },
    ],
    counterexamples: [
      { name: 'a name cleared within a block', workbook: sheet(at(withoutNumbers, '目標', 'A3', '')) },
      {
        name: 'a name for each block only',
        workbook: sheet(
          [3, 4, 6, 8].reduce<Tabs>((tabs, number) => at(tabs, '目標', `A${number}`, ''), withoutNumbers),
        ),
      },
    ],
  },
  'unreadable-number': {
    defects: [
      {
        name: 'a number in words',
        workbook: cell('目標', 'B3', '二'),
        findings: ['unreadable-number 目標!B3'],
        held: ['総務部'],
      },
      { name: 'zero', workbook: cell('目標', 'B3', '0'), findings: ['unreadable-number 目標!B3'], held: ['総務部'] },
      {
        name: 'a fraction',
        workbook: cell('目標', 'B3', '2.5'),
        findings: ['unreadable-number 目標!B3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'full-width digits and a spreadsheet’s decimals',
        workbook: cells(['目標', 'B2', '１'], ['目標', 'B3', '2.0']),
      },
    ],
  },
  'repeated-number': {
    defects: [
      {
        name: 'a number twice',
        workbook: cell('目標', 'B4', '2'),
        says: '番号2がB3にもあります',
        findings: ['repeated-number 目標!B4'],
        held: ['総務部'],
      },
      {
        name: 'a blank number that counts up to one that is there',
        workbook: cells(['目標', 'B2', '2'], ['目標', 'B3', '']),
        findings: ['repeated-number 目標!B3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'no numbers', workbook: sheet(withoutNumbers) },
      { name: 'numbers out of order', workbook: cells(['目標', 'B2', '3'], ['目標', 'B4', '1']) },
    ],
  },
  'gap-in-numbers': {
    defects: [
      {
        name: 'a row left out',
        workbook: sheet(withoutRows(fullTabs, '目標', 3)),
        says: '番号2の目標がありません',
        findings: ['gap-in-numbers 目標!B3'],
      },
      {
        name: 'the first row left out',
        workbook: sheet(withoutRows(fullTabs, '目標', 2)),
        findings: ['gap-in-numbers 目標!B2'],
      },
    ],
    counterexamples: [
      {
        name: 'numbers that go on through the departments',
        workbook: cells(['目標', 'B5', '4'], ['目標', 'B6', '5'], ['目標', 'B7', '6'], ['目標', 'B8', '7']),
      },
      { name: 'the last row left out', workbook: sheet(withoutRows(fullTabs, '目標', 4)) },
    ],
  },
  'status-in-goal': {
    defects: [
      {
        name: 'a status for a goal',
        workbook: cell('目標', 'C3', '達 成'),
        says: '言葉「達成」だけ',
        findings: ['status-in-goal 目標!C3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [{ name: 'a goal about reaching something', workbook: cell('目標', 'C3', '計画の達成') }],
  },
  'missing-result': {
    defects: [
      {
        name: 'no result in a year of results',
        workbook: cell('目標', 'D3', ''),
        findings: ['missing-result 目標!D3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [{ name: 'no result half-way', workbook: cells(['設定', 'B5', '中間'], ['目標', 'D3', '']) }],
  },
  'unknown-status': {
    defects: [
      {
        name: 'a word that is none of the city’s',
        workbook: cell('目標', 'D3', '順調'),
        says: '「達成」「一部達成」「未達成」「進行中」のいずれか',
        findings: ['unknown-status 目標!D3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a known word with more around it', workbook: cell('目標', 'D3', '着手 達成！') },
      {
        name: 'a word of 選択肢, and an alias',
        workbook: sheet({
          ...at(at(fullTabs, '目標', 'D2', '順調'), '目標', 'D3', '◎'),
          選択肢: [
            ['表示', '区分', '別表記'],
            ['順調', '達成', '◎、好調'],
          ],
        }),
      },
    ],
  },
  'two-statuses': {
    defects: [
      {
        name: 'two words',
        workbook: cell('目標', 'D3', '達成・進行中'),
        says: '「達成」「進行中」が書かれていて',
        findings: ['two-statuses 目標!D3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a word that holds another', workbook: cell('目標', 'D3', '一部達成') },
      { name: 'one word twice', workbook: cell('目標', 'D3', '達成（4月に達成）') },
    ],
  },
  'negative-result': {
    defects: [
      {
        name: 'a known word denied',
        workbook: cell('目標', 'D3', '達成できず'),
        says: '「達成できず」とありますが、「達成」の言葉',
        findings: ['negative-result 目標!D3'],
      },
      {
        name: 'a known word denied before it',
        workbook: cell('目標', 'D3', '不達成'),
        findings: ['negative-result 目標!D3'],
      },
      {
        name: 'a rate below a hundred',
        workbook: cell('目標', 'D3', '達成率80％'),
        findings: ['negative-result 目標!D3'],
      },
    ],
    counterexamples: [
      { name: 'a word of its own', workbook: cell('目標', 'D3', '未達成') },
      { name: 'a rate of a hundred', workbook: cell('目標', 'D3', '達成率100％') },
      { name: 'a part of it denied', workbook: cell('目標', 'D3', '一部達成できず') },
    ],
  },
  'result-in-plan': {
    defects: [
      {
        name: 'a result before there are results',
        workbook: sheet([2, 3, 4, 5, 6, 7].reduce<Tabs>((tabs, number) => at(tabs, '目標', `D${number}`, ''), inPlan)),
        findings: ['result-in-plan 目標!D8'],
      },
    ],
    counterexamples: [
      {
        name: 'no results before there are any',
        workbook: sheet(
          [2, 3, 4, 5, 6, 7, 8].reduce<Tabs>((tabs, number) => at(tabs, '目標', `D${number}`, ''), inPlan),
        ),
      },
    ],
  },
  'department-gone': {
    defects: [
      {
        name: 'the rows of a published department gone',
        workbook: sheet(withoutRows(withoutRows(fullTabs, '部', 3), '目標', 5, 6)),
        previous: published,
        says: '「福祉部」（令和6年度）の行',
        findings: ['department-gone'],
        held: ['福祉部'],
      },
    ],
    counterexamples: [
      { name: 'a department withdrawn', workbook: cell('部', 'L3', '取下げ'), previous: published },
      { name: 'a department with another URL名', workbook: cell('部', 'I3', 'fukushi-bu'), previous: published },
    ],
  },
  'withdrawn-never-published': {
    defects: [
      {
        name: '取下げ of a department that was never published',
        workbook: cell('部', 'L3', '取下げ'),
        findings: ['withdrawn-never-published 部!A3'],
      },
    ],
    counterexamples: [{ name: '取下げ of a published one', workbook: cell('部', 'L3', '取下げ'), previous: published }],
  },
  'nothing-to-begin-with': {
    defects: [
      {
        name: 'all departments of a first run held',
        workbook: cells(['部', 'E2', ''], ['部', 'E3', ''], ['部', 'E4', '']),
        findings: ['missing-value 部!E2', 'missing-value 部!E3', 'missing-value 部!E4', 'nothing-to-begin-with'],
        held: ['総務部', '福祉部', '教育部'],
      },
    ],
    counterexamples: [],
  },
  'too-many-held': {
    defects: [
      {
        name: 'two of three published departments held',
        workbook: cells(['部', 'E2', ''], ['部', 'E3', '']),
        previous: published,
        says: '基本方針が空です',
        findings: ['missing-value 部!E2', 'missing-value 部!E3', 'too-many-held'],
        held: ['総務部', '福祉部'],
      },
    ],
    counterexamples: [],
  },
  'two-unit-tabs': {
    defects: [
      {
        name: 'two tabs with the headers of their own names',
        workbook: sheet({ ...fullTabs, 課: [['課名'], ['税務課']] }),
        says: '「部」「課」',
        findings: ['two-unit-tabs'],
      },
    ],
    counterexamples: [
      {
        name: '単位の名 says which',
        workbook: sheet({ ...fullTabs, 設定: [...fullTabs.設定, ['単位の名', '部']], 課: [['課名'], ['税務課']] }),
      },
    ],
  },
  'unpublished-columns': {
    defects: [
      {
        name: 'a column of the city’s own',
        workbook: sheet(withColumn('目標', '担当課', sectionsOf)),
        says: '「担当課」の列は公表されません',
        findings: ['unpublished-columns 目標!G1'],
      },
    ],
    counterexamples: [
      { name: 'the same, declared', workbook: sheet(withColumn('目標', '担当課', sectionsOf, [['担当課', '目標']])) },
    ],
  },
  'column-without-header': {
    defects: [
      {
        name: 'notes under no header',
        workbook: sheet(withColumn('目標', '', ['あとで確かめる'])),
        findings: ['column-without-header 目標!G1'],
      },
    ],
    counterexamples: [{ name: 'nothing under no header', workbook: sheet(withColumn('目標', '', [])) }],
  },
  'hidden-rows': {
    defects: [
      {
        name: 'a row hidden by hand',
        workbook: withMarks(sheet(fullTabs), '目標', {}, [3]),
        says: '3行目',
        findings: ['hidden-rows 目標'],
      },
    ],
    counterexamples: [{ name: 'a hidden row that is blank', workbook: withMarks(sheet(fullTabs), '目標', {}, [30]) }],
  },
  'bad-declaration': {
    defects: [
      {
        name: 'a kind that there is not',
        workbook: sheet(withColumn('目標', '担当課', sectionsOf, [['担当課', '目標', '文字']])),
        says: '「文」「数」',
        findings: ['bad-declaration 項目!C2', 'unpublished-columns 目標!G1'],
      },
      {
        name: 'a tab that there is not',
        workbook: sheet(withColumn('目標', '担当課', sectionsOf, [['担当課', 'もくひょう']])),
        findings: ['bad-declaration 項目!B2', 'unpublished-columns 目標!G1'],
      },
    ],
    counterexamples: [
      {
        name: 'everything but the names left out',
        workbook: sheet(withColumn('目標', '担当課', sectionsOf, [['担当課', '目標', '', '', '', '']])),
      },
    ],
  },
  'repeated-declaration': {
    defects: [
      {
        name: 'a column declared twice',
        workbook: sheet(
          withColumn('目標', '担当課', sectionsOf, [
            ['担当課', '目標'],
            ['担当課', '目標', '数'],
          ]),
        ),
        findings: ['repeated-declaration 項目!A3'],
      },
    ],
    counterexamples: [
      {
        name: 'one header in two tabs',
        workbook: sheet({
          ...withColumn(
            '目標',
            '備考欄',
            ['a'],
            [
              ['備考欄', '目標'],
              ['備考欄', '部'],
            ],
          ),
          部: withColumn('部', '備考欄', ['b'])['部'] ?? [],
        }),
      },
    ],
  },
  'declaration-without-column': {
    defects: [
      {
        name: 'a header that the tab has not',
        workbook: sheet(withColumn('目標', '担当係', sectionsOf, [['担当課', '目標']])),
        says: '「担当係」の列のことでしたら',
        findings: ['declaration-without-column 項目!A2', 'unpublished-columns 目標!G1'],
      },
    ],
    counterexamples: [
      {
        name: 'spaces in the header',
        workbook: sheet(withColumn('目標', '担 当 課', sectionsOf, [['担当課', '目標']])),
      },
    ],
  },
  'declared-column-twice': {
    defects: [
      {
        name: 'two columns of the declared name',
        workbook: sheet({
          ...withColumn('目標', '担当課', sectionsOf, [['担当課', '目標']]),
          目標: (withColumn('目標', '担当課', sectionsOf)['目標'] ?? []).map((cellsOfRow) => [
            ...cellsOfRow,
            cellsOfRow.at(-1) ?? '',
          ]),
        }),
        findings: ['declared-column-twice 項目!A2', 'unpublished-columns 目標!G1'],
      },
    ],
    counterexamples: [
      {
        name: 'one of them named otherwise',
        workbook: sheet(withColumn('目標', '担当課', sectionsOf, [['担当課', '目標']])),
      },
    ],
  },
  'needed-column-published': {
    defects: [
      {
        name: 'the goals declared private',
        workbook: sheet({
          ...fullTabs,
          項目: [
            ['見出し', 'シート', '公表'],
            ['目標', '目標', 'しない'],
          ],
        }),
        findings: ['needed-column-published 項目!A2'],
      },
    ],
    counterexamples: [
      {
        name: 'another column of the contract declared private',
        workbook: sheet({
          ...fullTabs,
          項目: [
            ['見出し', 'シート', '公表'],
            ['説明', '目標', 'しない'],
          ],
        }),
      },
    ],
  },
  'blank-setting': {
    defects: [
      {
        name: 'the name of the city cleared',
        workbook: cell('設定', 'B2', ''),
        says: '「自治体名」の値が空です',
        findings: ['blank-setting 設定!B2'],
      },
    ],
    counterexamples: [{ name: 'an optional value cleared', workbook: cell('設定', 'B6', '') }],
  },
  'lost-zero': {
    defects: [
      {
        name: 'a code that lost its first 0',
        workbook: cell('設定', 'B3', '12025'),
        says: '012025',
        findings: ['lost-zero 設定!B3'],
      },
    ],
    counterexamples: [{ name: 'the whole code', workbook: cell('設定', 'B3', '012025') }],
  },
  'unknown-publish-now': {
    defects: [
      {
        name: 'a word that is neither yes nor no',
        workbook: row('設定', '今すぐ公開', 'たぶん'),
        findings: ['unknown-publish-now 設定!B8'],
      },
    ],
    counterexamples: [{ name: 'no', workbook: row('設定', '今すぐ公開', 'いいえ') }],
  },
  'title-of-other-year': {
    defects: [
      {
        name: 'last year’s title',
        workbook: cell('設定', 'B6', '令和5年度 部長目標'),
        says: '令和5年度',
        findings: ['title-of-other-year 設定!B6'],
      },
    ],
    counterexamples: [
      { name: 'a title of the year in Western years', workbook: cell('設定', 'B6', '2024年度 部長目標') },
      { name: 'a title without a year', workbook: cell('設定', 'B6', '部長の約束') },
    ],
  },
  'bad-choice-from': {
    defects: [
      {
        name: 'a 下限 that is no percentage',
        workbook: sheet({
          ...fullTabs,
          選択肢: [
            ['表示', '区分', '下限'],
            ['達成', '達成', '高'],
          ],
        }),
        findings: ['bad-choice-from 選択肢!C2'],
      },
    ],
    counterexamples: [
      {
        name: 'a percentage',
        workbook: sheet({
          ...fullTabs,
          選択肢: [
            ['表示', '区分', '下限'],
            ['達成', '達成', '１００％'],
          ],
        }),
      },
    ],
  },
  'struck-out': {
    defects: [
      {
        name: 'words struck out in a note',
        workbook: withMarks(sheet(fullTabs), '目標', { E3: { struck: '古い説明' } }),
        says: '古い説明',
        findings: ['struck-out 目標!E3'],
      },
    ],
    counterexamples: [
      { name: 'white space struck out', workbook: withMarks(sheet(fullTabs), '目標', { E3: { struck: ' ' } }) },
    ],
  },
  'value-still-loading': {
    defects: [
      {
        name: 'Loading... as text',
        workbook: cell('目標', 'E2', 'Loading...'),
        findings: ['value-still-loading 目標!E2'],
        held: ['総務部'],
      },
      {
        name: 'a value that a program says is not there yet',
        workbook: withMarks(cell('目標', 'E2', ''), '目標', { E2: { pending: 'loading' } }),
        findings: ['value-still-loading 目標!E2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a sentence about loading', workbook: cell('目標', 'E2', 'Loading...の表示を早くしました。') },
    ],
  },
  'formula-without-result': {
    defects: [
      {
        name: 'a formula whose result was not saved',
        workbook: withMarks(cell('目標', 'E2', ''), '目標', { E2: { pending: 'no-result' } }),
        findings: ['formula-without-result 目標!E2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [{ name: 'a blank cell', workbook: cell('目標', 'E2', '') }],
  },
  'date-format': {
    defects: [
      {
        name: 'a year shown as a day',
        workbook: withMarks(cell('部', 'M2', '1905/7/16'), '部', {
          M2: { date: { iso: '1905-07-16', number: '2024' } },
        }),
        findings: ['date-format 部!M2'],
      },
    ],
    counterexamples: [
      {
        name: 'a day in a column of text',
        workbook: withMarks(cell('目標', 'E2', '2024/4/1'), '目標', {
          E2: { date: { iso: '2024-04-01', number: '45383' } },
        }),
      },
    ],
  },
  'nothing-but-unfinished': {
    defects: [
      {
        name: 'a goal that is still to come',
        workbook: cell('目標', 'C3', '（調整中）'),
        findings: ['nothing-but-unfinished 目標!C3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a goal about what is being arranged', workbook: cell('目標', 'C3', '調整中の案件を減らします') },
    ],
  },
  'lost-character': {
    defects: [
      {
        name: 'a question mark in a name',
        workbook: cell('部', 'B2', '?田 実'),
        findings: ['lost-character 部!B2'],
      },
      {
        name: 'a letter of private use',
        workbook: cell('目標', 'E2', '\ue000橋を直しました。'),
        findings: ['lost-character 目標!E2'],
      },
    ],
    counterexamples: [{ name: 'a question in prose', workbook: cell('目標', 'E2', 'なぜ直すのか？を説明しました。') }],
  },
  'line-break-in-sentence': {
    defects: [
      {
        name: 'a line broken for its looks',
        workbook: cell('目標', 'E2', '資材の値上がりがあり工事を\n来年に延ばしました。'),
        findings: ['line-break-in-sentence 目標!E2'],
      },
    ],
    counterexamples: [{ name: 'a list', workbook: cell('目標', 'E2', '・資材の値上がり\n・人手の不足') }],
  },
  'several-goals': {
    defects: [
      {
        name: 'three goals in one cell',
        workbook: cell('目標', 'C3', '①道を直します②橋を直します③川を直します'),
        findings: ['machine-dependent-character 目標!C3', 'several-goals 目標!C3'],
      },
    ],
    counterexamples: [{ name: 'ways to one goal', workbook: cell('目標', 'C3', '(1)窓口(2)電話で受け付けます') }],
  },
  'name-with-post': {
    defects: [
      {
        name: 'a post behind the name',
        workbook: cell('部', 'B2', '沢田 実 部長'),
        findings: ['name-with-post 部!B2'],
      },
    ],
    counterexamples: [{ name: 'who stands in', workbook: cell('部', 'B2', '副市長 沢田 実（事務取扱）') }],
  },
  'no-result-column': {
    defects: [
      {
        name: 'no 達成状況 in a year of results',
        workbook: sheet(withoutColumn(fullTabs, '目標', 'D')),
        says: '達成状況は示しません',
        findings: ['no-result-column 目標'],
      },
    ],
    counterexamples: [{ name: 'in the year’s plan', workbook: sheet(withoutColumn(inPlan, '目標', 'D')) }],
  },
  'column-no-longer-there': {
    defects: [
      {
        name: 'a column that was published',
        workbook: sheet(withoutColumn(fullTabs, '部', 'G')),
        previous: published,
        says: '「総括」の列',
        findings: ['column-no-longer-there 部'],
      },
    ],
    counterexamples: [
      {
        name: 'a column that never said anything',
        workbook: sheet(withoutColumn(withColumn('目標', '期限', []), '目標', 'G')),
        previous: published,
      },
    ],
  },
  'unreadable-figure': {
    defects: [
      {
        name: 'words for a number',
        workbook: indicators(['総務部', '1', '来場者', '人', '', '100', '多数']),
        findings: ['unreadable-figure 指標!G2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'numbers as people type them',
        workbook: indicators(
          ['総務部', '1', '来場者', '人', '', '約１，２００', '1,234人'],
          ['福祉部', '1', '苦情', '件', '減らす', '600以下', '▲3.2'],
        ),
      },
    ],
  },
  'unreadable-date': {
    defects: [
      {
        name: 'words for a day',
        workbook: sheet(withColumn('目標', '着手日', ['春ごろ'], [['着手日', '目標', '日付']])),
        findings: ['unreadable-date 目標!G2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'days as people write them',
        workbook: sheet(
          withColumn(
            '目標',
            '着手日',
            ['令和6年4月1日', '2024/4/1', 'R6.4.1', '2024-04-01'],
            [['着手日', '目標', '日付']],
          ),
        ),
      },
    ],
  },
  'unreadable-link': {
    defects: [
      {
        name: 'words without a link',
        workbook: sheet(withColumn('目標', '計画', ['総合計画'], [['計画', '目標', 'リンク']])),
        findings: ['unreadable-link 目標!G2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'an address',
        workbook: sheet(withColumn('目標', '計画', ['https://city.example/keikaku/'], [['計画', '目標', 'リンク']])),
      },
    ],
  },
  'awaiting-approval': {
    defects: [
      {
        name: '決裁 left blank',
        workbook: sheet(withColumn('部', '決裁', ['', '令和7年4月1日', '第3号'])),
        findings: ['awaiting-approval 部!N2'],
      },
    ],
    counterexamples: [
      { name: '決裁 for all', workbook: sheet(withColumn('部', '決裁', ['第1号', '令和7年4月1日', '第3号'])) },
    ],
  },
  'changed-after-approval': {
    defects: [
      {
        name: 'a goal changed under the same number',
        workbook: sheet(at(approved, '目標', 'C2', '窓口を減らします')),
        previous: publishedApproved,
        findings: ['changed-after-approval 部!N2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'a goal changed under a new number',
        workbook: sheet(at(at(approved, '目標', 'C2', '窓口を減らします'), '部', 'N2', '第9号')),
        previous: publishedApproved,
      },
      { name: 'nothing changed', workbook: sheet(approved), previous: publishedApproved },
    ],
  },
  'urgent-approval': {
    defects: [
      {
        name: '緊急',
        workbook: sheet(withColumn('部', '決裁', ['緊急', '第2号', '第3号'])),
        findings: ['urgent-approval 部!N2'],
      },
    ],
    counterexamples: [
      {
        name: 'a number that speaks of haste',
        workbook: sheet(withColumn('部', '決裁', ['緊急対策第2号', '第2号', '第3号'])),
      },
    ],
  },
  'unreadable-mail-address': {
    defects: [
      {
        name: 'an extension where an address belongs',
        workbook: sheet(withColumn('部', '連絡先メール', ['内線 2345', 'fukushi@example.jp', ''])),
        says: '締切のお知らせを送れません',
        findings: ['unreadable-mail-address 部!N2'],
      },
      {
        name: 'one of two that is cut off',
        workbook: sheet(withColumn('部', '連絡先メール', ['somu@example.jp、soumu@', '', ''])),
        says: 'そこには',
        findings: ['unreadable-mail-address 部!N2'],
      },
      {
        name: 'a header of a mail behind a line break',
        workbook: sheet(withColumn('部', '連絡先メール', ['somu@example.jp\nBcc: all@example.jp', '', ''])),
        says: 'を送れません',
        findings: ['unreadable-mail-address 部!N2'],
      },
    ],
    counterexamples: [
      {
        name: 'several, as people and programs write them',
        workbook: sheet(
          withColumn('部', '連絡先メール', [
            'somu@example.jp、soumu.kacho@city.example.jp\nＳＯＭＵ＠ｅｘａｍｐｌｅ．ｊｐ',
            '福祉部 庶務係 <fukushi\u200b@example.jp>; mailto:fukushi2@example.jp',
            'なし',
          ]),
        ),
      },
    ],
  },
  'figure-against-words': {
    defects: [
      {
        name: 'achieved, and the figure is not',
        workbook: indicators(['総務部', '1', '来場者', '人', '', '100', '90']),
        says: '目標100人に対して実績90人',
        findings: ['figure-against-words 目標!D2'],
      },
      {
        name: 'missed, and the figure is reached',
        workbook: indicators(['総務部', '2', '来場者', '人', '', '100', '100']),
        findings: ['figure-against-words 目標!D3'],
      },
    ],
    counterexamples: [
      {
        name: 'both say the same',
        workbook: indicators(
          ['総務部', '1', '来場者', '人', '', '100', '100'],
          ['総務部', '2', '苦情', '件', '減らす', '10', '11'],
        ),
      },
    ],
  },
  'unknown-goal-number': {
    defects: [
      {
        name: 'a number that no goal has',
        workbook: indicators(['総務部', '8', '来場者', '人', '', '100', '90']),
        says: '1、2、3',
        findings: ['unknown-goal-number 指標!B2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'a number in brackets', workbook: indicators(['総務部', '（１）', '来場者', '人', '', '100', '100']) },
    ],
  },
  'unreadable-direction': {
    defects: [
      {
        name: 'a direction that there is not',
        workbook: indicators(['総務部', '1', '来場者', '人', '上へ', '100', '100']),
        findings: ['unreadable-direction 指標!E2'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      { name: 'no direction', workbook: indicators(['総務部', '1', '来場者', '人', '', '100', '100']) },
    ],
  },
  'two-units': {
    defects: [
      {
        name: 'people and thousands of people',
        workbook: indicators(['総務部', '1', '来場者', '人', '', '100', '100千人']),
        says: '「人」として',
        findings: ['two-units 指標!D2'],
      },
    ],
    counterexamples: [
      {
        name: 'the unit in the cell as well',
        workbook: indicators(['総務部', '1', '来場者', '人', '', '100人', '100人']),
      },
    ],
  },
  'other-unit': {
    defects: [
      {
        name: 'thousands of yen in a column of yen',
        workbook: sheet({
          ...withColumn('目標', '事業費', ['1,200千円', '300円', '', '500']),
          項目: [
            ['見出し', 'シート', '種類', '単位'],
            ['事業費', '目標', '金額', '円'],
          ],
        }),
        says: 'このセルには「千円」とあります',
        findings: ['other-unit 目標!G2'],
      },
    ],
    counterexamples: [
      {
        name: 'the same unit in letters of another width, and none at all',
        workbook: sheet({
          ...withColumn('目標', '割合', ['85％', '85%', '85']),
          項目: [
            ['見出し', 'シート', '種類', '単位'],
            ['割合', '目標', '割合', '%'],
          ],
        }),
      },
      {
        name: 'in a column that is not published, or is text',
        workbook: sheet({
          ...withColumn('目標', '事業費', ['1,200千円']),
          項目: [
            ['見出し', 'シート', '種類', '単位', '公表'],
            ['事業費', '目標', '金額', '円', 'しない'],
          ],
        }),
      },
    ],
  },
  'mixed-units': {
    defects: [
      {
        name: 'yen and thousands of yen, and 項目 names neither',
        workbook: sheet(
          withColumn('目標', '事業費', ['1,200千円', '3,400千円', '500円', '600円'], [['事業費', '目標', '金額']]),
        ),
        says: '「千円」「円」の単位があり',
        findings: ['mixed-units 目標!G4'],
      },
    ],
    counterexamples: [
      {
        name: 'one unit, also where some cells name none',
        workbook: sheet(withColumn('目標', '事業費', ['1,200千円', '3,400', '500千円'], [['事業費', '目標', '金額']])),
      },
      {
        name: 'in a column of text',
        workbook: sheet(withColumn('目標', '内訳', ['1,200千円', '500円'], [['内訳', '目標', '文']])),
      },
    ],
  },
  'empty-evaluation': {
    defects: [
      {
        name: 'neither rating nor comment',
        workbook: withTab('評価', ['部名', '評価者', '評価', 'コメント'], ['総務部', '市長', '', '']),
        findings: ['empty-evaluation 評価!C2'],
      },
    ],
    counterexamples: [
      {
        name: 'a comment alone',
        workbook: withTab('評価', ['部名', '評価者', '評価', 'コメント'], ['総務部', '市長', '', 'よく進めた。']),
      },
    ],
  },
  'unusable-history': {
    defects: [
      {
        name: 'no year',
        workbook: withTab('組織の変遷', ['年度', '旧', '新'], ['いつか', '庶務部', '総務部']),
        findings: ['unusable-history 組織の変遷!A2'],
      },
    ],
    counterexamples: [
      { name: 'a renaming', workbook: withTab('組織の変遷', ['年度', '旧', '新'], ['令和6年度', '庶務部', '総務部']) },
    ],
  },
  'percentage-without-from': {
    defects: [
      {
        name: 'a percentage, and no 下限',
        workbook: cell('目標', 'D3', '85%'),
        findings: ['percentage-without-from 目標!D3'],
        held: ['総務部'],
      },
    ],
    counterexamples: [
      {
        name: 'a percentage with 下限',
        workbook: sheet({
          ...at(fullTabs, '目標', 'D3', '85%'),
          選択肢: [
            ['表示', '区分', '下限'],
            ['達成', '達成', '100%'],
            ['未達成', '未達成', '0%'],
          ],
        }),
      },
    ],
  },
  'department-named-otherwise': {
    defects: [
      {
        name: 'the slip is in 部',
        workbook: cell('部', 'A3', '福祉部長'),
        says: '「目標」のシートでは「福祉部」と書かれています（A5、A6）',
        findings: ['department-named-otherwise 部!A3'],
        held: ['福祉部長'],
      },
    ],
    counterexamples: [{ name: 'the same name with a space', workbook: cell('部', 'A3', '福 祉 部') }],
  },
  'same-as-last-year': {
    defects: [
      {
        name: 'only 年度 of 設定 was changed',
        workbook: sheet(nextYear),
        previous: published,
        says: '令和7年度の内容が令和6年度と同じです',
        findings: ['same-as-last-year 部!A2'],
        held: ['総務部', '福祉部', '教育部'],
      },
    ],
    counterexamples: [
      {
        name: 'the rows say the year themselves',
        workbook: sheet({ ...nextYear, 部: withYear('部'), 目標: withYear('目標') }),
        previous: published,
      },
    ],
  },
};
