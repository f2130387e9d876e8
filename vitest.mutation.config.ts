import { defineConfig } from 'vitest/config';

/**
 * For each group of files that are mutated, the tests that hold it, and nothing slower: every one of them may be run for every mutant.
 * `MUTATION_GROUP` names the group; without it all of them are run.
 */
const groups: Readonly<Record<string, readonly string[]>> = {
  text: ['tests/text/*.test.ts'],
  workbook: ['tests/workbook/declared.test.ts', 'tests/goals/content.test.ts'],
  cells: ['tests/goals/{cells,choices,figure,indicator,licence,numbers-and-codes,own-unit,status}.test.ts'],
  join: ['tests/goals/{attachments,heads,ids,join,settle}.test.ts', 'tests/findings/catalogue.test.ts'],
  rules: [
    'tests/findings/{attached,catalogue,columns,facts,numbers,withdrawn}.test.ts',
    'tests/goals/{numbers-and-codes,records,status}.test.ts',
  ],
  settle: [
    'tests/goals/{approval,before-after,choices,completeness,content,decide,indicator,kept,match-earlier,preview,private-columns,settle,years}.test.ts',
  ],
};

const group = process.env['MUTATION_GROUP'];

export default defineConfig({
  test: {
    // Stryker runs them with every line counted, on a machine that does other work too.
    testTimeout: 60_000,
    include: [...((group === undefined ? undefined : groups[group]) ?? new Set(Object.values(groups).flat()))],
  },
});
