import type { SourceFailure } from '../lib/failure.ts';
import type { RunReport } from '../lib/staff/run-report.ts';

/** Google did not give the sheet, or did not take the answer. */
export class SheetUnreadable extends Error {
  override readonly name = 'SheetUnreadable';

  constructor({ code, message, fix }: SourceFailure) {
    super(`${code}: ${message}${fix}`);
  }
}

/** Nothing could be published: Lambda tries the event again, and then hands it on. */
export class NothingPublished extends Error {
  override readonly name = 'NothingPublished';

  constructor({ outcome, issues }: RunReport) {
    const codes = [...new Set(issues.filter(({ severity }) => severity === 'error').map(({ code }) => code))];
    super(`${outcome}: ${codes.join(', ')}`);
  }
}

/** There is a site, and what was known of it is gone. */
export class StateLost extends Error {
  override readonly name = 'StateLost';

  constructor() {
    super(
      'state.json is gone, though the site is there. Nothing was published. Bring it back, or publish with "rewrite": true to begin anew.',
    );
  }
}
