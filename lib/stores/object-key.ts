import { StoreError } from './store.ts';

/** The longest key that S3 takes, in bytes of UTF-8. */
const longestKey = 1024;

/** What the names of the folder store's own files begin with. */
export const ownFilePrefix = '.mokuhyo-';

/**
 * Refuses a key that could lead out of the place it is meant for, or that one kind of store would keep and another not:
 * absolute, with empty, `.` or `..` segments, with a backslash or a control character, or named like the folder store's
 * own files.
 *
 * @throws StoreError `key-invalid`
 */
export function checkObjectKey(key: string): void {
  const sound =
    Buffer.byteLength(key) <= longestKey &&
    key.isWellFormed() &&
    key.split('/').every((segment) => !['', '.', '..'].includes(segment) && !segment.startsWith(ownFilePrefix)) &&
    !/[\\\p{Cc}]/u.test(key);
  if (!sound) {
    throw new StoreError(
      'key-invalid',
      `公開先に置けない名前のファイルがあります（${JSON.stringify(key)}）。`,
      'URL名に使った文字を確かめてください。表に問題がない場合は、このプログラムの不具合です。管理者に伝えてください。',
    );
  }
}
