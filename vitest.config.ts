import { defineConfig } from 'vitest/config';
import { hasTools } from './tests/support/tools.ts';

/** Nothing in them runs without a browser. */
const needTools = ['tests/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(hasTools ? [] : needTools)],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What differs in a whole site would take minutes to be shown.
    diff: { truncateThreshold: 500 },
    reporters: [
      ['default', { summary: false }],
      ['./tests/support/summary-reporter.ts', { leftOut: hasTools ? [] : needTools }],
    ],
  },
});
