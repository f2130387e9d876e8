import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

/** Tests that need the tools of `tests/package.json`: a browser's driver, Lighthouse, the HTML validators, a second S3 server. */
const needTools = ['tests/browser/**/*.test.ts', 'tests/stores/s3.test.ts'];
const hasTools = existsSync(new URL('tests/node_modules/playwright-core', import.meta.url));

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(hasTools ? [] : needTools)],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: [
      ['default', { summary: false }],
      ['./tests/support/summary-reporter.ts', { leftOut: hasTools ? [] : needTools }],
    ],
  },
});
