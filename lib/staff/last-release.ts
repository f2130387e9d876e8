import type { Change } from '../goals/model/published.ts';
import type { ReleaseRecord } from '../release/state.ts';
import type { SheetReport } from './confirmation.ts';

/**
 * What the sheet says of the release that is on the site. It comes from the state, so that the next check, or an event
 * that comes twice, says the same as the run that published.
 */
export function lastRelease(record: ReleaseRecord | null): SheetReport['last'] {
  if (record === null) return null;
  const namesOf = (isMeant: (kind: Change['kind']) => boolean): string[] => [
    ...new Set(record.changes.filter(({ kind }) => isMeant(kind)).map(({ departmentName }) => departmentName)),
  ];
  return {
    at: new Date(record.at),
    isRollback: record.kind === 'rollback',
    published: namesOf((kind) => kind !== 'withdrawn'),
    withdrawn: namesOf((kind) => kind === 'withdrawn'),
  };
}
