import * as z from 'zod';
import type { SourceFailure } from '../failure.ts';
import { trashed } from '../sources/google/failures.ts';
import type { GoogleConfig } from '../sources/google/google-config.ts';
import { type GoogleSheetDeps, type Session, sessions } from '../sources/google/session.ts';
import { matchKey } from '../text/normalize.ts';
import { reportTabName } from '../workbook/columns.ts';
import { attention, type CheckResult, good, wrong } from './check-result.ts';

/** A person waits: what Google does not answer within this time is told as such. */
const budgetMs = 20_000;

/** Which check a failure belongs to; all others are of the sheet itself. */
const checksByCode: Readonly<Record<string, string>> = {
  'google-credentials-unusable': 'google-credentials',
  'google-credentials-refused': 'google-credentials',
  'google-credentials-of-a-person': 'google-credentials',
  'google-scopes-missing': 'google-credentials',
  'google-api-disabled': 'google-apis',
  'google-quota-exhausted': 'google-answers',
  'google-daily-limit': 'google-answers',
  'google-unavailable': 'google-answers',
};

const tabsSchema = z.object({
  sheets: z
    .array(
      z.object({
        properties: z.object({ title: z.string() }),
        protectedRanges: z
          .array(
            z.object({ warningOnly: z.boolean().default(false), requestingUserCanEdit: z.boolean().default(false) }),
          )
          .default([]),
      }),
    )
    .default([]),
});
const tabsFields = 'sheets(properties(title),protectedRanges(warningOnly,requestingUserCanEdit))';

/** Checks whether a Google Sheet can be read and answered in, with 3 requests. */
export async function checkSheet(
  { spreadsheetId, config }: { readonly spreadsheetId: string; readonly config: GoogleConfig },
  more: Pick<GoogleSheetDeps, 'clock' | 'random'> = {},
): Promise<CheckResult[]> {
  const begun = await sessions({ spreadsheetId, config, access: 'write', budgetMs, ...more })();
  if (!begun.ok) return [failed(begun.failure)];
  const { session } = begun;
  const looked = await session.send((client, signal) => client.rights(spreadsheetId, signal));
  if (!looked.ok) return [failed(session.failure(looked))];
  const results = [
    good('google-credentials', 'Googleの認証ができました。'),
    good('google-apis', 'Google Drive API が使えます。'),
  ];
  if (looked.value.trashed) return [...results, failed(trashed())];
  const canEdit = looked.value.capabilities.canEdit
    ? good('sheet-rights', 'スプレッドシートを編集する権限があります。')
    : attention(
        'sheet-rights',
        'スプレッドシートを閲覧することはできますが、編集する権限がありません。「確認結果」とメモを書けません。',
        'スプレッドシートの「共有」で、サービスアカウントを「編集者」に変えてください。',
      );
  return [...results, canEdit, ...(await checkTabs(session, spreadsheetId))];
}

async function checkTabs(session: Session, spreadsheetId: string): Promise<CheckResult[]> {
  const read = await session.send((client, signal) =>
    client.spreadsheet(spreadsheetId, { fields: tabsFields, ranges: [] }, tabsSchema, signal),
  );
  if (!read.ok) return [failed(session.failure(read))];
  const { sheets } = read.value;
  const titles = sheets.map(({ properties }) => properties.title);
  const missing = ['設定', '目標', reportTabName].filter(
    (name) => !titles.some((title) => matchKey(title) === matchKey(name)),
  );
  const locked = sheets
    .filter(({ protectedRanges }) =>
      protectedRanges.some(({ warningOnly, requestingUserCanEdit }) => !(warningOnly || requestingUserCanEdit)),
    )
    .map(({ properties }) => `「${properties.title}」`);
  return [
    good('sheet-shared', 'スプレッドシートを読めます（Google Sheets API が使えます）。'),
    missing.length === 0
      ? good('sheet-tabs', 'シートがそろっています。')
      : attention(
          'sheet-tabs',
          `シートが足りません：${missing.join('、')}`,
          '`mokuhyo sheet setup` を実行すると、足りないシートと見出しを加えます。すでに書かれている内容は変わりません。',
        ),
    locked.length === 0
      ? good('sheet-protection', '書き込みを妨げる、保護された範囲はありません。')
      : attention(
          'sheet-protection',
          `${locked.join('、')}に、編集できない保護された範囲があります。そこには、メモや印を書けません。`,
          'スプレッドシートの「データ」→「シートと範囲を保護」で、サービスアカウントに編集を許可してください。',
        ),
  ];
}

function failed({ code, message, fix }: SourceFailure): CheckResult {
  return wrong(checksByCode[code] ?? 'sheet-shared', message, fix);
}
