import { defineConfig } from 'vitest/config';

/** The tests that hold the pure rules, the joins, settling and the texts, and nothing slower: they are run for every mutant. */
export default defineConfig({
  test: {
    // Stryker runs them with every line counted, on a machine that does other work too.
    testTimeout: 60_000,
    include: [
      'tests/findings/{attached,catalogue,columns,numbers,withdrawn}.test.ts',
      'tests/goals/{before-after,cells,choices,completeness,content,decide,figure,heads,ids,indicator,join,kept,licence,match-earlier,numbers-and-codes,records,settle,status}.test.ts',
      'tests/workbook/declared.test.ts',
      'tests/text/{date-in-words,fiscal-year,lost-characters,negative-words,normalize,placeholders,post-in-name,several-goals,windows-31j,words}.test.ts',
    ],
  },
});
