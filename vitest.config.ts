import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { hasTools } from './tests/support/tools.ts';

/** Nothing in them runs without a browser. */
const needTools = ['tests/browser/**/*.test.ts'];

/** What takes minutes, much of it waiting for clocks and queues. */
const longest = ['fleet/night', 'deployment/template', 'functions/lambda', 'stores/radosgw'];

/** The longest files first: none of them is waited for alone at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const index = longest.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', ...(hasTools ? [] : needTools)],
    sequence: { sequencer: LongestFirst },
    // Half of the time they wait, for clocks, queues and other processes.
    maxWorkers: availableParallelism() + 1,
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
