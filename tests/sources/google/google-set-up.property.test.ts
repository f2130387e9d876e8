import fc from 'fast-check';
import { expect, test } from 'vitest';
import { setUpSchema } from '../../../lib/sources/google/set-up-grid.ts';
import { planSetUp } from '../../../lib/sources/google/set-up-plan.ts';
import { templateTabs } from '../../../lib/staff/template/template.ts';
import { defaultScheme } from '../../../lib/text/scheme.ts';
import { requestSchema } from '../../support/google-requests.ts';
import { SpreadsheetModel } from '../../support/google-spreadsheet.ts';
import { runs } from '../../support/property-runs.ts';

const names = [
  ...templateTabs(defaultScheme).flatMap(({ columns, settings }) =>
    [...columns, ...settings].flatMap(({ definition: { header, aliases } }) => [header, ...aliases]),
  ),
  ...['庁内用', '公開', 'TRUE', '達成', '', '', '', ''],
];
const tabNames = ['設定', '部', '目標', '選択肢', '指標', '項目', '評価', '確認結果', '使い方', '目 標', 'シート1'];

const rows = fc.array(fc.array(fc.constantFrom(...names), { maxLength: 6 }), { maxLength: 5 });
const spreadsheet = fc.uniqueArray(fc.tuple(fc.constantFrom(...tabNames), rows), {
  selector: ([name]) => name,
  maxLength: 4,
});

function setUp(model: SpreadsheetModel): number {
  const { requests } = planSetUp(setUpSchema.parse(model.show('x')));
  // As the test server does, and the real one: every request is one that the service knows.
  for (const request of requests) model.apply(requestSchema.parse(request));
  return requests.length;
}

test('whatever is there already: no written cell changes, and once is enough', () => {
  fc.assert(
    fc.property(spreadsheet, (tabs) => {
      const model = new SpreadsheetModel();
      for (const [name, cells] of tabs) model.addTab(name, cells);
      const before = tabs.map(([name]) => [name, model.texts(name)] as const);
      setUp(model);
      for (const [name, texts] of before) {
        const after = model.texts(name);
        texts.forEach((row, at) => {
          row.forEach((text, column) => {
            if (text !== '') expect(after[at]?.[column], `${name} ${at} ${column}`).toBe(text);
          });
        });
      }
      expect(setUp(model)).toBe(0);
    }),
    runs(15),
  );
});
