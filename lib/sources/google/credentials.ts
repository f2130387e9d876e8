import { readFile } from 'node:fs/promises';
import type { AuthPlus } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';
import type { SourceFailure } from '../../failure.ts';

/** Keys go nowhere but to Google: a file from elsewhere could name another place to send them to. */
const federationSchema = z.looseObject({
  type: z.literal('external_account'),
  audience: z.string(),
  subject_token_type: z.string(),
  token_url: z.string().regex(/^https:\/\/sts\.googleapis\.com\//u),
  service_account_impersonation_url: z
    .string()
    .regex(/^https:\/\/iamcredentials\.googleapis\.com\//u)
    .optional(),
  credential_source: z.looseObject({}),
});

type FederationOptions = Parameters<AuthPlus['ExternalAccountClient']['fromJSON']>[0];

/** A configuration of workload identity federation: handed to Google's library as it is. */
const federation = z.custom<FederationOptions>((value) => federationSchema.safeParse(value).success);

/** A service account's key. */
const key = z.object({ type: z.literal('service_account'), client_email: z.string(), private_key: z.string() });

const credentialsSchema = z.union([
  federation.transform((options) => ({ kind: 'federation' as const, options })),
  key.transform(({ client_email, private_key }) => ({ kind: 'key' as const, address: client_email, key: private_key })),
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
  if (credentials.kind === 'key') return credentials.address;
  const url = credentials.options.service_account_impersonation_url ?? '';
  return /\/serviceAccounts\/([^/:]+@[^/:]+):generateAccessToken$/u.exec(url)?.[1] ?? null;
}
