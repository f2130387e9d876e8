import { defineConfig } from 'vitest/config';

/** The tests that hold the pure rules and the normalizer, without those that start programs or look at the seed: run for every mutant. */
export default defineConfig({
  test: {
    include: ['tests/goals/**/*.test.ts', 'tests/findings/catalogue.test.ts'],
  },
});
