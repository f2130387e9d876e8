import { describe, expect, test } from 'vitest';
import { isUrgent, readApproval } from '../../lib/goals/cells/approval.ts';
import { readDay } from '../../lib/goals/cells/day.ts';
import { idFromName, parseUrlName } from '../../lib/goals/cells/department-id.ts';
import { readMailAddresses } from '../../lib/goals/cells/mail-addresses.ts';
import { readOrder } from '../../lib/goals/cells/order.ts';
import { readOwnValue } from '../../lib/goals/cells/own-value.ts';
import { isVacant, standsIn } from '../../lib/goals/cells/people.ts';
import { phaseOf, yearOf } from '../../lib/goals/cells/phase.ts';
import { readPortrait } from '../../lib/goals/cells/portrait.ts';
import { readVisibility, visibilityOf } from '../../lib/goals/cells/visibility.ts';
import type { Settings } from '../../lib/goals/settings.ts';
import type { Field } from '../../lib/workbook/rows.ts';

/** What one cell is read as, kind by kind. What is said of a cell that cannot be read is in tests/findings. */

const field = (text: string, more: Partial<Field> = {}): Field => ({ text, cell: 'A2', row: 2, ...more });

describe('a day', () => {
  test.each([
    ['令和7年4月1日', '2025-04-01'],
    ['令和元年5月1日', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
    ['平成元年1月8日', '1989-01-08'],
    ['R7.4.1', '2025-04-01'],
    ['r7/4/1', '2025-04-01'],
    ['H31-4-30', '2019-04-30'],
    ['R07.04.01', '2025-04-01'],
    ['2025/4/1', '2025-04-01'],
    ['2025-04-01', '2025-04-01'],
    ['2025.4.1', '2025-04-01'],
    ['2025年12月31日', '2025-12-31'],
    ['2025年12月31', '2025-12-31'],
    ['２０２５年４月１日', '2025-04-01'],
    ['2025年4月1日（火）', '2025-04-01'],
    ['令和7年4月1日(火)', '2025-04-01'],
    ['2024/2/29', '2024-02-29'],
    ['1900/1/1', '1900-01-01'],
  ])('%s is %s', (text, day) => {
    expect(readDay(text)).toBe(day);
  });

  test.each([
    '2025/2/29',
    '2025/13/1',
    '2025/0/1',
    '2025/4/31',
    '2025/4/0',
    '1899/12/31',
    '2025/4',
    '2025年4月',
    '令和7年度',
    '令和7年',
    '昭和64年1月7日',
    '7.4.1',
    '25/4/1',
    '2025/4/1から',
    '令和7年4月1日から',
    '起算日2025/4/1',
    '新令和7年4月1日',
    '2025/4/1 (火) 午前',
    '2025/4/1(x)',
    '2025/004/1',
    '2025/4/001',
    'R100.4.1',
    'R7.004.1',
    'R7.4.001',
    '12025/4/1',
    '未定',
    '',
  ])('%j is none', (text) => {
    expect(readDay(text)).toBeNull();
  });
});

describe('公開', () => {
  test.each([
    ['公開', 'public'],
    [' 公 開 ', 'public'],
    ['下書き', 'draft'],
    ['取下げ', 'withdrawn'],
    ['取り下げ', 'withdrawn'],
    ['TRUE', 'public'],
    ['FALSE', 'draft'],
    ['非公開', null],
    ['○', null],
  ])('%s is %s', (text, visibility) => {
    expect(visibilityOf(text)).toBe(visibility);
    expect(readVisibility(field(text))).toBe(visibility);
  });

  test('a blank means 下書き; without the column all may be published', () => {
    expect(readVisibility(field(''))).toBe('draft');
    expect(readVisibility(field('　'))).toBe('draft');
    expect(visibilityOf('')).toBeNull();
    expect(readVisibility(undefined)).toBe('public');
  });
});

describe('the phase of a year', () => {
  const settings = { fiscalYear: 2024, phase: 'interim' } as Settings;

  test.each([
    [2023, 'result'],
    [2024, 'interim'],
    [2025, 'plan'],
  ])('%i, where 設定 says 中間 of 2024, is %s', (year, phase) => {
    expect(phaseOf(year, settings)).toBe(phase);
  });

  test('a row without a year has that of 設定', () => {
    expect(yearOf(undefined, settings)).toBe(2024);
    expect(yearOf(field(' '), settings)).toBe(2024);
    expect(yearOf(field('令和5年度'), settings)).toBe(2023);
    expect(yearOf(field('いつか'), settings)).toBeNull();
  });
});

describe('heads of departments', () => {
  test.each([
    '欠員',
    '空席',
    '空位',
    '不在',
    '未定',
    '（欠員）',
    '〔未定〕',
    '[空席]',
    '【空位】',
    '「不在」',
    ' 欠 員 ',
  ])('%s is a vacant post', (text) => {
    expect(isVacant(text)).toBe(true);
    expect(standsIn(text)).toBe(false);
  });

  test.each(['欠員 太郎', '山田 花子（欠員）', '', '—', '未定です'])('%j is none', (text) => {
    expect(isVacant(text)).toBe(false);
  });

  test.each([
    '副市長 山田 花子（事務取扱）',
    '山田 花子 事務代理',
    '総務部長 兼務',
    '山田 花子（心得）',
    '事 務 取 扱',
  ])('%s stands in', (text) => {
    expect(standsIn(text)).toBe(true);
    expect(isVacant(text)).toBe(false);
  });

  test.each(['山田 花子', '', '事務 花子'])('%j does not', (text) => {
    expect(standsIn(text)).toBe(false);
  });
});

describe('決裁', () => {
  test('is blank, or the text as it is compared with that of another day', () => {
    expect(readApproval(undefined)).toBe('none');
    expect(readApproval(field(''))).toBe('blank');
    expect(readApproval(field('　'))).toBe('blank');
    expect(readApproval(field('  １２月１日　決裁 '))).toEqual({ text: '12月1日　決裁' });
  });

  test.each(['緊急', '（緊急）', '【緊急】', '「緊急」', '〔緊急〕', '[緊急]', ' 緊 急 '])('%s is urgent', (text) => {
    expect(isUrgent(text)).toBe(true);
  });

  test.each(['緊急ではない', '済', '', '至急', '緊急 決裁'])('%j is not', (text) => {
    expect(isUrgent(text)).toBe(false);
  });
});

test('表示順 is any number', () => {
  for (const [text, order] of [
    ['1', 1],
    ['１０', 10],
    ['-1', -1],
    ['+2', 2],
    ['1.5', 1.5],
    ['10.25', 10.25],
    [' 3 ', 3],
  ] as const)
    expect(readOrder(text), text).toBe(order);
  for (const text of ['', '1番', '一', '1.', '.5', '1,000', 'x1', '1-1', '--1', '1.5.2'])
    expect(readOrder(text), text).toBeNull();
});

describe('the id of a department', () => {
  test.each([
    ['somu', 'somu'],
    ['Somu', 'somu'],
    ['ｓｏｍｕ', 'somu'],
    ['somu-2', 'somu-2'],
    ['総務', null],
    ['so mu', 'somu'],
    ['so_mu', null],
    ['../somu', null],
    ['', null],
  ])('URL名 %j is %s', (text, id) => {
    expect(parseUrlName(text)).toBe(id);
  });

  test('is made from the name where there is none: as it is compared, and the same for ever', () => {
    // Addresses that others have linked to: not to be changed.
    expect(idFromName('総務部')).toBe('bu-ae572fce1e');
    expect(idFromName(' 総 務 部 ')).toBe(idFromName('総務部'));
    expect(idFromName('福祉部')).not.toBe(idFromName('総務部'));
  });
});

describe('連絡先メール', () => {
  const addresses = (...of: string[]) => ({ addresses: of, isOdd: false });

  test.each([
    ['kankyo@example.jp', addresses('kankyo@example.jp')],
    ['Kankyo@EXAMPLE.jp', addresses('Kankyo@example.jp')],
    ['ｋａｎｋｙｏ＠ｅｘａｍｐｌｅ．ｊｐ', addresses('kankyo@example.jp')],
    ['環境部 <kankyo@example.jp>', addresses('kankyo@example.jp')],
    ['環境部<kankyo@example.jp> ', addresses('kankyo@example.jp')],
    ['< kankyo@example.jp >', addresses('kankyo@example.jp')],
    ['mailto:kankyo@example.jp', addresses('kankyo@example.jp')],
    ['MAILTO:kankyo@example.jp', addresses('kankyo@example.jp')],
    ['a@example.jp、b@example.jp', addresses('a@example.jp', 'b@example.jp')],
    ['a@example.jp,b@example.jp; c@example.jp', addresses('a@example.jp', 'b@example.jp', 'c@example.jp')],
    ['a@example.jp b@example.jp', addresses('a@example.jp', 'b@example.jp')],
    ['a@example.jp\nb@example.jp', addresses('a@example.jp', 'b@example.jp')],
    ['a@example.jp、、 a@example.jp', addresses('a@example.jp')],
    ['a@example.jp a@EXAMPLE.JP', addresses('a@example.jp')],
    ['総務 <a@example.jp>、福祉 <b@example.jp>', addresses('a@example.jp', 'b@example.jp')],
    ['a\u200b@example.jp', addresses('a@example.jp')],
    ['', addresses()],
    ['　', addresses()],
    ['なし', addresses()],
    ['－', addresses()],
    // What cannot be read is left out, and said.
    ['内線 123', { addresses: [], isOdd: true }],
    ['a@example.jp、内線123', { addresses: ['a@example.jp'], isOdd: true }],
    ['a@example', { addresses: [], isOdd: true }],
    ['a@b@example.jp', { addresses: [], isOdd: true }],
    // What could become a header of a mail makes the whole cell unusable.
    ['a@example.jp\nBcc: b@example.jp', { addresses: [], isOdd: true }],
    ['Bcc: b@example.jp', { addresses: [], isOdd: true }],
    ['Reply-To : b@example.jp', { addresses: [], isOdd: true }],
  ])('%j', (text, read) => {
    expect(readMailAddresses(text)).toEqual(read);
  });

  test('at most ten, and of more it is said', () => {
    const many = Array.from({ length: 11 }, (_, index) => `a${index}@example.jp`);
    expect(readMailAddresses(many.slice(0, 10).join('、'))).toEqual(addresses(...many.slice(0, 10)));
    expect(readMailAddresses(many.join('、'))).toEqual({ addresses: many.slice(0, 10), isOdd: true });
  });

  test('no longer than a server takes', () => {
    const host = `${'a'.repeat(60)}.${'b'.repeat(60)}.${'c'.repeat(60)}.example.jp`;
    const long = (length: number) => `${'x'.repeat(length - host.length - 1)}@${host}`;
    expect(readMailAddresses(long(254))).toEqual(addresses(long(254)));
    expect(readMailAddresses(long(255))).toEqual({ addresses: [], isOdd: true });
  });
});

describe('顔写真', () => {
  const id = '1AbCdEfGhIjK-_xyz';

  test.each([
    `https://drive.google.com/file/d/${id}/view?usp=drive_link`,
    `https://drive.google.com/file/d/${id}`,
    `https://drive.google.com/file/u/1/d/${id}/view`,
    `https://drive.google.com/a/example.jp/file/d/${id}/view`,
    `https://drive.google.com/open?id=${id}`,
    `https://drive.google.com/u/0/open?id=${id}`,
    `https://drive.google.com/uc?export=view&id=${id}`,
    `https://docs.google.com/uc?id=${id}`,
    ` https://drive.google.com/file/d/${id}/view `,
  ])('%s is a file of Drive', (text) => {
    expect(readPortrait(field(text))).toEqual({ kind: 'drive', id, resourceKey: null });
    expect(readPortrait(field('沢田.jpg', { link: text.trim() }))).toEqual({ kind: 'drive', id, resourceKey: null });
  });

  test('the key of an older link is kept, where it is one', () => {
    const of = (key: string) => readPortrait(field(`https://drive.google.com/file/d/${id}/view?resourcekey=${key}`));
    expect(of('0-Ab_c')).toEqual({ kind: 'drive', id, resourceKey: '0-Ab_c' });
    expect(of('a'.repeat(100))).toMatchObject({ resourceKey: 'a'.repeat(100) });
    for (const key of ['', 'a b', 'a/b', 'ab%0a', 'a'.repeat(101)])
      expect(of(key)).toMatchObject({ resourceKey: null });
  });

  test.each([
    `http://drive.google.com/file/d/${id}/view`,
    `https://drive.google.com.example.jp/file/d/${id}/view`,
    `https://xdrive.google.com/file/d/${id}/view`,
    `https://example.jp/file/d/${id}/view`,
    `https://drive.google.com/file/d/short/view`,
    `https://drive.google.com/file/d/${'a'.repeat(201)}/view`,
    `https://drive.google.com/file/d/${id}%20/view`,
    `https://drive.google.com/x/file/d/${id}/view`,
    `https://drive.google.com/file/x/d/${id}/view`,
    `https://drive.google.com/drive/folders/${id}`,
    `https://drive.google.com/openx?id=${id}`,
    `https://drive.google.com/x/open?id=${id}`,
    `https://drive.google.com/open`,
    'https://example.jp/a.jpg',
    'file:///a.jpg',
    'C:\\写真\\a.jpg',
    '/photo/a.jpg',
    '../a.jpg',
    'photo/../a.jpg',
    'a..jpg',
    'photo//a.jpg',
    'a b.jpg',
    'a?.jpg',
    'a#.jpg',
    'a<b>.jpg',
    '"a".jpg',
    "a'.jpg",
    'photo/a\u0007?.jpg',
    'a.svg',
    'a.jpg.exe',
    '.jpg',
    'a',
    '山田の写真',
    '',
  ])('%j names no picture', (text) => {
    expect(readPortrait(field(text))).toBeNull();
  });

  test.each([
    'a.jpg',
    'a.jpeg',
    'a.JPG',
    'a.png',
    'a.webp',
    'a.avif',
    'a.tif',
    'a.tiff',
    'a.gif',
    'a.heic',
    'a.heif',
    '写真/総務部長.jpg',
    'a/b/c/d.jpg',
    '沢田.実.jpg',
  ])('%s is a file beside the workbook', (text) => {
    expect(readPortrait(field(text))).toEqual({ kind: 'file', path: text });
    expect(readPortrait(field(` ${text}　`))).toEqual({ kind: 'file', path: text });
  });

  test('a picture in the cell goes before all that is written; a link goes before the text', () => {
    const picture = () => new Uint8Array([1]);
    expect(readPortrait(field('a.jpg', { picture }))).toEqual({ kind: 'cell', bytes: picture });
    expect(readPortrait(field('a.jpg', { link: 'https://example.jp/' }))).toEqual({ kind: 'file', path: 'a.jpg' });
  });
});

describe("a cell of the city's own column", () => {
  test.each([
    ['text', ' １人\r\n２人 ', '1人\n2人'],
    ['text', '　', null],
    ['text', '\u200b', null],
    ['number', '１，２３４', 1234],
    ['number', '約600人', 600],
    ['number', '－', null],
    ['number', '', null],
    ['number', '多数', undefined],
    ['number', '90～100', undefined],
    ['money', '74,911千円', 74911],
    ['money', '未定額', undefined],
    ['percent', '85.5%', 85.5],
    ['percent', 'A', undefined],
    ['date', '令和7年4月1日', '2025-04-01'],
    ['date', '', null],
    ['date', '春', undefined],
    ['link', 'https://example.jp/plan', { text: 'https://example.jp/plan', url: 'https://example.jp/plan' }],
    ['link', ' HTTP://EXAMPLE.jp/a ', { text: 'HTTP://EXAMPLE.jp/a', url: 'http://example.jp/a' }],
    ['link', '', null],
    ['link', '市の計画', undefined],
    ['link', 'ftp://example.jp/', undefined],
    ['link', 'javascript:alert(1)', undefined],
    ['link', 'https://', undefined],
    ['link', '計画 https://example.jp/', undefined],
    ['link', 'xhttps://example.jp/', undefined],
  ] as const)('%s %j is %j', (type, text, value) => {
    expect(readOwnValue(field(text), type)).toEqual(value);
  });

  test('a date that the program has as a date is that day, whatever it shows', () => {
    const mark = { date: { number: '45748', iso: '2025-04-01' } };
    expect(readOwnValue(field('4月1日', { mark }), 'date')).toBe('2025-04-01');
  });

  test('the link of the cell leads, under the text of the cell', () => {
    const at = (link: string) => readOwnValue(field('市の\n計画', { link }), 'link');
    expect(at('https://example.jp/plan')).toEqual({ text: '市の 計画', url: 'https://example.jp/plan' });
    expect(at('http://example.jp')).toEqual({ text: '市の 計画', url: 'http://example.jp/' });
    expect(at('mailto:a@example.jp')).toBeUndefined();
    expect(at('xhttp://example.jp')).toBeUndefined();
    expect(at('https://exa mple.jp')).toBeUndefined();
  });
});
