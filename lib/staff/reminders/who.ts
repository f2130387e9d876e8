import type { Finding } from '../../findings/finding.ts';
import type { Phase } from '../../goals/model/dataset.ts';
import type { DepartmentStanding, UsableSheet } from '../../goals/settle/settle.ts';
import { type CheckedDepartment, isUnwritten, rowKeys } from '../../goals/validate.ts';
import type { Scheme } from '../../text/scheme.ts';
import { reminderDue } from './days.ts';

/** A day on which a deadline is reminded of. Of one day there is one reminder, however often it is looked at. */
export interface ReminderDay {
  readonly fiscalYear: number;
  readonly phase: Phase;
  /** `YYYY-MM-DD` */
  readonly deadline: string;
  /** The day on which it was due, `YYYY-MM-DD`: today, or the last one before. */
  readonly due: string;
}

/** A cell that a department still has to see to. Never what stands in it. */
export interface OwedCell {
  readonly tab: string;
  /** A1 notation; null where the tab has no such column. */
  readonly cell: string | null;
  readonly column: string | null;
  /** `goals`: the department has not one goal, which is said at its name. */
  readonly kind: 'blank' | 'wrong' | 'goals';
}

/** A department of the current year, and what it owes. */
export interface Owing {
  /** 部名 as `matchKey` compares it; `''` where its row has none. */
  readonly key: string;
  readonly department: string;
  readonly id: string | null;
  readonly fiscalYear: number;
  readonly standing: DepartmentStanding['standing'];
  /** In the order of the sheet; empty where nothing is left to be done. */
  readonly cells: readonly OwedCell[];
  /** 連絡先メール. Private. */
  readonly addresses: readonly string[];
}

/** Whom a deadline is to be reminded of today, and all others for the coordinator. */
export interface DueReminder {
  readonly day: ReminderDay;
  readonly today: string;
  readonly scheme: Scheme;
  readonly municipality: string;
  /** Every department of the current year that is not withdrawn, in the order of the sheet. */
  readonly departments: readonly Owing[];
}

/**
 * Who is reminded of what today; null where the current phase has no deadline, or it is more than seven days off. Pure.
 *
 * A department owes the cells that keep it, or would keep it, from being published: what is blank and required in the current phase, and
 * what cannot be published as it is, drafts included. Whether it has said 公開 is the coordinator's to see, and no reason for a mail.
 *
 * @param standings where the departments stand after the run, for the coordinator
 * @param today the day in Japan
 */
export function whoIsRemindedToday(
  sheet: Pick<UsableSheet, 'settings' | 'departments'>,
  standings: readonly DepartmentStanding[],
  today: string,
): DueReminder | null {
  const { fiscalYear, phase, deadlines, scheme, municipality } = sheet.settings;
  const deadline = deadlines[phase];
  const due = deadline === null ? null : reminderDue(deadline, today);
  if (deadline === null || due === null) return null;
  const ofYear = sheet.departments.filter(
    (department) => department.fiscalYear === fiscalYear && department.visibility !== 'withdrawn',
  );
  const standingOf = (name: string): DepartmentStanding | undefined =>
    standings.find((one) => one.fiscalYear === fiscalYear && one.department === name);
  return {
    day: { fiscalYear, phase, deadline, due },
    today,
    scheme,
    municipality: municipality.name,
    departments: [...Map.groupBy(ofYear, ({ key }) => key)].flatMap(([key, rows]) => {
      const [first] = rows;
      if (first === undefined) return [];
      const standing = standingOf(first.name);
      return [
        {
          key,
          department: first.name,
          id: standing?.id ?? first.id,
          fiscalYear,
          standing: standing?.standing ?? (first.visibility === 'draft' ? 'draft' : 'held'),
          cells: owedCells(rows),
          addresses: [...new Set(rows.flatMap(({ mailAddresses }) => mailAddresses))],
        },
      ];
    }),
  };
}

/** Each cell once. What holds the department but stands in another's row is that one's to mend. */
function owedCells(rows: readonly CheckedDepartment[]): OwedCell[] {
  const own = rows.flatMap(({ name, errors, rows: own }) => {
    const ownRows = rowKeys(own);
    return errors.filter(({ tab, row: at, department }) => department === name || ownRows.has(`${tab}!${at}`));
  });
  const cells = own.flatMap((error): OwedCell[] => {
    const { tab, cell, column } = error;
    return tab === null ? [] : [{ tab, cell, column, kind: kindOf(error) }];
  });
  return [...new Map(cells.map((cell) => [`${cell.tab}!${cell.cell ?? cell.column}`, cell])).values()];
}

function kindOf(error: Finding): OwedCell['kind'] {
  if (error.code === 'department-without-goals') return 'goals';
  return isUnwritten(error) ? 'blank' : 'wrong';
}
