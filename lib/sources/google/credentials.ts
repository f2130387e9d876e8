import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { SourceFailure } from '../source.ts';

/**
 * What a credentials file holds that concerns us: for workload identity federation the address for impersonation, for a key
 * the account's address. All of it is handed to Google's library as it is.
 */
const credentialsSchema = z.union([
  z.looseObject({ type: z.literal('external_account'), service_account_impersonation_url: z.string().optional() }),
  z.looseObject({ type: z.literal('service_account'), client_email: z.string(), private_key: z.string() }),
]);
export type Credentials = z.infer<typeof credentialsSchema>;

/** Gives the content of the SSM parameter, decrypted. Rejects where there is none, or no right to it. */
export type ReadParameter = (name: string) => Promise<string>;

export type CredentialsResult =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly failure: SourceFailure };

/** Reads the credentials named by the configuration. A failure never shows what was read. */
export async function readCredentials(
  config: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'parameter'; readonly name: string },
  readParameter: ReadParameter,
): Promise<CredentialsResult> {
  const place = config.kind === 'file' ? `ファイル ${config.path}` : `SSMパラメータ ${config.name}`;
  let text: string;
  try {
    text = config.kind === 'file' ? await readFile(config.path, 'utf8') : await readParameter(config.name);
  } catch {
    return unusable(`Googleの認証情報を読めませんでした（${place}）。`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The message of a JSON error quotes the text, which is a secret.
    return unusable(`Googleの認証情報がJSONの形になっていません（${place}）。`);
  }
  const parsed = credentialsSchema.safeParse(json);
  if (!parsed.success) return unusable(`Googleの認証情報として読める内容ではありません（${place}）。`);
  return { ok: true, credentials: parsed.data };
}

function unusable(message: string): CredentialsResult {
  const fix =
    'docs/google-setup.md の手順で作った認証情報（Workload Identity 連携の設定ファイル、またはサービスアカウントの鍵）が置いてあるか、読む権限があるかを確かめてください。';
  return { ok: false, failure: { kind: 'refused', code: 'google-credentials-unusable', message, fix } };
}

/** The address of the service account, to share the sheet with; null where the credentials do not tell. */
export function accountAddress(credentials: Credentials): string | null {
  if (credentials.type === 'service_account') return credentials.client_email;
  const url = credentials.service_account_impersonation_url ?? '';
  return /\/serviceAccounts\/([^/:]+@[^/:]+):generateAccessToken$/u.exec(url)?.[1] ?? null;
}
