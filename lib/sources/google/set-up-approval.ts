import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { matchKey } from '../../text/normalize.ts';
import { departmentColumns, settingName } from '../../workbook/columns.ts';
import type { SheetRows } from '../../workbook/rows.ts';
import type { Grid } from './set-up-grid.ts';

type Request = sheets_v4.Schema$Request;

/** By which the protection is found again. */
const description = '目標：決裁';

/** What it takes, and what is left to people, in plain Japanese. */
export interface ApprovalProtection {
  readonly requests: readonly Request[];
  readonly left: readonly string[];
}

const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** The people named in 決裁の担当, as addresses in small letters; null where one cannot be read. */
export function approversIn(settings: SheetRows['settings'] | null): readonly string[] | null {
  const text = settings?.values.find(({ key }) => key === 'approvers')?.value.text ?? '';
  const names = text
    .normalize('NFKC')
    .split(/[\s、,;，；]+/u)
    .filter((name) => name !== '')
    .map((name) => name.toLowerCase());
  return names.every((name) => address.test(name)) ? [...new Set(names)] : null;
}

/**
 * Lets only those write in 決裁 who are named in 決裁の担当. Whoever owns the sheet can always write, and take the protection away: that is
 * Google's rule. Somebody who is no longer named is left in, and taken out by hand. Nothing is left to do once it is done.
 *
 * @param header the row of the headers, from 0
 */
export function approvalProtection(
  tab: string,
  grid: Grid,
  header: number,
  approvers: readonly string[] | null,
): ApprovalProtection {
  const setting = settingName('approvers');
  const column = departmentColumns.find(({ key }) => key === 'approval')?.header ?? '';
  const none = (left: string): ApprovalProtection => ({ requests: [], left: [left] });
  const at = (grid.texts[header] ?? []).findIndex((text) => matchKey(text) === matchKey(column));
  if (at < 0)
    return none(
      `「${tab}」のシートに「${column}」の列がないため、保護していません。列を足して、もう一度実行してください。`,
    );
  if (approvers === null)
    return none(
      `「設定」の「${setting}」にメールアドレスとして読めないものがあるため、「${column}」の列を保護していません。「、」で区切って書き直し、もう一度実行してください。`,
    );
  if (approvers.length === 0)
    return none(
      `「設定」の「${setting}」が空のため、「${column}」の列を保護していません。書き込める人のメールアドレスを書き、もう一度実行してください。`,
    );
  const before = grid.locks.get(description);
  const range = { sheetId: grid.sheetId, startRowIndex: header + 1, startColumnIndex: at, endColumnIndex: at + 1 };
  if (before === undefined) {
    const protectedRange = { range, description, warningOnly: false, editors: { users: [...approvers] } };
    return { requests: [{ addProtectedRange: { protectedRange } }], left: [] };
  }
  const users = new Set(before.users.map((user) => user.toLowerCase()));
  const missing = approvers.filter((user) => !users.has(user));
  if (missing.length === 0) return { requests: [], left: [] };
  const protectedRange = { protectedRangeId: before.id, editors: { users: [...before.users, ...missing] } };
  return { requests: [{ updateProtectedRange: { protectedRange, fields: 'editors' } }], left: [] };
}
