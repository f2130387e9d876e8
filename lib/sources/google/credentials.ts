import { readFile } from 'node:fs/promises';
import type { AuthPlus } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';
import type { SourceFailure } from '../../failure.ts';
import type { GoogleConfig } from './google-config.ts';

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

/**
 * What `gcloud auth application-default login` leaves of a person's own login. Only these fields are taken: a file could name another
 * service for the token in any other.
 */
const person = z.object({
  type: z.literal('authorized_user'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  refresh_token: z.string().min(1),
  quota_project_id: z.string().exactOptional(),
  universe_domain: z.literal('googleapis.com').exactOptional(),
});

/** The same with `--impersonate-service-account`: a service account, by way of the person's own login. */
const impersonation = z.object({
  type: z.literal('impersonated_service_account'),
  service_account_impersonation_url: z
    .string()
    .regex(
      /^https:\/\/iamcredentials\.googleapis\.com\/v1\/projects\/-\/serviceAccounts\/[^/:]+@[^/:]+:generateAccessToken$/u,
    )
    .max(256),
  source_credentials: person,
  delegates: z.array(z.string().regex(/^[\w./@-]+$/u)).default([]),
  universe_domain: z.literal('googleapis.com').exactOptional(),
});

const ofPrograms = [
  federation.transform((options) => ({ kind: 'federation' as const, options })),
  key.transform(({ client_email, private_key }) => ({ kind: 'key' as const, address: client_email, key: private_key })),
] as const;

const ofPeople = [
  person.transform((login) => ({ kind: 'person' as const, login })),
  impersonation.transform((options) => ({ kind: 'impersonation' as const, options })),
] as const;

const programSchema = z.union(ofPrograms);
const anySchema = z.union([...ofPrograms, ...ofPeople]);
export type Credentials = z.infer<typeof anySchema>;

/** Gives the content of the SSM parameter, decrypted. Rejects where there is none, or no right to it. */
export type ReadParameter = (name: string) => Promise<string>;

export type CredentialsResult =
  | { readonly ok: true; readonly credentials: Credentials }
  | { readonly ok: false; readonly failure: SourceFailure };

/** Reads the credentials named by the configuration. A failure never shows what was read. */
export async function readCredentials(
  config: Exclude<GoogleConfig, { kind: 'loopback' }>,
  readParameter: ReadParameter,
): Promise<CredentialsResult> {
  if (config.kind === 'file' && config.path.trimStart().startsWith('{')) return unusable(jsonInPlaceOfPath);
  const variable =
    config.kind === 'file'
      ? 'GOOGLE_APPLICATION_CREDENTIALS の示すファイル'
      : 'GOOGLE_CREDENTIALS_PARAMETER の示すSSMパラメータ';
  let text: string;
  try {
    text = config.kind === 'file' ? await readFile(config.path, 'utf8') : await readParameter(config.name);
  } catch {
    // Named by the variable alone: what it holds may be no place, but the key itself, pasted there.
    return unusable(`Googleの認証情報を読めませんでした（${variable}）。`);
  }
  // It was read from there, so it is a place.
  const place = config.kind === 'file' ? `ファイル ${config.path}` : `SSMパラメータ ${config.name}`;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The message of a JSON error quotes the text, which is a secret.
    return unusable(`Googleの認証情報がJSONの形になっていません（${place}）。`);
  }
  const isForPeople = config.kind === 'file' && config.forPeople === true;
  const parsed = (isForPeople ? anySchema : programSchema).safeParse(json);
  if (!parsed.success && !isForPeople && anySchema.safeParse(json).success) return ofAPerson();
  if (!parsed.success) return unusable(`Googleの認証情報として読める内容ではありません（${place}）。`);
  return { ok: true, credentials: parsed.data };
}

const jsonInPlaceOfPath =
  'GOOGLE_APPLICATION_CREDENTIALS に、ファイルの場所ではなく、認証情報そのものが入っています。内容をファイルに保存し、その場所を設定してください。鍵が記録に残った場合は、作り直してください。';

function unusable(message: string): CredentialsResult {
  const fix =
    'docs/google-setup.md の手順で作った認証情報（Workload Identity 連携の設定ファイル、またはサービスアカウントの鍵）が置いてあるか、読む権限があるかを確かめてください。';
  return { ok: false, failure: { kind: 'refused', code: 'google-credentials-unusable', message, fix } };
}

/** A person's login ends with the person: what runs by itself has an account of its own. */
function ofAPerson(): CredentialsResult {
  return {
    ok: false,
    failure: {
      kind: 'refused',
      code: 'google-credentials-of-a-person',
      message: 'Googleの認証情報が、個人のログイン（gcloud）のものです。自動の公表には使えません。',
      fix: 'docs/google-setup.md の手順で、Workload Identity 連携の設定ファイルを作って指定してください。個人のログインは、コマンドから使うときだけ使えます。',
    },
  };
}

/** The address of the service account, to share the sheet with; null where the credentials do not tell. */
export function accountAddress(credentials: Credentials): string | null {
  if (credentials.kind === 'key') return credentials.address;
  if (credentials.kind === 'person') return null;
  const url = credentials.options.service_account_impersonation_url ?? '';
  return /\/serviceAccounts\/([^/:]+@[^/:]+):generateAccessToken$/u.exec(url)?.[1] ?? null;
}
