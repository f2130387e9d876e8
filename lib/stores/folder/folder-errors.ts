import { errorCode } from '../../system-error.ts';
import { shownPlace } from '../../text/shown-place.ts';
import { StoreError } from '../store.ts';

/** What a file system says, in the words of a store. */

/** For `catch`: takes the errors with one of these codes for nothing, and throws any other. */
export function unless(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (!codes.includes(errorCode(error) ?? '')) throw error;
  };
}

const sentences: Readonly<Record<string, { readonly what: string; readonly fix: string }>> = {
  EACCES: { what: 'フォルダーを読み書きする権限がありません', fix: 'フォルダーの権限を確かめてください。' },
  EPERM: { what: 'フォルダーを読み書きする権限がありません', fix: 'フォルダーの権限を確かめてください。' },
  EROFS: { what: '読み取り専用の場所です', fix: '書き込める場所を指定してください。' },
  ENOSPC: { what: 'ディスクの空きが足りません', fix: '空きを作ってから、もう一度実行してください。' },
  EDQUOT: { what: 'ディスクの割り当てが足りません', fix: '空きを作ってから、もう一度実行してください。' },
  ENOTDIR: {
    what: 'フォルダーがあるべき所に、同じ名前のファイルがあります',
    fix: 'そのファイルを別の場所に移すか、別のフォルダーを指定してください。',
  },
  EEXIST: {
    what: 'フォルダーがあるべき所に、同じ名前のファイルがあります',
    fix: 'そのファイルを別の場所に移すか、別のフォルダーを指定してください。',
  },
  EISDIR: {
    what: 'ファイルがあるべき所に、同じ名前のフォルダーがあります',
    fix: 'そのフォルダーを別の場所に移すか、別のフォルダーを指定してください。',
  },
};

/**
 * What must be a folder of its own and is a link: a file below it would be written wherever the link leads.
 */
export function linkInTheWay(root: string, key: string): StoreError {
  return new StoreError(
    'folder-link',
    `フォルダーの中に、別の場所へのリンク（シンボリックリンク）があります（場所: ${shownPlace(root)}、ファイル: ${key}）。リンクの先には書き込みません。`,
    'そのリンクを取り除くか、別のフォルダーを指定してください。',
  );
}

/** Turns what the file system says into a `StoreError`. */
export async function explained<Result>(root: string, key: string, operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    throw explanation(root, key, error);
  }
}

/** As {@link explained}, for what is done at once. */
export function explainedSync<Result>(root: string, key: string, operation: () => Result): Result {
  try {
    return operation();
  } catch (error) {
    throw explanation(root, key, error);
  }
}

function explanation(root: string, key: string, error: unknown): unknown {
  const code = errorCode(error);
  if (code === null || error instanceof StoreError) return error;
  const { what, fix } = sentences[code] ?? {
    what: `フォルダーを読み書きできませんでした（${code}）`,
    fix: 'フォルダーの状態を確かめてから、もう一度実行してください。',
  };
  return new StoreError(
    `folder-${code.toLowerCase()}`,
    `${what}（場所: ${shownPlace(root)}、ファイル: ${key}）。`,
    fix,
    {
      cause: error,
    },
  );
}
