import type { Step } from '../lib/publish.ts';
import { errorCodes } from '../lib/staff/run-figures.ts';
import type { Watch } from './watch.ts';

/** One structured line for each step, with nothing of the sheet's content in it. */
export function logStep(step: Step, logger: Watch['logger'], more: { readonly site?: string } = {}): void {
  switch (step.step) {
    case 'published': {
      const { outcome, release, objects, requests, held } = step.report;
      const codes = errorCodes(step.report);
      logger.info('publishing ended', { ...more, outcome, release, objects, requests, held: held.length, codes });
      return;
    }
    case 'recorded':
      logger.info('run recorded', { ...more, counts: step.record.counts, upToDateAt: step.record.upToDateAt });
      return;
    case 'previewed': {
      const { outcome, code } = step;
      if (code === null) logger.info('preview made', { ...more, outcome });
      else logger.warn('preview not made', { ...more, code });
      return;
    }
    case 'answered': {
      const { answered } = step;
      if (answered?.failure) logger.warn('sheet not answered', { ...more, code: answered.failure.code });
      else logger.info('sheet answered', { ...more, outcome: answered?.outcome ?? 'unreadable' });
      return;
    }
    case 'mailed':
      logger.info('staff mailed', { ...more, outcome: step.outcome });
  }
}
