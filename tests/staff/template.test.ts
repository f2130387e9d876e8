import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, type WorkSheet } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { settle } from '../../lib/goals/settle/settle.ts';
import { validate } from '../../lib/goals/validate.ts';
import { parseWorkbookFile } from '../../lib/sources/xlsx/workbook-file.ts';
import { guide } from '../../lib/staff/guide.ts';
import { templateTabs } from '../../lib/staff/template/template.ts';
import { templateWorkbook } from '../../lib/staff/template/workbook-file.ts';
import { defaultScheme, schemeOf } from '../../lib/text/scheme.ts';
import { guideTabName, reportTabName } from '../../lib/workbook/columns.ts';
import { parseWorkbook } from '../../lib/workbook/parse.ts';
import type { Sheet } from '../../lib/workbook/workbook.ts';
import { libreOffice, savedByLibreOffice } from '../support/libre-office.ts';
import { printed } from '../support/printed-workbook.ts';

const tabs = templateTabs(defaultScheme);

/** Texts of a row, from 1. */
function rowTexts(sheet: WorkSheet | undefined, row: number): string[] {
  return Object.entries(sheet ?? {})
    .filter(([address]) => new RegExp(`^[A-Z]+${row}$`, 'u').test(address))
    .map(([, cell]) => String(cell?.w ?? cell?.v ?? ''))
    .filter((text) => text !== '');
}

describe('templateWorkbook', () => {
  const bytes = templateWorkbook();
  const workbook = read(bytes, { cellFormula: true });

  it('has every tab, with the guide first and the report last', () => {
    expect(workbook.SheetNames).toEqual([
      guideTabName,
      ...['設定', '部', '目標', '指標', '項目', '選択肢', '評価', '組織の変遷'],
      reportTabName,
    ]);
  });

  it.each(tabs)('has every column of $name once', (tab) => {
    const headers = rowTexts(workbook.Sheets[tab.name], 1);
    expect(headers.toSorted()).toEqual(tab.columns.map(({ definition }) => definition.header).toSorted());
  });

  it('has every item of 設定 once, with nothing filled in', () => {
    const settings = tabs[0]?.settings ?? [];
    const rows = settings.map((_, index) => rowTexts(workbook.Sheets['設定'], index + 2));
    expect(rows).toEqual(settings.map(({ definition }) => [definition.header]));
    expect(rows.length).toBeGreaterThan(6);
  });

  it('holds no row that could be published', () => {
    for (const { name, key } of tabs) {
      if (key !== 'settings' && key !== 'choices') expect(rowTexts(workbook.Sheets[name], 2)).toEqual([]);
    }
  });

  it('holds no formula', () => {
    const formulas = Object.values(workbook.Sheets).flatMap((sheet) =>
      Object.values(sheet).filter((cell) => typeof cell === 'object' && cell !== null && 'f' in cell),
    );
    expect(formulas).toEqual([]);
  });

  it('explains every column and setting in a note', () => {
    for (const tab of tabs) {
      const sheet = workbook.Sheets[tab.name] ?? {};
      const notes = Object.values(sheet).flatMap((cell) => (cell?.c ? [String(cell.c[0]?.t)] : []));
      expect(notes.toSorted()).toEqual([...tab.columns, ...tab.settings].map(({ note }) => note).toSorted());
    }
  });

  it('is printed on A4 with its headers on each sheet, in letters that can be read', () => {
    expect(printed(bytes)).toEqual(
      new Map(
        workbook.SheetNames.map((name) => [
          name,
          {
            paper: 'A4, on its side',
            repeated: name === guideTabName || name === reportTabName ? null : `'${name}'!$A:$A,'${name}'!$1:$1`,
            isReadable: true,
          },
        ]),
      ),
    );
  });

  it('gives the same bytes in every run and time zone', () => {
    const print = `
      import { templateWorkbook } from ${JSON.stringify(new URL('../../lib/staff/template/workbook-file.ts', import.meta.url).href)};
      process.stdout.write(Buffer.from(templateWorkbook()).toString('base64'));`;
    const elsewhere = execFileSync(process.execPath, ['--input-type=module', '--eval', print], {
      env: { ...process.env, TZ: 'America/Adak' },
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    expect(elsewhere).toBe(Buffer.from(bytes).toString('base64'));
  });

  it('leaves the cells for staff open and locks headers', () => {
    const files = unzipSync(bytes);
    const styles = strFromU8(files['xl/styles.xml'] ?? new Uint8Array());
    const locked = [...styles.matchAll(/<protection locked="([01])"\/>/gu)].map(([, value]) => value === '1');
    const departments = strFromU8(files['xl/worksheets/sheet3.xml'] ?? new Uint8Array());
    const columnsOfTab = tabs.find(({ key }) => key === 'departments')?.columns ?? [];
    const headers = [...departments.matchAll(/<c r="[A-Z]+1" s="(\d+)"/gu)].map(([, style]) => locked[Number(style)]);
    const columns = [...departments.matchAll(/<col [^>]*style="(\d+)"/gu)].map(([, style]) => locked[Number(style)]);
    expect(headers).toEqual(columnsOfTab.map(() => true));
    expect(columns).toEqual([...columnsOfTab.map(() => false), false]);
    expect(departments).toContain('<sheetProtection sheet="1"');
    expect(departments).toContain('state="frozen"');
  });

  it('asks for no more text in a drop-down than Excel takes', () => {
    const files = Object.entries(unzipSync(bytes)).filter(([path]) => path.startsWith('xl/worksheets/sheet'));
    const validations = files.flatMap(([, body]) => [
      ...strFromU8(body).matchAll(/<dataValidation .*?<\/dataValidation>/gu),
    ]);
    expect(validations).toHaveLength(14);
    for (const [validation] of validations) {
      expect(/error="([^"]*)"/u.exec(validation)?.[1]?.length).toBeLessThanOrEqual(225);
      expect(/<formula1>(.*)<\/formula1>/u.exec(validation)?.[1]?.length).toBeLessThanOrEqual(255);
    }
  });

  it('is read without a finding of form once it is filled in, and what it comes with publishes nothing', async () => {
    const parsed = await parseWorkbookFile(bytes, 'template.xlsx');
    if (!parsed.ok) throw new Error(parsed.failure.message);
    const empty = parseWorkbook(parsed.workbook);
    expect(empty.findings).toEqual([]);
    expect(empty.rows?.departments.rows).toEqual([]);
    expect(empty.rows?.goals.rows).toEqual([]);

    const fill = (tab: string, rows: readonly Readonly<Record<string, string>>[]) => (sheet: Sheet) => {
      if (sheet.name !== tab) return sheet;
      const [header = []] = sheet.rows;
      return { ...sheet, rows: [header, ...rows.map((row) => header.map((name) => row[name] ?? ''))] };
    };
    const department = {
      部名: '環境部',
      部長名: '見本 花子',
      '部長名（ふりがな）': 'みほん はなこ',
      基本方針: '方針',
      部の仕事: '仕事',
      総括: '総括',
    };
    const settings = [
      { 項目: '自治体名', 値: '見本市' },
      { 項目: '年度', 値: '令和6年度' },
    ];
    const filledIn = (visibility: string) => ({
      sheets: parsed.workbook.sheets
        .map(fill('設定', settings))
        .map(fill('部', [{ ...department, 公開: visibility }]))
        .map(fill('目標', [{ 部名: '環境部', 目標: '点検します', 達成状況: '達成' }])),
    });
    const publish = (visibility: string) => {
      const { rows } = parseWorkbook(filledIn(visibility));
      if (rows === null) throw new Error('The filled-in template cannot be read.');
      const sheet = validate(rows, new Date('2025-04-01T00:00:00Z'));
      if (sheet.settings === null) throw new Error('The settings cannot be read.');
      const { settings: known, ...rest } = sheet;
      return {
        findings: sheet.findings,
        settled: settle({ ...rest, settings: known }, null, new Date('2025-04-01T00:00:00Z')),
      };
    };
    const names = ({ settled }: ReturnType<typeof publish>) =>
      settled.published.years.flatMap(({ departments }) => departments.map(({ department: { name } }) => name));
    expect(publish('公開').findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
    expect(names(publish('公開'))).toEqual(['環境部']);
    expect(names(publish(''))).toEqual([]);
  });

  it.skipIf(!libreOffice)('opens in LibreOffice with its notes, drop-downs and colours', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mokuhyo-template-'));
    try {
      writeFileSync(join(folder, 'template.xlsx'), bytes);
      await savedByLibreOffice([join(folder, 'template.xlsx')], folder, 'fods');
      const opened = readFileSync(join(folder, 'template.fods'), 'utf8');
      const notes = tabs.reduce((sum, { columns, settings }) => sum + columns.length + settings.length, 0);
      expect(opened.match(/<office:annotation /gu)).toHaveLength(notes);
      expect(opened.match(/<table:content-validation /gu)).toHaveLength(14);
      expect(opened).toContain('cell-content-is-in-list(&quot;公開&quot;;&quot;下書き&quot;;&quot;取下げ&quot;)');
      expect(opened).toContain('cell-content-is-in-list([$部.$A$2:.$A$1000])');
      expect(opened).toContain('SEARCH(&quot;未達成&quot;;[.$D2])');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('in the words of a city', () => {
  const city = schemeOf({ unit: '局', head: null, name: '局長マニフェスト' });

  it('names nothing by another city’s words', () => {
    const files = unzipSync(templateWorkbook(city));
    const text = Object.values(files)
      .map((file) => strFromU8(file))
      .join('\n');
    expect(text).toContain('局長名');
    expect(text).toContain('局長マニフェスト 記入の手引き');
    expect(text).not.toMatch(/部長|部名|(?<![一全内])部(?!分)/u);
  });
});

describe('guide', () => {
  it('names every tab and word that staff meet', () => {
    const text = guide(defaultScheme)
      .map((line) => line.text)
      .join('\n');
    for (const word of ['設定', '部', '目標', '選択肢', '確認結果', '公開', '下書き', '取下げ', '今すぐ公開', '総括']) {
      expect(text).toContain(word);
    }
  });
});
