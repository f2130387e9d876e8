import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { completenessTable } from '../../lib/cli/completeness-table.ts';
import { findingsCsv } from '../../lib/cli/findings-csv.ts';
import { githubAnnotations } from '../../lib/cli/findings-github.ts';
import { tellFindings } from '../../lib/cli/findings-text.ts';
import { quoted } from '../../lib/cli/quoted.ts';
import { wordsFor } from '../../lib/cli/words.ts';
import type { Finding } from '../../lib/findings/finding.ts';
import { at, fullTabs, withoutRows } from '../findings/sheet.ts';
import { runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { drawnPortrait } from '../support/portraits.ts';
import type { Tabs } from '../support/workbook.ts';

const finding: Finding = {
  severity: 'error',
  code: 'missing-value',
  tab: '部',
  cell: 'E3',
  row: 3,
  column: '基本方針',
  department: '福祉部',
  value: null,
  message: '基本方針が空です。',
  fix: '基本方針を入力してください。',
};

/** Writes the tabs as a folder of CSV files, with the portrait that they name. */
async function folderOf(tabs: Tabs): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'sheet');
  await mkdir(folder);
  for (const [name, rows] of Object.entries(tabs)) await writeFile(path.join(folder, `${name}.csv`), csvText(rows));
  await writeFile(path.join(folder, 'sawada.jpg'), await drawnPortrait(0));
  return folder;
}

describe('a value is quoted', () => {
  test.each([
    ['達成', '「達成」'],
    ['一行目\r\n二行目\u2028三行目\t終わり', '「一行目 二行目 三行目 終わり」'],
    ['赤\u001b[31m\u0007\u009b2J', '「赤[31m2J」'],
    ['\u202e逆さ\u2066\u200b', '「逆さ」'],
    ['\ud800', '「\ufffd」'],
    ['  端  ', '「端」'],
    ['𠮷'.repeat(30), `「${'𠮷'.repeat(30)}」`],
    ['𠮷'.repeat(31), `「${'𠮷'.repeat(30)}…」`],
    ['', '「」'],
  ])('%j as %s', (value, expected) => {
    expect(quoted(value)).toBe(expected);
  });
});

describe('for people', () => {
  const told = (findings: readonly Finding[], colour: boolean): string[] => {
    const lines: string[] = [];
    const io = { env: {}, words: wordsFor('ja_JP.UTF-8'), now: new Date(0), out: () => {}, colour };
    tellFindings(findings, { ...io, tell: (line) => lines.push(line) });
    return lines;
  };

  test('findings of the whole sheet come first, then department by department, with counts', () => {
    const notice: Finding = {
      ...finding,
      severity: 'notice',
      department: '総務部',
      cell: 'E2',
      value: '①\u001b[2J窓口',
    };
    const whole: Finding = { ...finding, tab: '設定', cell: null, column: null, department: null };
    expect(told([notice, finding, whole, { ...finding, severity: 'warning' }], false)).toEqual([
      '',
      '■ シート全体（エラー 1）',
      '  エラー 設定',
      '    基本方針が空です。',
      '    → 基本方針を入力してください。',
      '',
      '■ 総務部（お知らせ 1）',
      '  お知らせ 部 E2 （基本方針） 「①[2J窓口」',
      '    基本方針が空です。',
      '    → 基本方針を入力してください。',
      '',
      '■ 福祉部（エラー 1、注意 1）',
      '  エラー 部 E3 （基本方針）',
      '    基本方針が空です。',
      '    → 基本方針を入力してください。',
      '  注意 部 E3 （基本方針）',
      '    基本方針が空です。',
      '    → 基本方針を入力してください。',
    ]);
  });

  test('colour is for terminals only', () => {
    expect(told([finding], false).join('\n')).not.toContain('\u001b');
    expect(told([finding], true)).toContain('  \u001b[31mエラー\u001b[0m 部 E3 （基本方針）');
  });
});

describe('as a table to mail', () => {
  test('it is UTF-8 with BOM and CRLF, a line a record, and no cell is a formula', () => {
    const nasty = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1', '一行目\n"二行目",終わり', '\u202e=1'];
    const csv = findingsCsv(nasty.map((value) => ({ ...finding, value, department: value })));
    expect(csv.startsWith('\ufeff重要度,')).toBe(true);
    expect(csv.split('\r\n')).toHaveLength(nasty.length + 2);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    const records: string[][] = parse(csv, { bom: true });
    expect(records).toHaveLength(nasty.length + 1);
    for (const record of records.flat()) expect(record).not.toMatch(/^[=+\-@\t\r＝＋－＠]/u);
    expect(records[7]?.[5]).toBe('一行目 "二行目",終わり');
    expect(records[1]?.slice(0, 5)).toEqual(['エラー', "'=1+1", '部', 'E3', '基本方針']);
  });
});

describe('as annotations of GitHub', () => {
  test('a finding is one command, with what could end it escaped', () => {
    const odd = { ...finding, department: '福祉,部:二\n課', value: '100%\r\n::error::', message: '50%です。\n次' };
    expect(githubAnnotations([odd], 'a,b:c.xlsx')).toBe(
      '::error file=a%2Cb%3Ac.xlsx,title=福祉%2C部%3A二%0A課：missing-value::部 E3 「100%25 ::error::」：50%25です。%0A次基本方針を入力してください。\n',
    );
  });

  test('severities are GitHub’s own words, and a sheet without a file has none', () => {
    const lines = githubAnnotations(
      [
        { ...finding, severity: 'warning' },
        { ...finding, severity: 'notice', tab: null, cell: null, department: null },
      ],
      null,
    );
    expect(lines).toBe(
      '::warning title=福祉部：missing-value::部 E3：基本方針が空です。基本方針を入力してください。\n' +
        '::notice title=missing-value::基本方針が空です。基本方針を入力してください。\n',
    );
  });
});

describe('who is missing what', () => {
  const row = {
    department: '総務部',
    fiscalYear: 2024,
    filled: 3,
    required: 5,
    missing: [],
    fields: [
      { column: '部長名', filled: 1, blank: 0, error: 0 },
      { column: '総括', filled: 0, blank: 1, error: 0 },
      { column: '目標', filled: 1, blank: 1, error: 1 },
    ],
  };
  const words = wordsFor('ja');

  test('is a table of departments and columns, aligned for full-width characters', () => {
    const other = {
      ...row,
      department: '子ども未来部',
      fields: [
        { column: '部長名', filled: 0, blank: 0, error: 1 },
        { column: '目標', filled: 2, blank: 0, error: 0 },
      ],
    };
    expect(completenessTable([row, other], words)).toEqual([
      '組織          部長名  総括  目標',
      '総務部        ○      空    1/3 空1 誤1',
      '子ども未来部  誤      －    2/2',
    ]);
  });

  test('is nothing where nobody is missing anything', () => {
    expect(completenessTable([{ ...row, filled: 5 }], words)).toEqual([]);
  });

  test('names the years where there are two, and only those who lack something where there are many', () => {
    const complete = Array.from({ length: 60 }, () => ({ ...row, fiscalYear: 2025, filled: 5 }));
    expect(completenessTable([row, ...complete], words)).toHaveLength(2);
    expect(completenessTable([row, ...complete], words)[1]).toMatch(/^総務部（令和6年度） /u);
  });
});

const linesOf = ({ told }: { told: string }): string[] => told.trimEnd().split('\n');

describe('check', () => {
  test('says last what would be published and what not', async () => {
    const result = await runCommand(['check', '--source', await folderOf(at(fullTabs, '部', 'E3', ''))]);
    expect(result.status).toBe(1);
    expect(linesOf(result).at(-1)).toBe('公表：総務部、教育部　保留：福祉部');
    expect(linesOf(result).at(-2)).toBe('エラー 1件、注意 0件、お知らせ 0件');
  });

  test('with --json prints the document and nothing else', async () => {
    const { status, out, told } = await runCommand(['check', '--source', await folderOf(fullTabs), '--json']);
    expect(status).toBe(0);
    const { departments, ...document } = JSON.parse(out);
    expect(document).toEqual({ ok: true, counts: { error: 0, warning: 0, notice: 0 }, issues: [], changes: [] });
    expect(departments[0]).toEqual({
      id: 'somu',
      department: '総務部',
      fiscalYear: 2024,
      standing: 'published',
      showing: null,
    });
    expect(told).toBe('sheet を読み取っています。\n');
  });

  test('of a file that is not there keeps the shape of the document', async () => {
    const { status, out } = await runCommand(['check', '--source', '/nowhere.xlsx', '--json']);
    expect(status).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      counts: { error: 1, warning: 0, notice: 0 },
      issues: [{ severity: 'error', code: 'source-not-found', tab: null, cell: null }],
    });
  });

  test.each(['csv', 'github'])('with --format %s prints that alone', async (format) => {
    const source = await folderOf(at(fullTabs, '部', 'E3', ''));
    const { status, out } = await runCommand(['check', '--source', source, '--format', format]);
    expect(status).toBe(1);
    expect(out.trim().split('\n')).toHaveLength(format === 'csv' ? 2 : 1);
    expect(out).toContain('missing-value');
  });

  test.each([
    [['--format', 'xml'], '--format'],
    [['--format', 'csv', '--json'], '--json'],
  ])('refuses %s', async (options, word) => {
    const { status, told } = await runCommand(['check', '--source', await folderOf(fullTabs), ...options]);
    expect(status).toBe(2);
    expect(told).toContain(word);
  });

  test('holds the sheet against what was published', async () => {
    const place = await temporaryFolder();
    const state = path.join(place, 'state');
    const source = await folderOf(fullTabs);
    await runCommand(['build', '--source', source, '--out', path.join(place, 'site'), '--state', state]);
    const gone = await folderOf(withoutRows(withoutRows(fullTabs, '部', 3), '目標', 5, 6));
    const alone = await runCommand(['check', '--source', gone, '--json']);
    expect(JSON.parse(alone.out)).toMatchObject({ ok: true, issues: [] });
    const against = await runCommand(['check', '--source', gone, '--state', state, '--json']);
    expect(against.status).toBe(1);
    expect(JSON.parse(against.out)).toMatchObject({
      ok: false,
      issues: [{ code: 'department-gone', department: '福祉部' }],
    });
    const cleared = await folderOf(at(at(fullTabs, '部', 'E2', ''), '部', 'E3', ''));
    const blocked = await runCommand(['check', '--source', cleared, '--state', state]);
    expect(blocked.status).toBe(3);
    expect(linesOf(blocked).at(-1)).toBe('このままでは何も公表できません。');
  });

  test('refuses a place for state that is not there, which would look like a city that has published nothing', async () => {
    const { status } = await runCommand(['check', '--source', await folderOf(fullTabs), '--state', '/nowhere']);
    expect(status).toBe(2);
  });
});

test('build says who is missing what in its document', async () => {
  const place = await temporaryFolder();
  const source = await folderOf(at(fullTabs, '目標', 'D5', ''));
  const { out } = await runCommand(['build', '--source', source, '--out', path.join(place, 'site'), '--json']);
  expect(JSON.parse(out).completeness).toEqual([
    { department: '総務部', fiscalYear: 2024, filled: 12, required: 12, missing: [] },
    { department: '福祉部', fiscalYear: 2024, filled: 9, required: 10, missing: ['目標!D5'] },
    { department: '教育部', fiscalYear: 2024, filled: 10, required: 10, missing: [] },
  ]);
});

describe('check --reminders', () => {
  const withDeadline = {
    ...at(fullTabs, '目標', 'D5', ''),
    設定: [...fullTabs.設定, ['締切（結果）', '2025-04-30']],
    部: fullTabs.部.map((row, index) => [
      ...row,
      index === 0 ? '連絡先メール' : index === 2 ? 'fukushi@example.jp' : '',
    ]),
  };

  test('says who would be reminded, and sends nothing', async () => {
    const source = await folderOf(withDeadline);
    const { told } = await runCommand(['check', '--source', source, '--reminders', '--now', '2025-05-07']);
    expect(told).toContain('締切のお知らせ（2025年5月7日の分。');
    expect(told).toContain('福祉部｜保留｜1｜0｜送信予定');
    expect(told).not.toContain('@example.jp');
    const early = await runCommand(['check', '--source', source, '--reminders', '--now', '2025-04-22']);
    expect(early.told).toContain('締切のお知らせは、まだありません。');
    expect((await runCommand(['check', '--source', source, '--now', '2025-05-07'])).told).not.toContain('締切');
  });

  test('says so to programs, with the cells and without an address', async () => {
    const source = await folderOf(withDeadline);
    const { out } = await runCommand(['check', '--source', source, '--reminders', '--now', '2025-04-23', '--json']);
    expect(JSON.parse(out).reminders).toEqual({
      fiscalYear: 2024,
      phase: 'result',
      deadline: '2025-04-30',
      due: '2025-04-23',
      departments: [
        { department: '総務部', standing: 'published', cells: [], addresses: 0 },
        {
          department: '福祉部',
          standing: 'held',
          cells: [{ tab: '目標', cell: 'D5', column: '達成状況', kind: 'blank' }],
          addresses: 1,
        },
        { department: '教育部', standing: 'published', cells: [], addresses: 0 },
      ],
    });
    expect(out).not.toContain('@example.jp');
  });
});
