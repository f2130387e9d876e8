import { globSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Prints the run's last line, `N passed, N failed, N skipped`, for machines that read nothing else. A file that cannot be
 * loaded, and an error outside a test, count as failed; a file that is left out, since its tools are not installed, as skipped.
 */
export default class SummaryReporter implements Reporter {
  readonly #leftOut: readonly string[];

  /** @param options with the patterns of the files that are left out */
  constructor({ leftOut = [] }: { readonly leftOut?: readonly string[] } = {}) {
    this.#leftOut = leftOut;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: unhandled.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
    }
    const files = this.#leftOut.flatMap((pattern) => globSync(pattern));
    if (files.length > 0) {
      counts.skipped += files.length;
      const how = 'npm ci --prefix tests';
      process.stdout.write(`\n${files.length} files need tools that are not installed. To run them too: ${how}\n`);
      for (const file of files) process.stdout.write(`  ${file}\n`);
    }
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  }
}
