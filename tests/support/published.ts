import { type Goal, type Phase, type StatusCode, tallyOf } from '../../lib/goals/model/dataset.ts';
import type { Published, PublishedDepartment, PublishedYear } from '../../lib/goals/model/published.ts';

import { defaultScheme } from '../../lib/text/scheme.ts';

/** Builders of what a site publishes, about a city that is not there. */

const statusWords: Readonly<Record<StatusCode, string | null>> = {
  exceeded: '上回る',
  achieved: '達成',
  partial: '一部達成',
  missed: '未達成',
  'in-progress': '進行中',
  'not-started': '未着手',
  cancelled: '中止',
  'not-assessable': '評価不能',
  unrated: null,
};

/** A goal as [text, status], or with its own wording of the status and a note. */
export type GoalDraft = readonly [text: string, status: StatusCode, label?: string | null, note?: string | null];

export interface DepartmentDraft {
  readonly id: string;
  readonly name: string;
  readonly nameKana?: string | null;
  readonly director?: readonly [name: string, kana: string];
  readonly policy?: string;
  readonly work?: string;
  readonly summary?: string | null;
  readonly updated?: string;
  readonly held?: boolean;
  readonly goals: readonly GoalDraft[];
}

/** A department with everything that a draft leaves out filled in. */
function departmentOf(draft: DepartmentDraft): PublishedDepartment {
  const goals: Goal[] = draft.goals.map(([text, status, label, note], index) => ({
    number: index + 1,
    text,
    status,
    statusLabel: label === undefined ? statusWords[status] : label,
    group: null,
    note: note ?? null,
    section: null,
    due: null,
    reason: null,
    interim: null,
    columns: {},
    evaluations: [],
    indicators: [],
  }));
  const [name, nameKana] = draft.director ?? ['架空 太郎', 'かくう たろう'];
  return {
    department: {
      id: draft.id,
      name: draft.name,
      nameKana: draft.nameKana ?? null,
      directors: [{ title: `${draft.name}長`, name, nameKana, portrait: null }],
      approval: null,
      columns: {},
      evaluations: [],
      policy: draft.policy ?? '市民に近い市役所をめざします。',
      work: draft.work ?? `${draft.name}は、架空の仕事を受け持っています。`,
      summary: draft.summary === undefined ? '一年を通じて、計画に沿って取り組みました。' : draft.summary,
      updated: draft.updated ?? '2025-04-01',
      tally: tallyOf(goals),
      goals,
    },
    order: null,
    held: draft.held ?? false,
    approvedBy: null,
  };
}

export interface YearDraft {
  readonly fiscalYear?: number;
  readonly phase?: Phase;
  readonly title?: string;
  readonly contact?: string | null;
  readonly licence?: PublishedYear['licence'];
  readonly departments: readonly DepartmentDraft[];
}

export function yearOf(draft: YearDraft): PublishedYear {
  return {
    municipality: { name: '架空市', code: '999997' },
    scheme: defaultScheme,
    introduction: null,
    statuses: [],
    columns: [],
    labels: {},
    moved: [],
    unlisted: 0,
    fiscalYear: draft.fiscalYear ?? 2024,
    phase: draft.phase ?? 'result',
    title: draft.title ?? '部長目標',
    licence: draft.licence === undefined ? 'CC-BY-4.0' : draft.licence,
    contact: draft.contact === undefined ? '架空市 企画課\n電話 00-0000-0000' : draft.contact,
    departments: draft.departments.map(departmentOf),
  };
}

export function publishedOf(years: readonly PublishedYear[], changes: Published['changes'] = []): Published {
  return { years: [...years], changes: [...changes], history: [] };
}
