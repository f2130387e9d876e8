import { defineConfig } from 'vitest/config';

/** The tests that hold the pure rules and the normalizer, and nothing slower: they are run for every mutant. */
export default defineConfig({
  test: {
    include: [
      'tests/findings/{catalogue,columns,numbers,withdrawn}.test.ts',
      'tests/goals/{completeness,join,status}.test.ts',
      'tests/text/{fiscal-year,normalize,windows-31j,words}.test.ts',
    ],
  },
});
