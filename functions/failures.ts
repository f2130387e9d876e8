import type { Failure, SourceFailure } from '../lib/failure.ts';
import { errorCodes } from '../lib/staff/run-figures.ts';
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

  constructor(report: RunReport) {
    super(`${report.outcome}: ${errorCodes(report).join(', ')}`);
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

/** The list of the cities cannot be used: until it can, nobody is looked at. */
export class SiteListUnusable extends Error {
  override readonly name = 'SiteListUnusable';

  constructor(problems: readonly Failure[]) {
    super(problems.map(({ code, message }) => `${code}: ${message}`).join(' '));
  }
}

/** One city's own failure: the others go on. */
export class SiteFailed extends Error {
  override readonly name = 'SiteFailed';

  constructor(site: string, codes: readonly string[]) {
    super(`${site}: ${codes.join(', ')}`);
  }
}
