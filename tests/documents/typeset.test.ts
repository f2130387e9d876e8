import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Typesetter, typesetter } from '../../lib/documents/typeset.ts';
import type { PublishedYear } from '../../lib/goals/model/published.ts';
import { toDataset } from '../../lib/pages/data/dataset.ts';
import { yearDocument } from '../../lib/pages/documents/year-document.ts';
import { describeWithPoppler, poppler, textOf, withoutSpaces } from '../support/pdf.ts';
import { runs } from '../support/property-runs.ts';
import { publishedOf, yearOf } from '../support/published.ts';

/** Documents that are really set: by the library itself, read with poppler. */

let library: Typesetter;

beforeAll(async () => {
  const loaded = await typesetter();
  if (loaded === null) throw new Error('The library is a dependency of the clone.');
  library = loaded;
}, 60_000);

function setYear(year: PublishedYear) {
  const document = yearDocument(year, toDataset(year, publishedOf([year])), 'https://example.test/goals/');
  return library.set(document, () => new Uint8Array());
}

const oneGoal = (...texts: readonly string[]) =>
  yearOf({
    departments: [{ id: 'somu', name: '総務部', goals: texts.map((text) => [text, 'achieved'] as const) }],
  });

test('the same content gives the same bytes, whenever it is set', () => {
  const first = setYear(oneGoal('窓口の待ち時間を短くします。'));
  const second = setYear(oneGoal('窓口の待ち時間を短くします。'));
  expect(Buffer.from(first.pdf).equals(second.pdf)).toBe(true);
  expect(Buffer.from(first.pdf).equals(setYear(oneGoal('窓口の待ち時間をなくします。')).pdf)).toBe(false);
});

describeWithPoppler('what stands in the document', () => {
  test.each([
    '#panic("x")',
    '#read("/etc/passwd")',
    '= 見出し',
    '- 一覧',
    '$ x^2 $ と `code`',
    '*強調* _斜体_ @label <label>',
    '\\u{41} \\# \\\\ "引用" \'一重\'',
    '#sys.inputs // 注釈 /* 注釈 */ -- --- ...',
    '{"json": [1, null]} \\n \\t',
    'https://example.test/?a=b&c=d#e',
  ])('%s is text and nothing else', (text) => {
    expect(textOf(setYear(oneGoal(text)).pdf)).toContain(withoutSpaces(text));
  });

  test('any text comes out as it went in', () => {
    const letters = [...`#$*_\`@<>=-+/\\[](){}~"'.,:;!?&%^|0aZé市税課長、。「」（）ー①〓髙﨑`];
    const text = fc
      .array(fc.constantFrom(...letters, 'あ', '目標', '\n'), { minLength: 1, maxLength: 60 })
      .map((parts) => `始${parts.join('')}終`);
    fc.assert(
      fc.property(fc.array(text, { minLength: 20, maxLength: 60 }), (texts) => {
        const read = textOf(setYear(oneGoal(...texts)).pdf);
        let at = 0;
        for (const each of texts) {
          const wanted = withoutSpaces(each);
          const found = read.indexOf(wanted, at);
          expect(found, each).toBeGreaterThanOrEqual(at);
          at = found + wanted.length;
        }
      }),
      runs(5),
    );
  }, 120_000);

  test('rare letters of names and forms of letters are printed from the second font, and simplified ones from the third', () => {
    const { pdf, unknown } = setYear(oneGoal('𠮷野家の槗', '葛\u{e0100}城', '辻\u{e0101}', '带'));
    expect(unknown).toEqual([]);
    const text = textOf(pdf);
    for (const each of ['𠮷野家の槗', '葛\u{e0100}城', '辻\u{e0101}', '带']) expect(text).toContain(each);
    const fonts = poppler('pdffonts', pdf);
    expect(fonts).toContain('MokuhyoRare');
    expect(fonts).toContain('MokuhyoHanzi');
    // Every one is in the file.
    const embedded = fonts.split('\n').slice(2).filter(Boolean);
    expect(embedded.length).toBeGreaterThan(2);
    for (const line of embedded) expect(line).toMatch(/ yes yes yes /u);
  });

  test('what no font has is shown as 〓 and named, and stops nothing', () => {
    const { pdf, unknown } = setYear(oneGoal('笑顔🙂で\u{200d}한', '斉\u{e01ef}藤'));
    expect(unknown).toEqual(['🙂', '한', '斉\u{e01ef}']);
    expect(textOf(pdf)).toContain('笑顔〓で〓');
    expect(textOf(pdf)).toContain('斉藤');
  });

  test('each page says whose it is, of which day, and which of how many', () => {
    const departments = ['somu', 'fukushi'].map((id) => ({
      id,
      name: id === 'somu' ? '総務部' : '福祉部',
      updated: id === 'somu' ? '2025-03-02' : '2025-04-01',
      goals: Array.from({ length: 60 }, (_, index) => [`目標の${index + 1}です。`, 'achieved'] as const),
    }));
    const { pdf } = setYear(yearOf({ title: '部長目標のまとめ', departments }));
    const pages = poppler('pdftotext', pdf).split('\f').slice(0, -1).map(withoutSpaces);
    expect(pages.length).toBeGreaterThan(4);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain('部長目標のまとめ');
      expect(page).toContain('2025年4月1日現在の内容');
      expect(page).toContain(`${index + 1}/${pages.length}`);
    }
    const second = pages.findIndex((page) => page.includes('福祉部長'));
    expect(pages[0]).toContain('https://example.test/goals/2024/');
    for (const page of pages.slice(1, second)) expect(page).toContain('/2024/somu/');
    for (const page of pages.slice(second)) expect(page).toContain('/2024/fukushi/');
    // A card begins a page.
    expect(pages[second]).not.toContain('総務部');
  });
});

describe('where there is nothing to set', () => {
  test('a year without departments has its document too', () => {
    expect(setYear(yearOf({ departments: [] })).pdf.byteLength).toBeGreaterThan(1000);
  });
});
