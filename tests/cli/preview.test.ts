import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { filesBelow, runCommand, temporaryFolder } from '../support/command-line.ts';
import { csvText } from '../support/csv.ts';
import { soundTabs, type Tabs, withCell } from '../support/workbook.ts';

async function write(folder: string, tabs: Tabs): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, rows] of Object.entries(tabs)) await writeFile(path.join(folder, `${name}.csv`), csvText(rows));
}

/** A sheet that was published once, and the places around it. */
async function publishedOnce() {
  const root = await temporaryFolder();
  const [sheet, site, state, out] = ['sheet', 'site', 'state', 'preview'].map((name) => path.join(root, name));
  if (sheet === undefined || site === undefined || state === undefined || out === undefined)
    throw new Error('no place');
  await write(sheet, soundTabs);
  const built = await runCommand(['build', '--source', sheet, '--out', site, '--state', state]);
  expect(built.status).toBe(0);
  return { root, sheet, site, state, out };
}

describe('preview', () => {
  test('builds drafts and the page of changes into a folder, and leaves site and state as they are', async () => {
    const { sheet, site, state, out } = await publishedOnce();
    const drafted = withCell(soundTabs, '部', 1, 6, '下書き');
    await write(sheet, withCell(drafted, '部', 1, 3, '下書きの方針'));
    const before = [await filesBelow(site), await filesBelow(state)];
    const { status, told } = await runCommand(['preview', '--source', sheet, '--out', out, '--state', state]);
    expect(status).toBe(0);
    expect(told).toContain('下書き：総務部');
    expect(told).toContain('公表：福祉部');
    expect(told).toContain('下書きを含むため、公開の場所には置かないでください。');
    expect([await filesBelow(site), await filesBelow(state)]).toEqual(before);
    const changes = await readFile(path.join(out, 'changes', 'index.html'), 'utf8');
    expect(changes).toContain('方針の一');
    expect(changes).toContain('下書きの');
    expect(await readdir(out)).not.toContain('feed.xml');
    // A file is handed on more easily than an address: on paper it says what it is.
    const parts = unzipSync(await readFile(path.join(out, '2024', '2024.xlsx')));
    expect(strFromU8(parts['xl/worksheets/sheet2.xml'] ?? new Uint8Array())).toContain('&amp;L公表前の確認用 湊野市');

    // A department that is gone from the sheet leaves no page behind.
    await write(sheet, { ...soundTabs, 部: soundTabs.部.slice(0, 2), 目標: soundTabs.目標.slice(0, 3) });
    await runCommand(['preview', '--source', sheet, '--out', out]);
    expect(await readdir(path.join(out, '2024'))).toEqual(['2024.xlsx', 'index.html', 'somu']);
  });

  test('says with 1 that something is held, and with 3 that nothing can be read', async () => {
    const { sheet, state, out } = await publishedOnce();
    await write(sheet, withCell(soundTabs, '目標', 1, 3, 'まあまあ'));
    const held = await runCommand(['preview', '--source', sheet, '--out', out, '--state', state]);
    expect(held.status).toBe(1);
    expect(held.told).toContain('保留：総務部');
    expect(await readFile(path.join(out, 'changes', 'index.html'), 'utf8')).toContain('達成状況を読み取れません。');
    await write(sheet, withCell(soundTabs, '設定', 1, 0, '市の名'));
    expect((await runCommand(['preview', '--source', sheet, '--out', out])).status).toBe(3);
  });

  test('is never built over a site, nor a site over it, nor in the place of the state', async () => {
    const { sheet, site, state, out } = await publishedOnce();
    const over = await runCommand(['preview', '--source', sheet, '--out', site]);
    expect([over.status, over.told]).toEqual([2, expect.stringContaining('公表前の見本ではないものが入っています')]);
    await runCommand(['preview', '--source', sheet, '--out', out]);
    const under = await runCommand(['build', '--source', sheet, '--out', out]);
    expect([under.status, under.told]).toEqual([2, expect.stringContaining('下書きを含む公表前の見本が入っています')]);
    const publish = await runCommand(['publish', '--source', sheet, '--site', out, '--state', state]);
    expect([publish.status, publish.told]).toEqual([2, expect.stringContaining('下書きを含む公表前の見本')]);
    expect((await runCommand(['preview', '--source', sheet, '--out', state, '--state', state])).status).toBe(2);
    expect((await runCommand(['preview', '--out', out])).told).toContain('--sourceの指定が必要です。');
    expect((await runCommand(['preview', '--end', '--out', out])).told).toContain('--stateの指定が必要です。');
  });

  test('before and after are a value in the documents of check and build', async () => {
    const { sheet, site, state } = await publishedOnce();
    await write(sheet, withCell(soundTabs, '目標', 1, 2, '改めた目標'));
    const expected = [
      {
        id: 'somu',
        department: '総務部',
        fiscalYear: 2024,
        kind: 'updated',
        differences: [{ goal: 1, field: 'text', label: '文', before: '目標の一', after: '改めた目標' }],
      },
    ];
    const checked = await runCommand(['check', '--source', sheet, '--state', state, '--json']);
    expect(JSON.parse(checked.out).changes).toEqual(expected);
    const built = await runCommand(['build', '--source', sheet, '--out', site, '--state', state, '--json']);
    expect(JSON.parse(built.out)).toMatchObject({ outcome: 'published', changes: expected });
    const again = await runCommand(['build', '--source', sheet, '--out', site, '--state', state, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ outcome: 'unchanged', changes: [] });
  });
});
