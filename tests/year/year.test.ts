import { describe, expect, test } from 'vitest';
import { inspect } from '../../lib/inspect.ts';
import { previewSite } from '../../lib/preview.ts';
import { publishAndTell } from '../../lib/publish.ts';
import { rollback } from '../../lib/release/rollback.ts';
import { readState } from '../../lib/release/state-file.ts';
import type { SheetReport } from '../../lib/staff/confirmation.ts';
import { planNewYear } from '../../lib/staff/new-year/new-year.ts';
import type { NightlyMail } from '../../lib/staff/nightly-mail.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { type Tabs, workbookOf } from '../support/workbook.ts';

/**
 * A city's year, step by step, as its people live it: after each step what is on the site, what is held, and what the staff are told. The
 * worst faults lie between features that are each right.
 */

type Row = readonly string[];

const departmentHeaders = [
  '部名',
  '部長名',
  '部長名（ふりがな）',
  '基本方針',
  '部の仕事',
  '総括',
  '公開',
  'URL名',
  '年度',
];
const goalHeaders = ['部名', '番号', '目標', '中間の状況', '中間報告', '達成状況', '説明', '年度'];

const kana: Readonly<Record<string, string>> = {
  総務部: 'somu',
  福祉部: 'fukushi',
  教育部: 'kyoiku',
  土木部: 'doboku',
};

function department(name: string, visibility: string, summary = '', year = ''): Row {
  return [
    name,
    `${name[0]} 花子`,
    'みほん はなこ',
    `${name}の方針`,
    `${name}の仕事`,
    summary,
    visibility,
    kana[name] ?? '',
    year,
  ];
}

/** A department of which only the name is written yet. */
const begun = (name: string): Row => [name, '', '', '', '', '', '', kana[name] ?? '', ''];

function goal(
  name: string,
  number: number,
  text: string,
  rest: { interim?: string; report?: string; result?: string; year?: string } = {},
): Row {
  return [name, String(number), text, rest.interim ?? '', rest.report ?? '', rest.result ?? '', '', rest.year ?? ''];
}

function sheet(year: string, phase: string, departments: readonly Row[], goals: readonly Row[]): Tabs {
  return {
    設定: [
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', year],
      ['段階', phase],
      ['問い合わせ先', '企画課'],
    ],
    部: [departmentHeaders, ...departments],
    目標: [goalHeaders, ...goals],
  };
}

/** A city with its sheet, its site, and what its staff are told. */
function city() {
  const stores = { site: memoryStore('site'), state: memoryStore('state') };
  const previews = memoryStore('previews');
  const told: { report: SheetReport | null; mail: NightlyMail | null } = { report: null, mail: null };
  const parsed = { count: 0 };
  const source = (workbook: Workbook) => ({
    name: 'sheet',
    read: async () => {
      parsed.count += 1;
      return {
        ok: true as const,
        workbook,
        version: null,
        requests: 1,
        answer: async (report: SheetReport) => {
          told.report = report;
          return { outcome: 'written' as const, failure: null };
        },
      };
    },
  });
  const everything = (): string =>
    [...stores.site.objects.values()].map(({ body }) => new TextDecoder().decode(body)).join('\n');
  /** Texts that only a preview may say: what the sheet says of those who are not published, and of nobody else. */
  const unpublished = async (tabs: Tabs, now: Date): Promise<string[]> => {
    const inspection = inspect(workbookOf(tabs), now);
    if (inspection.kind === 'unusable') return [];
    const published = (await readState(stores.state))?.state.published ?? null;
    const { departments } = previewSite(inspection, published, now).preview;
    const textsOf = (isOut: boolean): string[] =>
      departments
        .filter(({ standing }) => (standing === 'published') === isOut)
        .flatMap(({ differences }) => differences.flatMap(({ after }) => after ?? []));
    const known = [everything(), ...textsOf(true)].join('\n');
    return textsOf(false).filter((text) => text.length >= 6 && !known.includes(text));
  };
  return {
    stores,
    previews,
    told,
    parsed,
    async night(tabs: Tabs, day: string) {
      told.mail = null;
      const now = new Date(`${day}T19:00:00Z`);
      const hidden = await unpublished(tabs, now);
      const night = { night: day, reminderDays: 7, sheetUrl: 'https://sheet.example/', siteUrl: null, event: day };
      const report = await publishAndTell(
        { source: source(workbookOf(tabs)), stores, siteUrl: null },
        { now },
        {
          reason: 'nightly',
          mail: {
            send: async (mail) => {
              told.mail = mail;
            },
            options: night,
          },
          preview: { store: previews, url: 'https://site.example/preview/' },
        },
      );
      // After every step: nothing of a draft and nothing of a preview is among what the public can read.
      const said = everything();
      for (const text of hidden) expect(said).not.toContain(text);
      expect([...stores.site.objects.keys()].filter((key) => /^(?:changes|preview)\//u.test(key))).toEqual([]);
      expect(said).not.toMatch(/公表前の確認用|no-referrer/u);
      for (const token of this.tokens()) {
        expect(said).not.toContain(token);
        expect(JSON.stringify(told.mail)).not.toContain(token);
      }
      return report;
    },
    /** The secret parts of the addresses under which previews lie. */
    tokens(): string[] {
      return [...new Set([...previews.objects.keys()].map((key) => key.split('/')[0] ?? ''))];
    },
    /** A page of the preview. */
    preview(path: string): string {
      return new TextDecoder().decode(previews.objects.get(`${this.tokens()[0]}/${path}`)?.body);
    },
    /** Names of the departments on the page of a year, in its order. */
    shown(year: number): string[] {
      const json = stores.site.objects.get(`data/v1/${year}.json`);
      if (json === undefined) return [];
      const dataset = JSON.parse(new TextDecoder().decode(json.body));
      return dataset.departments.map(({ name }: { name: string }) => name);
    },
    data(year: number) {
      return JSON.parse(new TextDecoder().decode(stores.site.objects.get(`data/v1/${year}.json`)?.body));
    },
    page(path: string): string {
      return new TextDecoder().decode(stores.site.objects.get(path)?.body);
    },
    everything,
  };
}

const standing = (report: SheetReport | null) =>
  Object.fromEntries((report?.standings ?? []).map((one) => [one.department, one.standing]));

const names = ['総務部', '福祉部', '教育部'];
const plans = names.flatMap((name) => [goal(name, 1, `${name}の目標の一`), goal(name, 2, `${name}の目標の二`)]);
const secret = '下書きの秘密の目標';

/** The tabs with the cells of the new year written into them. */
function nextYearOf(tabs: Tabs, now: Date): Tabs {
  const plan = planNewYear(workbookOf(tabs), now);
  if (plan.kind !== 'planned') throw new Error(plan.kind);
  return Object.fromEntries(
    Object.entries(tabs).map(([tab, rows]) => {
      const written = rows.map((row) => [...row]);
      for (const { row, column, after } of plan.cells.filter((cell) => cell.tab === tab)) {
        while (written.length <= row) written.push([]);
        const cells = written[row] ?? [];
        while (cells.length <= column) cells.push('');
        cells[column] = after;
      }
      return [tab, written];
    }),
  );
}

describe('a year of a city', () => {
  test('from the first draft to a correction of last year', async () => {
    const it = city();

    // April: two departments have begun, nothing may be public yet.
    const first = await it.night(
      sheet('令和6年度', '目標', [begun('総務部'), begun('福祉部'), begun('教育部')], [goal('総務部', 1, secret)]),
      '2024-04-08',
    );
    expect(first).toMatchObject({ outcome: 'published', published: [], held: [] });
    expect(it.shown(2024)).toEqual([]);
    expect(it.everything()).not.toContain(secret);
    expect(it.told.report?.held).toEqual([]);
    expect(standing(it.told.report)).toEqual({ 総務部: 'draft', 福祉部: 'draft', 教育部: 'draft' });
    expect(it.preview('changes/index.html')).toContain(secret);
    expect(it.told.report?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);

    // May: the plan of two is out, the third is still being written.
    const plan = [department('総務部', '公開'), department('福祉部', '公開'), begun('教育部')];
    const may = await it.night(sheet('令和6年度', '目標', plan, plans), '2024-05-10');
    expect(may).toMatchObject({ outcome: 'published', published: ['somu', 'fukushi'], held: [] });
    expect(it.shown(2024)).toEqual(['総務部', '福祉部']);
    const all = names.map((name) => department(name, '公開'));
    expect((await it.night(sheet('令和6年度', '目標', all, plans), '2024-05-20')).held).toEqual([]);
    expect(it.shown(2024)).toEqual(names);
    expect(it.data(2024)).toMatchObject({ phase: 'plan', tally: { unrated: 6, total: 6 } });

    // October: the middle of the year. One has forgotten a status: that one is held, and the page says so.
    const interim = plans.map(([name = '', number, text = '']) =>
      goal(name, Number(number), text, { interim: '進行中', report: `${text}の途中` }),
    );
    const forgotten = interim.map((row, index) => (index === 4 ? row.with(3, '') : row));
    const october = await it.night(sheet('令和6年度', '中間', all, forgotten), '2024-10-10');
    expect(october).toMatchObject({ outcome: 'published', held: [{ department: '教育部', showing: '2024-05-21' }] });
    expect(it.page('2024/index.html')).toContain('最新の内容は確認中です');
    expect(it.told.mail?.body).toContain('教育部');
    expect(it.told.mail?.body).toContain('掲載を保留しています');
    await it.night(sheet('令和6年度', '中間', all, interim), '2024-10-11');
    expect(it.data(2024)).toMatchObject({ phase: 'interim', tally: { 'in-progress': 6 } });
    expect(it.page('2024/index.html')).not.toContain('最新の内容は確認中です');

    // March: results come department by department. Those who are not ready go back to 下書き: nothing is held, nothing is blocked.
    const result = (name: string, done: boolean): Row[] =>
      interim.filter(([of]) => of === name).map((row) => (done ? row.with(5, '達成') : row));
    const march = await it.night(
      sheet(
        '令和6年度',
        '結果',
        [department('総務部', '公開', '総務部の総括'), department('福祉部', '下書き'), department('教育部', '下書き')],
        [...result('総務部', true), ...result('福祉部', false), ...result('教育部', false)],
      ),
      '2025-03-25',
    );
    expect(march).toMatchObject({ outcome: 'published', held: [] });
    expect(it.shown(2024)).toEqual(names);
    expect(it.page('2024/index.html')).not.toContain('最新の内容は確認中です');
    expect(it.told.report?.held).toEqual([]);
    expect(standing(it.told.report)).toEqual({ 総務部: 'published', 福祉部: 'draft', 教育部: 'draft' });
    // The middle of the year stands beside the result.
    expect(it.data(2024).departments[0].goals[0]).toMatchObject({
      status: 'achieved',
      interim: { status: 'in-progress', report: '総務部の目標の一の途中' },
    });

    // All out.
    const done = names.map((name) => department(name, '公開', `${name}の総括`));
    const results = names.flatMap((name) => result(name, true));
    await it.night(sheet('令和6年度', '結果', done, results), '2025-03-31');
    expect(it.data(2024)).toMatchObject({ phase: 'result', tally: { achieved: 6 } });

    // April again, the slip that everybody makes: only 設定 was changed. Nothing of last year becomes this year's.
    const slip = await it.night(sheet('令和7年度', '目標', done, results), '2025-04-07');
    expect(slip.held.map(({ department: name, showing }) => [name, showing])).toEqual(
      names.map((name) => [name, null]),
    );
    expect(slip.issues.filter(({ code }) => code === 'same-as-last-year')).toHaveLength(1);
    expect(it.shown(2025)).toEqual([]);
    expect(it.shown(2024)).toEqual(names);

    // The new year beside the old one, whose rows say their year.
    const oldDepartments = names.map((name) => department(name, '公開', `${name}の総括`, '令和6年度'));
    const oldGoals = results.map((row) => row.with(7, '令和6年度'));
    const newGoals = [goal('総務部', 1, '新しい年度の目標'), goal('福祉部', 1, secret)];
    const beside = (summary = '総務部の総括'): Tabs =>
      sheet(
        '令和7年度',
        '目標',
        [
          department('総務部', '公開', '', '令和7年度'),
          department('福祉部', '下書き', '', '令和7年度'),
          ...oldDepartments.map((row) => (row[0] === '総務部' ? row.with(5, summary) : row)),
        ],
        [...newGoals.map((row) => row.with(7, '令和7年度')), ...oldGoals],
      );
    const next = await it.night(beside(), '2025-04-20');
    expect(next).toMatchObject({ outcome: 'published', held: [] });
    expect([it.shown(2025), it.shown(2024)]).toEqual([['総務部'], names]);
    expect(it.everything()).not.toContain(secret);
    expect(it.page('index.html')).toContain('新しい年度の目標');
    const before = it.data(2024);

    // A correction of last year changes that and nothing else.
    const corrected = await it.night(beside('総務部の総括を改めました'), '2025-05-07');
    expect(corrected.changes.map(({ fiscalYear, departmentId, kind }) => [fiscalYear, departmentId, kind])).toEqual([
      [2024, 'somu', 'updated'],
    ]);
    expect(it.data(2024).departments[0]).toMatchObject({ summary: '総務部の総括を改めました', updated: '2025-05-08' });
    expect(it.data(2024).departments[1]).toEqual(before.departments[1]);

    // And is taken back by the IT office: the site says what it said, and stays so until somebody lets it go on.
    expect(next.release).not.toBeNull();
    await rollback(it.stores, next.release ?? '', { now: new Date('2025-05-08T01:00:00Z') });
    expect(it.data(2024)).toEqual(before);
    const pinned = await it.night(beside('総務部の総括を改めました'), '2025-05-08');
    expect(pinned).toMatchObject({ outcome: 'blocked' });
    expect(it.data(2024)).toEqual(before);
    expect(it.everything()).not.toContain(secret);
  });

  test('the next year in one step: nothing is public or held before somebody says so, and last year stays', async () => {
    const it = city();
    const done = names.map((name) => department(name, '公開', `${name}の総括`));
    const results = plans.map(([name = '', number, text = '']) => goal(name, Number(number), text, { result: '達成' }));
    const year = sheet('令和6年度', '結果', done, results);
    await it.night(year, '2025-03-31');
    const before = it.data(2024);

    const begun = nextYearOf(year, new Date('2025-04-01T00:00:00Z'));
    const first = await it.night(begun, '2025-04-01');
    expect(first).toMatchObject({ outcome: 'unchanged', held: [] });
    expect(it.data(2024)).toEqual(before);
    expect(it.shown(2025)).toEqual([]);
    expect(it.told.report?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(
      it.told.report?.standings.filter(({ fiscalYear }) => fiscalYear === 2025).map((one) => one.standing),
    ).toEqual(['draft', 'draft', 'draft']);

    // The first goals, and the first department that is ready.
    const rows = begun['部'] ?? [];
    const ready: Tabs = {
      ...begun,
      部: rows.map((row, index) => (index === names.length + 1 ? row.with(6, '公開') : row)),
      目標: [
        ...(begun['目標'] ?? []),
        goal('総務部', 1, '新しい年度の目標', { year: '令和7年度' }),
        goal('福祉部', 1, secret, { year: '令和7年度' }),
      ],
    };
    expect(await it.night(ready, '2025-04-20')).toMatchObject({ outcome: 'published', held: [] });
    expect([it.shown(2025), it.shown(2024)]).toEqual([['総務部'], names]);
    expect(it.data(2024)).toEqual(before);
    expect(it.page('index.html')).toContain('令和6年度の目標と結果を見る');
    expect(it.everything()).not.toContain(secret);
    expect(planNewYear(workbookOf(ready), new Date('2025-04-21T00:00:00Z')).kind).toBe('begun');
  });

  test('a run reads and parses its sheet once', async () => {
    const it = city();
    await it.night(
      sheet(
        '令和6年度',
        '目標',
        names.map((name) => department(name, '公開')),
        plans,
      ),
      '2024-05-10',
    );
    expect(it.parsed.count).toBe(1);
  });
});

describe('決裁', () => {
  const withApproval = (cells: readonly string[], text = '総務部の目標の一'): Tabs => {
    const departments = names.map((name, index) => [...department(name, '公開'), cells[index] ?? '']);
    const goals = plans.map((row, index) => (index === 0 ? row.with(2, text) : row));
    const tabs = sheet('令和6年度', '目標', departments, goals);
    return { ...tabs, 部: [[...departmentHeaders, '決裁'], ...departments] };
  };

  test('approves the content: a change waits for the cell to change too, and what it says is never public', async () => {
    const it = city();
    const first = await it.night(withApproval(['第77号', '', '緊急']), '2024-05-10');
    expect(first).toMatchObject({ published: ['somu', 'kyoiku'], held: [] });
    expect(standing(it.told.report)).toEqual({ 総務部: 'published', 福祉部: 'awaiting-approval', 教育部: 'published' });
    expect(first.issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual(
      expect.arrayContaining(['notice awaiting-approval', 'warning urgent-approval']),
    );
    expect(it.data(2024).departments.map(({ approval }: { approval: string }) => approval)).toEqual([
      'approved',
      'urgent',
    ]);
    expect(it.told.mail?.body).toContain(
      '● 福祉部\n・令和6年度：決裁を待っています。サイトには、まだ何も表示していません。',
    );
    expect(it.told.mail?.body).toContain('■ 公表した内容\n\n● 総務部（令和6年度）\n・新しく掲載しました。');
    const [firstToken] = it.tokens();

    const changed = await it.night(withApproval(['第77号', '', '緊急'], '書き換えた目標'), '2024-05-11');
    expect(changed.held.map(({ department: name }) => name)).toEqual(['総務部']);
    expect(changed.issues.map(({ code }) => code)).toContain('changed-after-approval');
    expect(it.everything()).not.toContain('書き換えた目標');
    const changes = it.preview('changes/index.html');
    expect(changes).toContain('保留の理由：部シートのJ2：決裁のあとに内容が変わったため、この部の掲載を保留します。');
    expect(changes).toMatch(/目標1の文<\/th>.*書き換えた/u);
    // 緊急 is named every night, though nothing else of it is new.
    expect(it.told.mail?.body).toContain('決裁の欄が「緊急」のままです（「部」シートのJ4）');

    const again = await it.night(withApproval(['第78号', '第79号', '緊急'], '書き換えた目標'), '2024-05-12');
    expect(again).toMatchObject({ held: [], published: ['somu', 'fukushi', 'kyoiku'] });
    expect(again.differences).toContainEqual(
      expect.objectContaining({
        departmentId: 'somu',
        differences: [{ goal: 1, field: 'text', label: '文', before: '総務部の目標の一', after: '書き換えた目標' }],
      }),
    );
    expect(it.told.mail?.body).toContain('・目標1の文\n　変更前：総務部の目標の一\n　変更後：書き換えた目標');
    expect(it.told.mail?.body).toContain('■ 解消したこと');
    expect(it.everything()).toContain('書き換えた目標');
    expect(it.everything()).not.toMatch(/第7[789]号|緊急/u);
    // The record of the release keeps what the cell said; the preview of before the publication is gone.
    const state = (await readState(it.stores.state))?.state;
    expect(state?.records[0]?.changes.map(({ departmentId, approvedBy }) => [departmentId, approvedBy])).toEqual([
      ['somu', '第78号'],
      ['fukushi', '第79号'],
    ]);
    expect(it.tokens()).toHaveLength(1);
    expect(it.tokens()).not.toContain(firstToken);
    const urgent = await it.night(withApproval(['第78号', '第79号', '緊急'], '書き換えた目標'), '2024-05-13');
    expect(urgent.outcome).toBe('unchanged');
    expect(it.told.mail?.body).toContain('緊急');
    await it.night(withApproval(['第78号', '第79号', '第80号'], '書き換えた目標'), '2024-05-14');
    expect(it.told.mail?.body).toContain('■ 解消したこと');
    await it.night(withApproval(['第78号', '第79号', '第80号'], '書き換えた目標'), '2024-05-15');
    expect(it.told.mail).toBeNull();
  });
});

test('a page that counts fewer departments than the sheet says so where the city wants it, and names nobody', async () => {
  const it = city();
  const tabs = (said: string): Tabs => {
    const all = [department('総務部', '公開'), department('福祉部', '下書き'), begun('教育部')];
    const one = sheet('令和6年度', '目標', all, plans);
    return { ...one, 設定: [...(one['設定'] ?? []), ['準備中の数', said]] };
  };
  await it.night(tabs(''), '2024-05-10');
  expect(it.page('2024/index.html')).not.toContain('準備中');
  await it.night(tabs('示す'), '2024-05-11');
  expect(it.page('2024/index.html')).toContain('このほか、2の部が準備中です。');
  expect(it.everything()).not.toMatch(/福祉部|教育部/u);
});

test('what is inspected is a value: the same workbook gives the same findings', () => {
  const workbook = workbookOf(sheet('令和6年度', '目標', names.map(begun), plans));
  const now = new Date('2024-05-10T00:00:00Z');
  expect(inspect(workbook, now)).toEqual(inspect(workbook, now));
});
