import type { SourceFailure } from '../../failure.ts';
import { type GoogleSheetDeps, sessions } from './session.ts';

/** Which files changed, as Drive tells it of all that are shared with the account: one request, however many they are. */

export type DriveChanges =
  | {
      readonly outcome: 'told';
      /** Ids of files, each once: changed, moved, binned, or shared no more. */
      readonly fileIds: ReadonlySet<string>;
      /**
       * Those of them that the account itself changed last. Most likely nobody else changed them; but somebody may have, right before.
       */
      readonly ownIds: ReadonlySet<string>;
      /** Where to go on the next time. */
      readonly token: string;
      readonly requests: number;
    }
  /** No token was given, or Drive knows it no more: what changed until now is not known, and what changes from now on is told by `token`. */
  | { readonly outcome: 'begun'; readonly token: string; readonly requests: number }
  | { readonly outcome: 'failed'; readonly failure: SourceFailure; readonly requests: number };

/** More are left to the next time: a page is a thousand changes. */
const mostPages = 20;

/**
 * What changed since a token.
 *
 * @param token null where none was kept
 */
export async function driveChanges(
  deps: Omit<GoogleSheetDeps, 'spreadsheetId' | 'access'>,
  token: string | null,
): Promise<DriveChanges> {
  // With the rights that the sheets are read and answered with: one connection, one token.
  const begun = await sessions({ ...deps, spreadsheetId: '', access: 'write' })();
  if (!begun.ok) return { outcome: 'failed', failure: begun.failure, requests: 0 };
  const { session } = begun;
  const begin = async (): Promise<DriveChanges> => {
    const first = await session.send((client, signal) => client.changesFrom(signal));
    const requests = session.requests();
    return first.ok
      ? { outcome: 'begun', token: first.value, requests }
      : { outcome: 'failed', failure: session.failure(first), requests };
  };
  if (token === null) return begin();
  const fileIds = new Set<string>();
  const ownIds = new Set<string>();
  let next = token;
  for (let page = 1; page <= mostPages; page += 1) {
    const from = next;
    const read = await session.send((client, signal) => client.changesSince(from, signal));
    if (!read.ok) {
      // A token that is too old or was another account's is refused for good (400, 404 or 410).
      const isLost = read.fault.kind === 'final' && ['bad-request', 'not-found'].includes(read.fault.reason);
      return isLost ? begin() : { outcome: 'failed', failure: session.failure(read), requests: session.requests() };
    }
    const { changes, nextPageToken, newStartPageToken } = read.value;
    for (const { fileId, file } of changes) {
      if (fileId === undefined) continue;
      fileIds.add(fileId);
      if (file?.lastModifyingUser?.me === true) ownIds.add(fileId);
      else ownIds.delete(fileId);
    }
    next = nextPageToken ?? newStartPageToken ?? from;
    if (nextPageToken === undefined) break;
  }
  return { outcome: 'told', fileIds, ownIds, token: next, requests: session.requests() };
}
