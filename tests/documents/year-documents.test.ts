import { describe, expect, test } from 'vitest';
import { noteInWords } from '../../lib/documents/notes.ts';
import type { Typesetter } from '../../lib/documents/typeset.ts';
import { type DocumentNote, yearDocuments } from '../../lib/documents/year-documents.ts';
import type { Change, Published } from '../../lib/goals/model/published.ts';
import { originIn } from '../../lib/pages/documents/document-files.ts';
import { publishedOf, yearOf } from '../support/published.ts';

/** Which documents are made, and what is said where one cannot be. The library stands aside here: a document is any bytes. */

const year = (fiscalYear: number, goal: string) =>
  yearOf({ fiscalYear, departments: [{ id: 'somu', name: '総務部', goals: [[goal, 'achieved']] }] });
const before = publishedOf([year(2025, '窓口を開きます。'), year(2024, '窓口を広げます。')]);
const after = publishedOf([year(2025, '窓口を閉じます。'), year(2024, '窓口を広げます。')]);

/** The newest year with a column of the city's own in its goals. */
function withBudget(published: Published): Published {
  const [newest, ...others] = published.years;
  if (newest === undefined) throw new RangeError('There is no year.');
  const departments = newest.departments.map(({ department, ...rest }) => ({
    ...rest,
    department: { ...department, goals: department.goals.map((goal) => ({ ...goal, columns: { 予算額: 1200 } })) },
  }));
  const column = {
    key: '予算額',
    of: 'goal',
    label: '予算額',
    type: 'money',
    unit: '千円',
    description: null,
  } as const;
  return { ...published, years: [{ ...newest, columns: [column], departments }, ...others] };
}

const bytes = Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF\n');
const works: Typesetter = { set: () => ({ pdf: bytes, unknown: [] }) };
const broken: Typesetter = {
  set: () => {
    throw new Error('out of ink');
  },
};

type Made = Awaited<ReturnType<typeof yearDocuments>>;

/** What the site has after a run, as the next one finds it. */
function siteOf(...runs: readonly Made[]) {
  const there = new Map<string, { from: string; size: number }>();
  for (const { files } of runs) {
    for (const file of files) {
      if ('keep' in file) continue;
      there.set(file.key, { from: originIn(file.body) ?? '', size: file.body.byteLength });
    }
  }
  return (path: string) => there.get(path) ?? null;
}

async function run(
  published: Published,
  library: Typesetter | null,
  {
    madeOf = siteOf(),
    changes = [],
    previous = null,
  }: { madeOf?: ReturnType<typeof siteOf>; changes?: readonly Change[]; previous?: Published | null } = {},
) {
  let loaded = 0;
  const made = await yearDocuments(
    { published, changes, previous },
    {
      siteUrl: null,
      madeOf,
      pictureOf: () => null,
      typesetter: async () => {
        loaded += 1;
        return library;
      },
    },
  );
  return { ...made, loaded };
}

const fate = ({ files }: Made) => files.map((file) => `${file.key} ${'keep' in file ? 'kept' : 'made'}`);

const withdrawn: Change = {
  at: '2025-05-01T00:00:00.000Z',
  fiscalYear: 2025,
  departmentId: 'fukushi',
  departmentName: '福祉部',
  kind: 'withdrawn',
  details: [],
  approvedBy: null,
};

describe('the document of a year', () => {
  test('is made the first time, and names what it was made from', async () => {
    const first = await run(before, works);
    expect(fate(first)).toEqual(['2025/2025.pdf made', '2024/2024.pdf made']);
    expect(first.loaded).toBe(1);
    expect(first.sizes.get('2025/2025.pdf')).toBe(
      first.files.flatMap((file) => ('body' in file ? [file] : []))[0]?.body.byteLength,
    );
  });

  test('is kept where nothing changed, and then nothing is loaded', async () => {
    const first = await run(before, works);
    const second = await run(before, works, { madeOf: siteOf(first) });
    expect(fate(second)).toEqual(['2025/2025.pdf kept', '2024/2024.pdf kept']);
    expect(second.loaded).toBe(0);
    expect(second.sizes).toEqual(first.sizes);
  });

  test('is made anew where its year changed, and only there', async () => {
    const first = await run(before, works);
    expect(fate(await run(after, works, { madeOf: siteOf(first) }))).toEqual([
      '2025/2025.pdf made',
      '2024/2024.pdf kept',
    ]);
  });

  test('stays as it was where the new one cannot be made, which is said', async () => {
    const first = await run(before, works);
    const second = await run(after, broken, { madeOf: siteOf(first), previous: before });
    expect(fate(second)).toEqual(['2025/2025.pdf kept', '2024/2024.pdf kept']);
    expect(second.notes).toEqual([{ kind: 'failed', fiscalYear: 2025, isKept: true, cause: 'out of ink' }]);
    // And is made by the next run.
    expect(fate(await run(after, works, { madeOf: siteOf(first, second) }))[0]).toBe('2025/2025.pdf made');
  });

  test('does not stay over a department that was withdrawn', async () => {
    const first = await run(before, works);
    const second = await run(after, broken, { madeOf: siteOf(first), changes: [withdrawn] });
    expect(fate(second)).toEqual(['2024/2024.pdf kept']);
    expect(second.notes).toMatchObject([{ kind: 'failed', isKept: false }]);
  });

  test('does not stay over a column that is private from now on', async () => {
    const first = await run(withBudget(before), works);
    const second = await run(before, broken, { madeOf: siteOf(first), previous: withBudget(before) });
    expect(fate(second)).toEqual(['2024/2024.pdf kept']);
    expect(second.notes).toMatchObject([{ kind: 'failed', fiscalYear: 2025, isKept: false }]);
  });

  test('is left out where the library is not installed, which is said once', async () => {
    const first = await run(before, null);
    expect([fate(first), first.notes, first.loaded]).toEqual([[], [{ kind: 'left-out' }], 1]);
  });

  test('is not what was cut off while it was written', async () => {
    const [file] = (await run(before, works)).files;
    if (file === undefined || 'keep' in file) throw new Error('not made');
    expect(originIn(file.body)).toMatch(/^[0-9a-f]{64}$/u);
    expect(originIn(file.body.subarray(0, -3))).toBeNull();
    expect(originIn(bytes)).toBeNull();
  });
});

test.each<[DocumentNote, string, RegExp]>([
  [{ kind: 'left-out' }, 'notice', /PDFは作りませんでした.*ページとデータは、そのまま公表/u],
  [{ kind: 'failed', fiscalYear: 2025, isKept: true, cause: 'x'.repeat(999) }, 'warning', /令和7年度.*前のPDF/u],
  [{ kind: 'failed', fiscalYear: 2025, isKept: false, cause: '' }, 'warning', /載せていません/u],
  [{ kind: 'unknown-characters', fiscalYear: 2025, characters: ['🙂', '한'] }, 'notice', /🙂、한.*〓/u],
])('%j is told in plain words', (note, severity, words) => {
  const told = noteInWords(note);
  expect(told.severity).toBe(severity);
  expect(told.failure.message).toMatch(words);
  for (const text of [told.failure.message, told.failure.fix]) expect(text).toMatch(/^[^\s].*。$/u);
  expect(told.failure.fix.length).toBeLessThan(300);
});
