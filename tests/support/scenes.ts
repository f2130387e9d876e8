import type { Change, Published } from '../../lib/goals/model/published.ts';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import type { Plan } from '../../lib/release/release.ts';
import { type DepartmentDraft, publishedOf, yearOf } from './published.ts';
import { smallSite } from './small-site.ts';

/** Versions of one site, each a step from `first` that a release has to take. */

const somu: DepartmentDraft = {
  id: 'somu',
  name: '総務部',
  goals: [
    ['書類を減らします。', 'in-progress'],
    ['窓口を早く開けます。', 'achieved'],
  ],
};
const kankyo: DepartmentDraft = { id: 'kankyo', name: '環境部', goals: [['ごみを減らします。', 'partial']] };
const kodomo: DepartmentDraft = { id: 'kodomo', name: 'こども部', goals: [['遊び場を増やします。', 'missed']] };

const changeOf = (departmentId: string, kind: Change['kind']): Change => ({
  at: '2025-04-01T00:00:00.000Z',
  fiscalYear: 2024,
  departmentId,
  departmentName: departmentId,
  kind,
  details: [],
  approvedBy: null,
});

const scene = (published: Published, style?: string): { published: Published; files: readonly SiteFile[] } => ({
  published,
  files: smallSite(published, style),
});

const first = yearOf({ departments: [somu, kankyo, kodomo] });

export const scenes = {
  first: scene(publishedOf([first])),
  oneGoal: scene(
    publishedOf(
      [yearOf({ departments: [{ ...somu, goals: [['書類を減らします。', 'achieved']] }, kankyo, kodomo] })],
      [changeOf('somu', 'updated')],
    ),
  ),
  yearAdded: scene(
    publishedOf(
      [yearOf({ fiscalYear: 2025, phase: 'plan', departments: [somu, kankyo] }), first],
      [changeOf('somu', 'added')],
    ),
  ),
  withdrawn: scene(publishedOf([yearOf({ departments: [somu, kankyo] })], [changeOf('kodomo', 'withdrawn')])),
  restyled: scene(publishedOf([first]), 'body { color: navy }'),
} as const;
export type Scene = keyof typeof scenes;

/** A plan that wants the scene, whatever was published before. */
export function planOf(name: Scene): () => Plan {
  const { published, files } = scenes[name];
  return () => ({
    kind: 'release',
    files,
    published,
    changes: published.changes,
    sourceVersion: name,
  });
}
