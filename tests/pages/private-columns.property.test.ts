import fc from 'fast-check';
import { expect, test } from 'vitest';
import { settle } from '../../lib/goals/settle/settle.ts';
import { inspect } from '../../lib/inspect.ts';
import { renderSite } from '../../lib/pages/render.ts';
import { runs } from '../support/property-runs.ts';
import { type Tabs, workbookOf } from '../support/workbook.ts';

/** What becomes of a column beside those that every sheet here has. */
const kinds = ['standard', 'standard, declared private', 'declared public', 'declared private', 'undeclared'] as const;
type Kind = (typeof kinds)[number];

/** Columns of the contract that may stand on each tab; what is in them is text that is published as it is. */
const standard = {
  部: ['部長名', '基本方針', '部の仕事', '総括'],
  目標: ['分類', '説明', '担当', '期限', '理由'],
} as const;
const own = ['職員数の推移', '合言葉', '査定の経過', '答弁の控え'] as const;

interface Column {
  readonly tab: '部' | '目標';
  readonly header: string;
  readonly kind: Kind;
  /** Stands in the first row of the tab, and nowhere else. */
  readonly value: string;
}

const assignment: fc.Arbitrary<readonly Column[]> = fc
  .tuple(
    ...(['部', '目標'] as const).flatMap((tab) =>
      [...standard[tab], ...own].map((header) => {
        const isStandard = standard[tab].some((one) => one === header);
        const possible = isStandard ? kinds.slice(0, 2) : kinds.slice(2);
        return fc.option(
          fc
            .constantFrom(...possible)
            .map((kind): Column => ({ tab, header, kind, value: `${tab}の${header}の中身ゐ` })),
          { nil: null },
        );
      }),
    ),
  )
  .map((columns) => columns.filter((column) => column !== null));

/** The order of the columns is the city's own. */
const shuffled = assignment.chain((columns) => fc.shuffledSubarray([...columns], { minLength: columns.length }));

function workbookOfColumns(columns: readonly Column[]): Tabs {
  const of = (tab: Column['tab']) => columns.filter((column) => column.tab === tab);
  const headers = (tab: Column['tab']) => of(tab).map(({ header }) => header);
  const values = (tab: Column['tab']) => of(tab).map(({ value }) => value);
  const declared = columns.filter(({ kind }) => kind !== 'standard' && kind !== 'undeclared');
  return {
    設定: [
      ['項目', '値'],
      ['自治体名', '湊野市'],
      ['年度', '令和6年度'],
      ['段階', '結果'],
    ],
    部: [
      ['部名', ...headers('部')],
      ['総務部', ...values('部')],
    ],
    目標: [
      ['部名', '目標', ...headers('目標')],
      ['総務部', '窓口を広げます', ...values('目標')],
    ],
    項目: [
      ['見出し', 'シート', '公表'],
      ...declared.map(({ header, tab, kind }) => [header, tab, kind === 'declared public' ? 'する' : 'しない']),
    ],
  };
}

test('a private or undeclared value is in no byte of the site, a public one is in JSON, CSV and page', () => {
  const now = new Date('2025-05-01T00:00:00Z');
  fc.assert(
    fc.property(shuffled, (columns) => {
      const inspection = inspect(workbookOf(workbookOfColumns(columns)), now);
      if (inspection.kind !== 'usable') throw new Error(inspection.findings.map(({ message }) => message).join());
      const files = renderSite(settle(inspection.sheet, null, now).published, { siteUrl: null });
      const texts = new Map(files.map(({ key, body }) => [key, new TextDecoder().decode(body)]));
      const everything = [...texts.values()].join('\n');
      const json = texts.get('data/v1/2024.json') ?? '';
      const csv = `${texts.get('data/v1/2024/goals.csv')}${texts.get('data/v1/2024/departments.csv')}`;
      // Phrases are marked within a text.
      const page = (texts.get('2024/index.html') ?? '').replace(/<[^>]*>/gu, '');
      for (const { kind, value } of columns) {
        const isPublic = kind === 'standard' || kind === 'declared public';
        if (isPublic) {
          for (const place of [json, csv, page]) expect(place).toContain(value);
        } else {
          expect(everything).not.toContain(value);
        }
      }
    }),
    runs(100),
  );
});
