import type { Workbook } from '../../lib/workbook/workbook.ts';
import { workbookOf } from '../support/workbook.ts';

/**
 * The sheet of a city far bigger than any: goals in departments of 50, one row in a hundred with a defect; where it is said, with five
 * columns of the city's own and two indicators for every goal.
 */
export function bigWorkbook(goals: number, { isOwnKind = false }: { readonly isOwnKind?: boolean } = {}): Workbook {
  const perDepartment = 50;
  const departments = Math.ceil(goals / perDepartment);
  const nameOf = (index: number): string => `第${index}地区まちづくり部`;
  const defects: readonly ((row: string[]) => void)[] = [
    (row) => row.splice(3, 1, ''),
    (row) => row.splice(2, 1, ''),
    (row) => row.splice(3, 1, '順調'),
    (row) => row.splice(3, 1, '達成 進行中'),
    (row) => row.splice(1, 1, '一'),
    (row) => row.splice(0, 1, `${row[0]}々`),
    (row) => row.splice(0, 1, ''),
    (row) => row.splice(2, 1, '①㈱〇〇の步み<b>'),
    (row) => row.splice(2, 1, '#REF!'),
    (row) => row.splice(1, 1, '1'),
  ];
  const statuses = ['達成', '一部達成', '未達成', '達成（見込み）'];
  const goalRows = Array.from({ length: goals }, (_, index) => {
    const row = [
      nameOf(Math.floor(index / perDepartment)),
      `${(index % perDepartment) + 1}`,
      `地域の皆さんと話し合い、${index}か所の公園に遊具とベンチを増やします！`,
      statuses[index % statuses.length] ?? '',
      index % 3 === 0 ? '工事の入札が成立せず、着工が10月にずれ込みました。' : '',
    ];
    if (isOwnKind)
      row.push(
        '第3次総合計画 2-1',
        `${(index + 1).toLocaleString('en')}千円`,
        `${index % 100}%`,
        '2025/3/31',
        `https://www.example.jp/plan/${index}`,
      );
    if (index % 100 === 99) defects[Math.floor(index / 100) % defects.length]?.(row);
    return row;
  });
  const ownColumns = ['計画', '予算額', '進み具合', '実施日', '資料'];
  const indicatorRows = Array.from({ length: isOwnKind ? goals * 2 : 0 }, (_, index) => {
    const goal = Math.floor(index / 2);
    const [name, unit] = index % 2 === 0 ? ['設置か所数', 'か所'] : ['満足度', '%'];
    return [
      nameOf(Math.floor(goal / perDepartment)),
      `${(goal % perDepartment) + 1}`,
      name,
      unit,
      '1,200',
      '1,500',
      // Reached where the goal is, so that no figure speaks against a word.
      goal % statuses.length === 0 || goal % statuses.length === 3 ? '１５５０' : '１３５０',
    ];
  });
  return workbookOf({
    ...(isOwnKind && {
      項目: [
        ['見出し', 'シート', '種類'],
        ...ownColumns.map((header, index) => [header, '目標', ['文', '金額', '割合', '日付', 'リンク'][index] ?? '']),
      ],
      指標: [['部名', '目標番号', '指標名', '単位', '基準値', '目標値', '実績値'], ...indicatorRows],
    }),
    設定: [
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', '令和6年度'],
    ],
    部: [
      ['部名', '部長名', '部長名（ふりがな）', '基本方針', '部の仕事', '総括'],
      ...Array.from({ length: departments }, (_, index) => [
        nameOf(index),
        '沢田 実',
        'さわだ みのる',
        '市民とともに歩みます。',
        '公園課と道路課が、地域の施設を整えます。',
        '目標のうち多くを達成しました。',
      ]),
    ],
    目標: [['部名', '番号', '目標', '達成状況', '説明', ...(isOwnKind ? ownColumns : [])], ...goalRows],
  });
}
