import type { Completeness as DepartmentCompleteness } from '../goals/completeness.ts';
import type { Completeness } from './confirmation.ts';

/** Who is missing what, as the sheet says it: by the names of the columns. */
export function progressOf(completeness: readonly DepartmentCompleteness[]): Completeness[] {
  return completeness.map(({ department, filled, required, fields }) => ({
    department: department === '' ? '（名前なし）' : department,
    filled,
    required,
    missing: fields
      .filter(({ blank }) => blank > 0)
      .map(({ column, blank }) => (blank === 1 ? column : `${column}（${blank}か所）`)),
  }));
}
