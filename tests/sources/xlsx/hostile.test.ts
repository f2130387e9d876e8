import { expect, test } from 'vitest';
import { parseWorkbookFile } from '../../../lib/sources/xlsx/workbook-file.ts';
import { hostileWorkbooks } from '../../support/hostile-workbooks.ts';

/** How long each takes, and how much memory, is measured by `tests/bench/hostile.ts`. Here it must not hang, and say the right thing. */
test.each(hostileWorkbooks.map((workbook) => [workbook.name, workbook] as const))(
  '%s',
  { timeout: 60_000 },
  async (_, { make, refused }) => {
    const parsed = await parseWorkbookFile(make(), 'test.xlsx');
    expect(parsed.ok ? null : parsed.failure.code).toBe(refused);
  },
);
