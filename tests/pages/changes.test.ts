import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { renderSite } from '../../lib/pages/render.ts';
import { wordDifferences } from '../../lib/pages/word-differences.ts';
import { fixtures } from '../findings/fixtures.ts';
import { previewOfWorkbook, samplePreview, samplePreviewed } from '../support/preview-site.ts';
import { textOf } from '../support/site-files.ts';

const { files, preview } = samplePreview();
const changes = load(textOf(files, 'changes/index.html'));

describe('the words that differ', () => {
  const marked = (before: string, after: string): [string, string] => {
    const words = wordDifferences(before, after);
    const write = (stretches: typeof words.before) =>
      stretches.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');
    return [write(words.before), write(words.after)];
  };

  test.each([
    ['a number', '夜7時まで開けます。', '夜8時まで開けます。', '夜[7]時まで開けます。', '夜[8]時まで開けます。'],
    [
      'a word that is put in',
      '計画をまとめます。',
      '計画を早くまとめます。',
      '計画をまとめます。',
      '計画を[早く]まとめます。',
    ],
    ['nothing', '同じ文です。', '同じ文です。', '同じ文です。', '同じ文です。'],
  ])('%s', (_, before, after, one, other) => {
    expect(marked(before, after)).toEqual([one, other]);
  });

  test('of texts that have little in common are the whole texts', () => {
    expect(marked('道路を直します。', '図書館の本をふやし、夜も開けます！')).toEqual([
      '[道路を直します。]',
      '[図書館の本をふやし、夜も開けます！]',
    ]);
  });

  test('lose no letter of either text, however long', () => {
    const before = Array.from({ length: 600 }, (_, index) => `第${index}の道路を直します。`).join('');
    const after = Array.from({ length: 600 }, (_, index) => `第${index + 1}の公園を、${index}人で直します。`).join(
      '\n',
    );
    const { before: one, after: other } = wordDifferences(before, after);
    expect(one.map(({ text }) => text).join('')).toBe(before);
    expect(other.map(({ text }) => text).join('')).toBe(after);
  });
});

describe('the page of changes', () => {
  test('names every department in one word, with how much changes', () => {
    const rows = changes('.standings tbody tr')
      .toArray()
      .map((row) =>
        changes(row)
          .children()
          .toArray()
          .map((cell) => changes(cell).text())
          .join(' '),
      );
    expect(rows).toEqual([
      '総務部 保留 2か所 1件',
      '福祉部 下書き 2か所 1件',
      '教育部 決裁待ち 1か所 1件',
      '土木部 保留 1か所 1件',
      '環境部 取下げ 7か所 なし',
      '消防本部 公表 新規 なし',
    ]);
  });

  test('sets before and after side by side, in words that are also heard', () => {
    const row = changes('#change-2024-somu .before-after tbody tr').last();
    expect(row.find('th').text()).toBe('目標1の文');
    expect(row.find('td').first().find('del').text()).toBe('削除：7、ここまで。');
    expect(row.find('td').last().find('ins').text()).toBe('追加：8、ここまで。');
    expect(changes('#change-2024-fukushi .before-after').text()).toContain(
      '目標1の説明（なし）追加：加わった説明、ここまで。',
    );
  });

  test('says why a department is held, and what was found in it', () => {
    expect(changes('#change-2024-somu .held').text()).toContain('決裁のあとに内容が変わったため');
    expect(changes('#change-2024-doboku .findings').text()).toContain('達成状況を読み取れません。');
    expect(changes('#change-2024-somu').text()).not.toContain('達成状況を読み取れません。');
  });

  test('has room for stamps for each department, and no text of the sheet as markup', () => {
    const circulations = changes('.circulation').toArray();
    expect(circulations).toHaveLength(changes('.change').length);
    expect(changes('.circulation').first().text()).toContain('2025年4月2日現在の内容');
    expect(changes('.circulation').first().find('.stamps td')).toHaveLength(6);
    expect(changes('b:contains("福祉部")')).toHaveLength(0);
  });
});

describe('a preview', () => {
  test('is marked on every page, kept nowhere, and has nothing that leads to it', () => {
    const pages = files.filter(({ key }) => key.endsWith('.html'));
    expect(pages.length).toBeGreaterThan(8);
    for (const { key } of pages) {
      const page = load(textOf(files, key));
      expect(page('meta[name=robots]').attr('content'), key).toContain('noindex');
      expect(page('meta[name=referrer]').attr('content'), key).toBe('no-referrer');
      expect(page('aside.preview').text(), key).toContain('公表前の確認用です。');
      expect(page('link[rel=canonical], [property="og:url"], [type="application/atom+xml"]').length, key).toBe(0);
    }
    expect(files.every(({ cacheControl }) => cacheControl === 'no-store')).toBe(true);
    expect(files.map(({ key }) => key)).not.toContain('feed.xml');
    expect(files.map(({ key }) => key)).not.toContain('sitemap.xml');
  });

  test('shows what waits, and says so on its card', () => {
    expect(textOf(files, '2024/kyoiku/index.html')).toContain('決裁待ち（公表されません）');
    expect(textOf(files, 'data/v1/2024.json')).toContain('教育部の決裁を待つ方針');
    expect(files.map(({ key }) => key)).toContain('2024/shobo/index.html');
    expect(files.map(({ key }) => key)).not.toContain('2024/kankyo/index.html');
  });

  test('is no part of what is published', () => {
    const site = renderSite(preview.settled.published, { siteUrl: null });
    const said = site.flatMap(({ key }) => (/\.(?:png|xlsx)$/u.test(key) ? [] : [textOf(site, key)])).join('\n');
    for (const text of ['決裁を待つ方針', '新しい方針', '改めました', '公表前の確認用', 'class="preview"'])
      expect(said).not.toContain(text);
    expect(JSON.stringify(samplePreviewed())).not.toContain('決裁を待つ方針');
  });
});

describe.each(Object.entries(fixtures))('the preview of %s', (_, { defects }) => {
  test.each(defects)('shows: $name', ({ workbook, previous }) => {
    const made = previewOfWorkbook(workbook, previous ?? null);
    // What cannot be read as a whole has no preview: the command and the sheet say why.
    if (made === null) return;
    const text = load(textOf(made.files, 'changes/index.html'))('main').text();
    for (const { message, fix } of made.findings) {
      expect(text).toContain(message);
      expect(text).toContain(fix);
    }
    for (const { department } of made.preview.departments) if (department !== '') expect(text).toContain(department);
  });
});
