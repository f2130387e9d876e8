import { fileURLToPath } from 'node:url';
import type { Published } from '../../lib/goals/model/published.ts';
import { settle } from '../../lib/goals/settle/settle.ts';
import { inspect } from '../../lib/inspect.ts';
import { openFileSource } from '../../lib/sources/open.ts';

const folder = fileURLToPath(new URL('../../lib/sample', import.meta.url));

/** What the bundled sample publishes, through the real steps. */
export async function bundledSamplePublished(): Promise<Published> {
  const now = new Date('2025-06-01T00:00:00Z');
  const opened = await openFileSource(folder);
  if (!opened.ok) throw new Error(opened.failure.message);
  const read = await opened.source.read();
  if (!read.ok) throw new Error(read.failure.message);
  const inspection = inspect(read.workbook, now);
  if (inspection.kind !== 'usable') throw new Error(`The sample is ${inspection.kind}.`);
  return settle(inspection.sheet, null, now).published;
}
