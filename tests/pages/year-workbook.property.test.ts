import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../support/property-runs.ts';
import { type Tabs, workbookOf } from '../support/workbook.ts';
import { publishedBy, readBack } from '../support/year-workbook.ts';

/** What a cell may hold that is hard on a spreadsheet: formulas, escapes, numbers that are words, letters beyond the first plane. */
const odd = fc.constantFrom(
  '=1+1',
  '＝SUM(A1)',
  '+81 3 0000',
  '-5',
  '@見本',
  "'先頭",
  '_x0041_の欄',
  '<b>&"\'',
  '𠮷野家の角\u{e0100}',
  '1,200',
  '0012',
  '2024/4/1',
  'TRUE',
  '一行目\n二行目\n\n四行目',
  'あ'.repeat(400),
  'がぎぐ\u3099',
);
const anyText = fc.oneof(odd, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.lorem({ maxCount: 4 }));
const blankOr = (text: fc.Arbitrary<string>) => fc.oneof({ weight: 2, arbitrary: text }, fc.constant(''));
const status = fc.constantFrom(
  '達成',
  '未達成',
  '一部達成',
  'A（達成）',
  'よくできた',
  '着手 達成',
  '85%',
  '約40％',
  '順調に進行中',
  '優',
);
const figure = fc.constantFrom(
  '',
  '600',
  '1,200',
  '約45人',
  '△3.5',
  '90～100',
  '600以下',
  '85%',
  '0.0000001',
  '100000000000000000000000',
);
const moment = fc.constantFrom('', '2024', '令和6年度', '9月末');

/** One of the tabs: for each header, what may stand below it. A header may be missing unless it is needed. */
const tab = (
  needed: Readonly<Record<string, fc.Arbitrary<string>>>,
  optional: Readonly<Record<string, fc.Arbitrary<string>>>,
  least = 1,
  most = 6,
) =>
  fc.subarray(Object.keys(optional)).chain((chosen) => {
    const headers = [...Object.keys(needed), ...chosen];
    const cells = headers.map((header) => needed[header] ?? optional[header] ?? fc.constant(''));
    return fc
      .array(fc.tuple(...cells), { minLength: least, maxLength: most })
      .map((rows) => [headers, ...rows] as readonly (readonly string[])[]);
  });

const names = ['総務部', '=福祉部', '健康 ささえあい部'] as const;
const name = fc.constantFrom(...names);
const number = fc.constantFrom('1', '2', '3', '4', '5', '6');

/** Years of three departments, with whatever columns a city may have. */
const sheets: fc.Arbitrary<Tabs> = fc
  .record({
    phase: fc.constantFrom('目標', '中間', '結果'),
    unit: fc.constantFrom('', '局', '部/室'),
    scheme: fc.constantFrom('', '年間の約束', '=約束'),
    licence: fc.constantFrom('', 'CC0 1.0', '要相談'),
    introduction: blankOr(anyText),
    contact: blankOr(anyText),
    heads: fc.array(fc.constantFrom('副部長', '技監', '次長'), { maxLength: 2 }),
    departments: tab(
      {},
      {
        部長名: fc.constantFrom('見本 花子', '髙﨑 一', '欠員', '例田 二郎（事務取扱）'),
        '部長名（ふりがな）': fc.constant('みほん はなこ'),
        '部名（ふりがな）': blankOr(fc.constant('そうむぶ')),
        職名: fc.constantFrom('', '部長級', '=局長'),
        基本方針: anyText,
        部の仕事: anyText,
        総括: anyText,
        決裁: fc.constantFrom('令和6年4月1日', '緊急'),
        URL名: fc.constant(''),
        職員数: fc.constantFrom('', '45', '１，２００', '0.5'),
        ページ: fc.constantFrom('', 'https://example.jp/a?b=1&c=%20', 'https://example.jp/部'),
        着任: fc.constantFrom('', '令和6年4月1日', '2024/4/2'),
        ひとこと: blankOr(anyText),
        内緒: fc.constant('これは内緒です'),
      },
      names.length,
      names.length,
    ),
    goals: tab(
      { 部名: name, 目標: anyText },
      {
        番号: fc.constant(''),
        分類: blankOr(anyText),
        説明: blankOr(anyText),
        担当: blankOr(anyText),
        期限: blankOr(anyText),
        理由: blankOr(anyText),
        達成状況: status,
        中間の状況: status,
        中間報告: blankOr(anyText),
        予算: fc.constantFrom('', '74,911千円', '1200'),
        対象年度の表記: blankOr(anyText),
      },
      3,
      9,
    ),
    indicators: fc.option(
      tab(
        { 部名: name, 目標番号: number, 指標名: anyText },
        {
          単位: fc.constantFrom('', '人', 'g'),
          向き: fc.constantFrom('', '減らす', '保つ'),
          基準値: figure,
          基準時点: moment,
          目標値: figure,
          目標時点: moment,
          中間値: figure,
          実績値: figure,
          実績時点: moment,
          出典: blankOr(anyText),
          備考: blankOr(anyText),
        },
      ),
      { nil: null },
    ),
    evaluations: fc.option(
      tab({ 部名: name, 評価者: anyText }, { 目標番号: blankOr(number), 評価: anyText, コメント: blankOr(anyText) }),
      { nil: null },
    ),
    hasChoices: fc.boolean(),
  })
  .map(({ departments: [headers = [], ...rows], goals: [goalHeaders = [], ...goals], ...given }) => {
    const unit = given.unit || '部';
    const tabName = given.unit === '部/室' ? '部' : unit;
    const head = (cells: readonly string[], title: string) =>
      headers.map((header, column) => {
        if (header === '職名') return title;
        return header.startsWith('部長名') ? (cells[column] ?? '') : '';
      });
    const titles = headers.includes('職名') ? [...new Set(given.heads)] : [];
    const own = (header: string, of: string, type: string, label = '') => [header, of, type, 'する', label, '', ''];
    return {
      設定: [
        ['項目', '値'],
        ['自治体名', '湊野市'],
        ['年度', '令和6年度'],
        ['段階', given.phase],
        ['単位の名', given.unit],
        ['制度の名', given.scheme],
        ['データの利用条件', given.licence],
        ['紹介', given.introduction],
        ['問い合わせ先', given.contact],
      ],
      [tabName]: [
        ['部名', ...headers],
        ...rows.flatMap((cells, index) => [
          [names[index] ?? '', ...cells],
          ...(index === 0 ? titles.map((title) => [names[index] ?? '', ...head(cells, title)]) : []),
        ]),
      ],
      目標: [goalHeaders, ...goals.toSorted(([one = ''], [other = '']) => (one < other ? -1 : one > other ? 1 : 0))],
      ...(given.indicators === null ? {} : { 指標: given.indicators }),
      ...(given.evaluations === null ? {} : { 評価: given.evaluations }),
      項目: [
        ['見出し', 'シート', '種類', '公表', '表示名', '単位', '説明'],
        own('職員数', '部', '数'),
        own('ページ', '部', 'リンク', '=詳しく'),
        own('着任', '部', '日付'),
        own('ひとこと', '部', '文'),
        own('予算', '目標', '金額'),
        own('対象年度の表記', '目標', '文', '年度'),
        own('備考', '指標', '文'),
        own('理由', '目標', '文', '次の一手'),
      ],
      ...(given.hasChoices
        ? {
            選択肢: [
              ['表示', '区分', '別表記', '説明', '下限'],
              ['優', '上回る', 'よくできた、とてもよい', '計画を大きく上回る', '100%'],
              ['達成', '達成', '', '', '80%'],
              ['可', '一部達成', '', '=IF(1)', ''],
              ['不可', '未達成', '', '', '0%'],
            ],
          }
        : {}),
    };
  });

test('what is published of a year reads back from its workbook as it was', async () => {
  let published = 0;
  let asked = 0;
  await fc.assert(
    fc.asyncProperty(sheets, async (tabs) => {
      const before = publishedBy(workbookOf(tabs));
      const [dataset] = before.datasets;
      asked += names.length;
      if (dataset === undefined) return;
      published += dataset.departments.length;
      const after = await readBack(before);
      expect(after).toEqual(dataset);
      expect(JSON.stringify(after)).toBe(JSON.stringify(dataset));
    }),
    runs(120),
  );
  // A sheet with an error publishes less, and nothing at all would prove nothing.
  expect(published).toBeGreaterThan(asked / 4);
});
