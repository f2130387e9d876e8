import type { SourceFailure } from '../../failure.ts';
import type { Fault } from './fault.ts';

/** The sentences for a Google Sheet that could not be read or written. None shows a credential, or what Google wrote. */

/** How the failure is told to people: whom to share the sheet with, and for what. */
export interface FailureContext {
  /** Address of the service account, or null where it is not known. */
  readonly account: string | null;
  readonly access: 'read' | 'write' | 'pictures';
}

export function trashed(): SourceFailure {
  return {
    kind: 'refused',
    code: 'google-sheet-trashed',
    message: 'Googleスプレッドシートがゴミ箱に入っています。',
    fix: 'Googleドライブのゴミ箱から元に戻すか、使うスプレッドシートのIDを指定し直してください。',
  };
}

export function notASheet(): SourceFailure {
  return {
    kind: 'wrong-kind',
    code: 'google-not-a-sheet',
    message: '指定されたファイルは、Googleスプレッドシートではありません（Excel形式のまま置かれたファイルなど）。',
    fix: 'ファイルを開き、「ファイル」メニューの「Googleスプレッドシートとして保存」で作られたほうのIDを指定してください。',
  };
}

/** Makes the failure of what went wrong. `outOfTime`: it was tried again until the time was spent. */
export function failureOf(fault: Fault, context: FailureContext): SourceFailure {
  switch (fault.kind) {
    case 'busy':
      return {
        kind: 'unavailable',
        code: 'google-quota-exhausted',
        message: 'Googleの利用回数の上限に達していて、時間内に読み書きできませんでした。',
        fix: '次の自動の確認まで、そのままお待ちください。たびたび起きる場合は、確認の間隔を延ばすか、Google Cloudの割り当てを増やしてください。',
      };
    case 'broken':
      return {
        kind: 'unavailable',
        code: 'google-unavailable',
        message: 'Googleから正しい応答がなく、時間内に読み書きできませんでした。',
        fix: '次の自動の確認まで、そのままお待ちください。続く場合は、ネットワークとGoogle Workspaceの稼働状況を確かめてください。',
      };
    case 'final':
      return finalFailure(fault.reason, context);
  }
}

function finalFailure(reason: Extract<Fault, { kind: 'final' }>['reason'], context: FailureContext): SourceFailure {
  switch (reason) {
    case 'forbidden':
      return notShared(context);
    case 'not-found':
      return {
        kind: 'not-found',
        code: 'google-sheet-not-found',
        message: 'Googleスプレッドシートが見つかりません。完全に削除されたか、IDが間違っています。',
        fix: 'スプレッドシートを開き、アドレスの「/d/」と「/edit」の間にあるIDを指定してください。',
      };
    case 'unsupported-document':
      return notASheet();
    case 'api-disabled':
      return {
        kind: 'refused',
        code: 'google-api-disabled',
        message: 'Google CloudのプロジェクトでAPIが有効になっていません。',
        fix: 'Google Cloudコンソールで、Google Sheets API と Google Drive API の両方を有効にしてください。',
      };
    case 'scopes':
      return {
        kind: 'refused',
        code: 'google-scopes-missing',
        message: 'Googleの認証に、スプレッドシートを読み書きする許可（スコープ）が含まれていません。',
        fix: 'docs/google-setup.md の手順で、Google Sheets と Google Drive の両方の許可を付けて認証し直してください。スプレッドシートの共有を変える必要はありません。',
      };
    case 'daily-limit':
      return {
        kind: 'unavailable',
        code: 'google-daily-limit',
        message: 'Google CloudのプロジェクトでAPIを使える1日の回数に達しました。',
        fix: '日が変わると元に戻ります（太平洋時間の0時、日本時間の16時か17時）。たびたび起きる場合は、Google Cloudの割り当てを増やしてください。',
      };
    case 'unauthenticated':
    case 'credentials':
      return {
        kind: 'refused',
        code: 'google-credentials-refused',
        message: 'Googleの認証に失敗しました。',
        fix: '認証情報が取り消されていないか、Workload Identity 連携の設定（AWSのロールの名前とアカウント番号）が合っているかを、docs/google-setup.md で確かめてください。',
      };
    case 'bad-request':
      return {
        kind: 'refused',
        code: 'google-request-refused',
        message: 'Googleが要求を受け付けませんでした。',
        fix: 'スプレッドシートのIDが正しいか、シートが保護されていないかを確かめてください。直らない場合は、このプログラムの不具合のおそれがあります。',
      };
  }
}

function notShared({ account, access }: FailureContext): SourceFailure {
  const role = access === 'write' ? '編集者' : '閲覧者';
  const whom = account ?? '認証情報に書かれたサービスアカウント';
  return {
    kind: 'refused',
    code: 'google-sheet-not-shared',
    message: `Googleスプレッドシートを${access === 'write' ? '編集' : '閲覧'}する権限がありません。`,
    fix: `スプレッドシートの「共有」で、「${whom}」を「${role}」として追加してください。`,
  };
}
