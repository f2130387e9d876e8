import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import { contactLinks } from '../../lib/pages/html/contact-links.ts';

function linksOf(text: string): (readonly [shown: string, address: string | undefined])[] {
  const page = load(contactLinks(text).toString());
  expect(page('body').text()).toBe(text);
  return page('a')
    .toArray()
    .map((link) => [page(link).text(), page(link).attr('href')] as const);
}

describe('問い合わせ先', () => {
  test.each([
    ['企画課（kikaku@city.example.jp）', [['kikaku@city.example.jp', 'mailto:kikaku@city.example.jp']]],
    ['メール kikaku＠city.example.jp。', [['kikaku＠city.example.jp', 'mailto:kikaku@city.example.jp']]],
    ['電話 042-563-2111（内線1234）', [['042-563-2111', 'tel:0425632111']]],
    ['電話：042（563）2111', [['042（563）2111', 'tel:0425632111']]],
    ['電話(042)563-2111', [['(042)563-2111', 'tel:0425632111']]],
    ['03－1234－5678', [['03－1234－5678', 'tel:0312345678']]],
    ['0120-000-000', [['0120-000-000', 'tel:0120000000']]],
    ['090-0000-0000', [['090-0000-0000', 'tel:09000000000']]],
    ['+81-42-563-2111', [['+81-42-563-2111', 'tel:+81425632111']]],
    ['0425632111', [['0425632111', 'tel:0425632111']]],
    [
      '企画課\n電話 042-563-2111　FAX 042-563-5932\nhttps://www.city.example.jp/form?id=1(2).',
      [
        ['042-563-2111', 'tel:0425632111'],
        ['https://www.city.example.jp/form?id=1(2)', 'https://www.city.example.jp/form?id=1(2)'],
      ],
    ],
    ['フォーム(https://city.example.jp/q)から', [['https://city.example.jp/q', 'https://city.example.jp/q']]],
    ['フォーム（https://city.example.jp/q）から', [['https://city.example.jp/q', 'https://city.example.jp/q']]],
    ['ファクス：042-563-5932、電話：042-563-2111', [['042-563-2111', 'tel:0425632111']]],
  ])('%j is text with links', (text, links) => {
    expect(linksOf(text)).toEqual(links);
  });

  test.each([
    '企画課',
    '〒060-0001 札幌市中央区北1条西2丁目',
    '207-8585 東京都東大和市中央3-930',
    '法人番号 9000020132209',
    'ファックス（直通）042-563-5932',
    '受付番号 0425632111234',
    '内線 0123-45',
    '電話 00-0000-0000',
    '2025-04-01',
    'javascript:alert(1)',
    'https://user@city.example.jp/',
    'kikaku@',
  ])('%j stays as it is, but for what is surely an address', (text) => {
    expect(linksOf(text).filter(([, address]) => !address?.startsWith('mailto:'))).toEqual([]);
  });

  test('nothing that is written becomes markup', () => {
    expect(contactLinks('<b>"a@b.example"&').toString()).toBe(
      '&lt;b&gt;&quot;<a href="mailto:a@b.example">a@b.example</a>&quot;&amp;',
    );
  });
});
