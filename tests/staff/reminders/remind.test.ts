import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { settle } from '../../../lib/goals/settle/settle.ts';
import { inspect } from '../../../lib/inspect.ts';
import type { Letter, Links } from '../../../lib/staff/reminders/letters.ts';
import { dryRun, type Reminded, type Reminding, remind, type Sent } from '../../../lib/staff/reminders/remind.ts';
import { memoryStore } from '../../../lib/stores/memory.ts';
import type { ObjectStore } from '../../../lib/stores/store.ts';
import { at, fullTabs } from '../../findings/sheet.ts';
import { Killed, Life } from '../../support/kill-points.ts';
import { type Tabs, workbookOf } from '../../support/workbook.ts';

/** 総務部 has an address and a blank cell, 福祉部 two addresses and a wrong one, 教育部 a blank cell and no address. */
const owingTabs: Tabs = [
  ['目標', 'D2', ''],
  ['目標', 'D5', 'まあまあ'],
  ['部', 'G3', ''],
  ['目標', 'D8', ''],
].reduce<Tabs>((all, [tab = '', cell = '', text = '']) => at(all, tab, cell, text), {
  ...fullTabs,
  設定: [...fullTabs.設定, ['締切（結果）', '2025-04-30']],
  部: fullTabs.部.map((row, index) => [
    ...row,
    ['連絡先メール', 'somu@example.jp', 'fukushi@example.jp、fukushi2@example.jp', ''][index] ?? '',
  ]),
});

const links: Links = {
  sheetUrl: 'https://docs.google.com/spreadsheets/d/sheet/edit',
  gidOf: (tab) => new Map([['目標', 7]]).get(tab),
  preview: { url: 'https://site.example/preview/0123/', until: '2025-05-05' },
};

interface Night {
  readonly day: string;
  readonly tabs?: Tabs;
  readonly store: ObjectStore;
  /** What becomes of a sending. */
  readonly becomes?: (to: string) => Sent;
  readonly isTimeUp?: () => boolean;
}

/** All that was sent, in order: `somu@example.jp`, `coordinator`, `webhook`. */
interface Outcome {
  readonly to: readonly string[];
  readonly letters: ReadonlyMap<string, Letter>;
  readonly reminded: Reminded;
}

/** @param to is filled while the night goes on, so that it says what was sent before a run died */
async function night({ day, tabs = owingTabs, store, becomes, isTimeUp }: Night, to: string[] = []): Promise<Outcome> {
  const now = new Date(`${day}T04:00:00+09:00`);
  const inspection = inspect(workbookOf(tabs), now);
  if (inspection.kind !== 'usable') throw new Error('The sheet cannot be used.');
  const letters = new Map<string, Letter>();
  const take = async (receiver: string, letter: Letter): Promise<Sent> => {
    to.push(receiver);
    letters.set(receiver, letter);
    return becomes?.(receiver) ?? { outcome: 'sent' };
  };
  const reminding: Reminding = {
    state: store,
    sendMail: take,
    mailCoordinator: (letter) => take('coordinator', letter),
    postSummary: (letter) => take('webhook', letter),
    run: randomUUID(),
    isTimeUp: isTimeUp ?? (() => false),
  };
  const { standings } = settle(inspection.sheet, null, now);
  return { to, letters, reminded: await remind(inspection.sheet, standings, links, reminding, now) };
}

const everybody = ['somu@example.jp', 'fukushi@example.jp', 'fukushi2@example.jp', 'coordinator', 'webhook'];

describe('is sent once', () => {
  test('for each day of reminders, however many runs there are, and again on the next', async () => {
    const store = memoryStore('state');
    const sent: Record<string, readonly string[]> = {};
    for (const day of [
      '2025-04-22',
      '2025-04-23',
      '2025-04-23',
      '2025-04-24',
      '2025-04-30',
      '2025-05-01',
      '2025-05-07',
    ])
      sent[`${day} ${Object.keys(sent).filter((key) => key.startsWith(day)).length}`] = (
        await night({ day, store })
      ).to;
    expect(sent).toEqual({
      '2025-04-22 0': [],
      '2025-04-23 0': everybody,
      '2025-04-23 1': [],
      '2025-04-24 0': [],
      '2025-04-30 0': everybody,
      '2025-05-01 0': [],
      '2025-05-07 0': everybody,
    });
  });

  test('wherever a run dies, and none but the one that was under way is lost', async () => {
    const whole = new Life(null);
    await night({ day: '2025-04-30', store: whole.over(memoryStore('state')) });
    expect(whole.operations).toBeGreaterThan(10);
    let lost = 0;
    for (let operation = 1; operation <= whole.operations; operation += 1) {
      for (const when of ['before', 'after'] as const) {
        const store = memoryStore('state');
        const to: string[] = [];
        const life = new Life({ operation, when });
        await expect(night({ day: '2025-04-30', store: life.over(store) }, to)).rejects.toBeInstanceOf(Killed);
        await night({ day: '2025-04-30', store }, to);
        await night({ day: '2025-05-01', store }, to);
        const place = `${when} operation ${operation}: ${to.join(' ')}`;
        expect(new Set(to).size, place).toBe(to.length);
        expect(to.length, place).toBeGreaterThanOrEqual(everybody.length - 1);
        lost += everybody.length - to.length;
      }
    }
    // A run that died right after it had said what it was about to send.
    expect(lost).toBe(everybody.length);
  });

  test('where two runs go on at the same time', async () => {
    const store = memoryStore('state');
    const to: string[] = [];
    await Promise.all([night({ day: '2025-04-30', store }, to), night({ day: '2025-04-30', store }, to)]);
    expect(to.toSorted()).toEqual(everybody.toSorted());
  });

  test('after a night on which nothing ran, by the next', async () => {
    const store = memoryStore('state');
    await night({ day: '2025-04-23', store });
    const late = await night({ day: '2025-05-02', store });
    expect(late.to).toEqual(everybody);
    expect(late.letters.get('somu@example.jp')?.subject).toBe(
      '【目標】締切（4月30日）を過ぎています（ご記入のお願い）',
    );
    expect((await night({ day: '2025-05-03', store })).to).toEqual([]);
  });

  test('and anew where the deadline has moved', async () => {
    const store = memoryStore('state');
    await night({ day: '2025-04-30', store });
    const moved = { ...owingTabs, 設定: [...fullTabs.設定, ['締切（結果）', '2025-05-07']] };
    expect((await night({ day: '2025-05-01', tabs: moved, store })).to).toEqual(everybody);
  });
});

describe('what goes wrong with one stops no other', () => {
  test('an address that is refused is told to the coordinator, and not tried again', async () => {
    const store = memoryStore('state');
    const becomes = (to: string): Sent =>
      to === 'fukushi@example.jp' ? { outcome: 'refused', code: 'MessageRejected' } : { outcome: 'sent' };
    const first = await night({ day: '2025-04-30', store, becomes });
    expect(first.to).toEqual(everybody);
    expect(first.reminded).toEqual({ outcome: 'done', sent: 2, refused: 1, failures: 0, codes: ['MessageRejected'] });
    expect(first.letters.get('coordinator')?.body).toContain('福祉部｜保留｜1｜1｜宛先不可');
    expect(first.letters.get('coordinator')?.body).toContain('教育部｜保留｜1｜0｜連絡先なし');
    expect(first.letters.get('webhook')).toEqual(first.letters.get('coordinator'));
    expect((await night({ day: '2025-05-01', store })).to).toEqual([]);
  });

  test('where every address is refused, it is for the operators', async () => {
    const becomes = (to: string): Sent =>
      to.includes('@') ? { outcome: 'refused', code: 'MessageRejected' } : { outcome: 'sent' };
    const { reminded } = await night({ day: '2025-04-30', store: memoryStore('state'), becomes });
    expect(reminded).toMatchObject({ sent: 0, refused: 3, failures: 3 });
  });

  test('a mail that failed is sent the next night; one of which nothing is known is not', async () => {
    const store = memoryStore('state');
    const outcomes: Record<string, Sent> = {
      'somu@example.jp': { outcome: 'failed', code: 'TooManyRequestsException' },
      'fukushi2@example.jp': { outcome: 'unknown', code: 'ECONNRESET' },
      webhook: { outcome: 'failed', code: 'webhook-500' },
    };
    const first = await night({ day: '2025-04-30', store, becomes: (to) => outcomes[to] ?? { outcome: 'sent' } });
    expect(first.reminded).toMatchObject({ sent: 1, failures: 3 });
    const table = first.letters.get('coordinator')?.body ?? '';
    expect(table).toContain('総務部｜保留｜1｜0｜未送信');
    expect(table).toContain('福祉部｜保留｜1｜1｜送信不明');
    expect((await night({ day: '2025-05-01', store })).to).toEqual(['somu@example.jp', 'webhook']);
  });

  test('a store that is away is a failure, and sends nothing', async () => {
    const life = new Life({ operation: 1, when: 'before', survives: true });
    const { to, reminded } = await night({ day: '2025-04-30', store: life.over(memoryStore('state')) });
    expect(to).toEqual([]);
    expect(reminded).toMatchObject({ outcome: 'failed', failures: 1, codes: ['down'] });
  });

  test('a record that cannot be read sends nothing twice', async () => {
    const store = memoryStore('state');
    const body = new TextEncoder().encode('{');
    await store.put('reminders.json', { body, contentType: 'application/json', cacheControl: 'no-store' });
    const { to, reminded } = await night({ day: '2025-04-30', store });
    expect(to).toEqual([]);
    expect(reminded).toMatchObject({ outcome: 'failed', failures: 1, codes: ['record-unreadable'] });
  });

  test('where time is up, the rest is sent the next night', async () => {
    const store = memoryStore('state');
    let asked = 0;
    const first = await night({ day: '2025-04-30', store, isTimeUp: () => ++asked > 1 });
    expect(first.to).toEqual(['somu@example.jp']);
    expect((await night({ day: '2025-05-01', store })).to).toEqual(everybody.slice(1));
  });
});

describe('who owes nothing', () => {
  test('gets no mail; the coordinator is told before the deadline and on it, and not after it', async () => {
    const tabs = { ...fullTabs, 設定: owingTabs['設定'] ?? [], 部: owingTabs['部']?.map((row) => [...row]) ?? [] };
    tabs.部[2] = [...(tabs.部[2] ?? [])].with(6, '総括の二');
    const sent: (readonly string[])[] = [];
    for (const day of ['2025-04-23', '2025-04-30', '2025-05-07']) {
      const { to, letters } = await night({ day, tabs, store: memoryStore('state') });
      sent.push(to);
      if (to.length > 0) expect(letters.get('coordinator')?.body).toContain('すべて終わっています');
    }
    expect(sent).toEqual([['coordinator', 'webhook'], ['coordinator', 'webhook'], []]);
  });

  test('and comes to owe something hears of it the next time', async () => {
    const store = memoryStore('state');
    const before = at(owingTabs, '目標', 'D2', '達成');
    expect((await night({ day: '2025-04-23', tabs: before, store })).to).not.toContain('somu@example.jp');
    expect((await night({ day: '2025-04-24', store })).to).toEqual([]);
    expect((await night({ day: '2025-04-30', store })).to).toContain('somu@example.jp');
  });
});

describe('the letters', () => {
  test('to a department name its own cells with links, and nothing that stands in them or belongs to another', async () => {
    const { letters } = await night({ day: '2025-04-23', store: memoryStore('state') });
    const { subject, body } = letters.get('fukushi@example.jp') ?? { subject: '', body: '' };
    expect(subject).toBe('【目標】締切（4月30日）まで、あと7日です（ご記入のお願い）');
    expect(body).toBe(`福祉部 ご担当者様

お世話になっております。
部長目標（令和6年度・結果）の締切は、2025年4月30日（水）です。あと7日となりました。
まだ終わっていないところがありますので、お知らせします。お忙しいところ恐れ入りますが、ご記入をお願いします。

■ まだ書かれていないところ（1か所）
・「部」シートの「総括」（G3）

■ 直していただきたいところ（1か所）
・「目標」シートの「達成状況」（D5）
　https://docs.google.com/spreadsheets/d/sheet/edit#gid=7&range=D5

それぞれの直し方は、セルのメモと、シートの「確認結果」に書いてあります。

シート：https://docs.google.com/spreadsheets/d/sheet/edit

公表前の見本で、今の内容がどう見えるかを確かめられます（職員だけのページです。庁外へは知らせないでください）。
https://site.example/preview/0123/changes/#change-2024-fukushi
開けないときは、アドレスが新しくなっています（このアドレスは2025年5月5日までです）。シートの「確認結果」から開いてください。

行き違いで、すでにご記入いただいていましたら、お許しください。
このメールは、湊野市の部長目標のシートから自動でお送りしました。宛先は、「連絡先メール」の列に書かれているアドレスです。`);
    expect(letters.get('fukushi2@example.jp')?.body).toBe(body);
    for (const [to, letter] of letters) {
      if (to !== 'somu@example.jp' && to.includes('@')) expect(letter.body).not.toContain('総務部');
      expect(`${letter.subject}${letter.body}`).not.toMatch(/まあまあ|@example\.jp|方針の|仕事の|沢田/u);
    }
  });

  test('to the coordinator say in one table who owes what', async () => {
    const { letters } = await night({
      day: '2025-04-30',
      tabs: at(owingTabs, '部', 'L3', '下書き'),
      store: memoryStore('state'),
    });
    expect(letters.get('coordinator')).toEqual({
      subject: '【目標】今日（4月30日）が締切です（残り3件）',
      body: `部長目標（令和6年度・結果）の締切は、今日、2025年4月30日（水）です。

■ まだ終わっていない部（3件）
部名｜状況｜未記入｜要修正｜お知らせ
総務部｜保留｜1｜0｜送信済み
福祉部｜下書き｜1｜1｜送信済み
教育部｜保留｜1｜0｜連絡先なし
※連絡先なし：「連絡先メール」に、読み取れるアドレスがありません。書いてあれば、次のお知らせから届きます。

くわしくは、シートの「確認結果」をご覧ください。
シート：https://docs.google.com/spreadsheets/d/sheet/edit`,
    });
  });

  test('speak the words of the city, and say that there is no goal yet', async () => {
    const tabs = {
      ...owingTabs,
      設定: [...(owingTabs['設定'] ?? []), ['単位の名', '部'], ['制度の名', '組織目標']],
      目標: (owingTabs['目標'] ?? []).filter(([name]) => name !== '総務部'),
    };
    const { letters } = await night({ day: '2025-05-07', tabs, store: memoryStore('state') });
    const { body = '' } = letters.get('somu@example.jp') ?? {};
    expect(body).toContain('組織目標（令和6年度・結果）の締切は、2025年4月30日（水）でした。');
    expect(body).toContain('■ 目標が、まだ1つも書かれていません');
    expect(body).not.toContain('部長目標');
  });
});

test('a dry run says who would be sent something, and no address', async () => {
  const now = new Date('2025-04-30T12:00:00+09:00');
  const inspection = inspect(workbookOf(owingTabs), now);
  if (inspection.kind !== 'usable') throw new Error('The sheet cannot be used.');
  const table = dryRun(inspection.sheet, settle(inspection.sheet, null, now).standings, now)?.table.body ?? '';
  expect(table).toContain('福祉部｜保留｜1｜1｜送信予定');
  expect(table).toContain('教育部｜保留｜1｜0｜連絡先なし');
  expect(table).not.toContain('@');
  expect(dryRun(inspection.sheet, [], new Date('2025-04-22T12:00:00+09:00'))).toBeNull();
});
