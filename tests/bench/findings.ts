import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbook } from '../../lib/sheet/parse.ts';
import type { Workbook } from '../../lib/sheet/workbook.ts';
import { workbookOf } from '../support/workbook.ts';

/**
 * How long parsing and validation take for a big sheet with defects, and whether they grow with its rows only. Run by `npm
 * run bench`; it prints, and asserts nothing: a figure depends on the machine.
 */

/** The sheet of a city far bigger than any: goals in departments of 50, one row in a hundred with a defect. */
export function bigWorkbook(goals: number): Workbook {
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
    if (index % 100 === 99) defects[Math.floor(index / 100) % defects.length]?.(row);
    return row;
  });
  return workbookOf({
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
    目標: [['部名', '番号', '目標', '達成状況', '説明'], ...goalRows],
  });
}

export function bench(): void {
  const now = new Date('2025-04-01T00:00:00Z');
  const print = (line: string): boolean => process.stdout.write(`${line}\n`);
  print('findings: parse and validate, one defect in a hundred rows');
  for (const goals of [12_500, 25_000, 50_000, 100_000]) {
    const workbook = bigWorkbook(goals);
    const cpu = process.cpuUsage();
    const start = performance.now();
    const { rows } = parseWorkbook(workbook);
    if (rows === null) throw new Error('The sheet of the bench cannot be read.');
    const parsed = performance.now();
    const { findings } = validate(rows, now);
    const done = performance.now();
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
    const { user, system } = process.cpuUsage(cpu);
    const memory = process.resourceUsage().maxRSS / 1024;
    print(
      `  ${goals} goals: ${seconds(done - start)} (parse ${seconds(parsed - start)}, validate ${seconds(done - parsed)}; ` +
        `processor ${seconds((user + system) / 1000)}), ` +
        `${findings.length} findings, ${memory.toFixed(0)} MB at most`,
    );
  }
}
