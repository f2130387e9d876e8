import { originIn } from '../pages/documents/document-files.ts';
import { makeFile } from '../pages/make-file.ts';
import { failureOf } from '../stores/failure-of.ts';
import type { OutputFolder } from '../stores/folder/output-folder.ts';
import type { ReleaseResult } from './change-site.ts';
import { type HashedFile, hashed, releaseId } from './hashed-file.ts';
import type { Plan, SiteAsItIs } from './release.ts';
import { writeStages } from './write-order.ts';

/**
 * Makes a folder what the plan says, with nothing known of what was there before but the files themselves: those that are right already
 * stay as they are, and none is removed. See docs/decisions/0008-build-without-state.md.
 *
 * @param plan is given null, as before a first release, and what reads the files of the folder. A file that is kept is one that it finds there
 */
export async function buildSite(
  site: OutputFolder,
  plan: (previous: null, site: SiteAsItIs) => Plan | Promise<Plan>,
): Promise<ReleaseResult> {
  const before = site.requests;
  let written = 0;
  let unchanged = 0;
  const result = (
    outcome: ReleaseResult['outcome'],
    release: string | null,
    problem: ReleaseResult['problem'] = null,
  ): ReleaseResult => ({
    outcome,
    release,
    record: null,
    objects: { written, unchanged, deleted: 0 },
    requests: { site: site.requests - before, state: 0 },
    problem,
    notes: [],
  });
  try {
    const planned = await plan(null, {
      bytesOf: (key) => site.read(key),
      isKept: () => false,
      madeOf: (key) => {
        const body = site.read(key);
        const from = body === null ? null : originIn(body);
        return body === null || from === null ? null : { from, size: body.byteLength };
      },
    });
    if (planned.kind === 'blocked') return result('blocked', null);
    const differing: HashedFile[] = [];
    const files = planned.files.map((file) => {
      if (!('keep' in file)) return hashed(file);
      const body = site.read(file.key);
      if (body === null) throw new Error(`${file.key} is to be kept, and is not there.`);
      return hashed(makeFile(file.key, 'data', body));
    });
    for (const file of files) if (!site.holds(file.key, file.body)) differing.push(file);
    unchanged = files.length - differing.length;
    const items = differing.map((file) => ({ key: file.key, role: file.object.role, met: true, file }));
    for (const { file } of writeStages(items).flat()) {
      site.put(file.key, file.body);
      written += 1;
    }
    return written === 0 ? result('unchanged', null) : result('published', releaseId(1, files));
  } catch (error) {
    return result('failed', null, failureOf(error));
  }
}
