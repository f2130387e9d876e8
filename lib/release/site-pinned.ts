import type { Failure } from '../failure.ts';

/** Why nothing is published after a rollback, until somebody takes the pin away. */
export function sitePinned(release: string): Failure {
  return {
    code: 'site-pinned',
    message: `サイトは以前の公開（${release}）に戻したまま固定されています。シートの内容は公表しませんでした。`,
    fix: 'シートを直したあと、rollback コマンドに --unpin を付けて固定を解除し、もう一度実行してください。',
  };
}
