import { existsSync } from 'node:fs';
import path from 'node:path';
import type { SourceFailure } from '../failure.ts';
import { parseSiteUrl } from '../pages/site-url.ts';
import type { GoogleConfig } from '../sources/google/google-config.ts';
import { openFileSource } from '../sources/open.ts';
import type { Source } from '../sources/source.ts';
import type { CommandIo } from './io.ts';
import { UsageError } from './usage.ts';

/** Reads `--now`: an ISO 8601 instant, or a day or local time in Japan. Null text means the instant the command started. */
export function instantOf(text: string | null, io: CommandIo): Date {
  if (text === null) return io.now;
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/u.exec(text);
  const instant = match && new Date(`${match[1]}T${match[2] ?? '00:00'}${match[3] ?? '+09:00'}`);
  if (!instant || Number.isNaN(instant.getTime()) || !isDay(match?.[1] ?? ''))
    throw new UsageError(io.words.badTime(text));
  return instant;
}

/** Whether the calendar has the day: a `Date` takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** The site's address from `--site-url` or `SITE_URL`, with a trailing slash, or null where neither is given. */
export function siteUrlOf(text: string | null, io: CommandIo): string | null {
  const given = text ?? io.env['SITE_URL'];
  if (given === undefined || given === '') return null;
  const url = parseSiteUrl(given);
  if (url === null) throw new UsageError(io.words.badSiteUrl);
  return url;
}

export type OpenedSource =
  | { readonly ok: true; readonly source: Source }
  | { readonly ok: false; readonly failure: SourceFailure };

/** Opens what `--source` names. Google's part is loaded only where it is asked for. */
export async function openSource(location: string, io: CommandIo): Promise<OpenedSource> {
  if (!location.startsWith('google:')) return openFileSource(location, io.readElsewhere);
  const sheet = await googleSheetOf(location.slice('google:'.length), io);
  const { googleSheetSource } = await import('../sources/google/google-sheet.ts');
  return { ok: true, source: googleSheetSource({ ...sheet, access: 'read' }) };
}

/** A Google Sheet by its id or address, and how to reach it as the environment says. */
export async function googleSheetOf(
  text: string,
  io: CommandIo,
): Promise<{ spreadsheetId: string; config: GoogleConfig }> {
  const { googleConfig, spreadsheetId } = await import('../sources/google/google-config.ts');
  const id = spreadsheetId(text);
  if (id === null) throw new UsageError(io.words.badSpreadsheet);
  const google = googleConfig(withOwnLogin(io.env), { forPeople: true });
  if (!google.ok) {
    throw new UsageError(google.problems.map(({ variable, message }) => `${variable}: ${message}`).join('\n'));
  }
  return { spreadsheetId: id, config: google.config };
}

type Variables = CommandIo['env'];

/** Where nothing else is named, the login that a person made with `gcloud auth application-default login`, if there is one. */
function withOwnLogin(env: Variables): Variables {
  const isNamed = ['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_CREDENTIALS_PARAMETER', 'GOOGLE_API_ROOT'].some(
    (name) => (env[name] ?? '').trim() !== '',
  );
  const { CLOUDSDK_CONFIG: own, APPDATA: windows, HOME: home } = env;
  const folder = own ?? (windows ? path.join(windows, 'gcloud') : home ? path.join(home, '.config', 'gcloud') : null);
  if (isNamed || folder === null) return env;
  const login = path.join(folder, 'application_default_credentials.json');
  return existsSync(login) ? { ...env, GOOGLE_APPLICATION_CREDENTIALS: login } : env;
}
