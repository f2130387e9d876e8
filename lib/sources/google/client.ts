import { drive } from 'googleapis/build/src/apis/drive/index.js';
import { auth as google, sheets, type sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';
import type { SourceFailure } from '../../failure.ts';
import { accountAddress, type Credentials, type ReadParameter, readCredentials } from './credentials.ts';
import { MalformedAnswer, type Refusal, refusalOf } from './fault.ts';
import type { GoogleConfig } from './google-config.ts';
import { rangeOfTab } from './grid-range.ts';
import { type Spreadsheet, spreadsheetFields, spreadsheetSchema } from './spreadsheet.ts';

/** The few requests that Mokuhyo makes of Google. Each is sent once; whoever calls decides about retries. */
export interface GoogleClient {
  /** Address of the service account to share a sheet with, where the credentials tell. */
  readonly account: string | null;
  /** True for the address of one of the requests below, false for one by which the client gets a token. */
  isApi(url: string): boolean;
  /** The cheap look: what Drive knows of the file. */
  look(id: string, signal: AbortSignal): Promise<FileLook>;
  /** What the Sheets API tells, as far as the mask asks. */
  spreadsheet<T>(id: string, asked: Asked, schema: z.ZodType<T>, signal: AbortSignal): Promise<T>;
  /** What Drive says of the right to write. */
  rights(id: string, signal: AbortSignal): Promise<FileRights>;
  /** A token from which Drive tells changes from now on. */
  changesFrom(signal: AbortSignal): Promise<string>;
  /** What changed since a token, of all files that are shared with the account: one page of at most a thousand. */
  changesSince(token: string, signal: AbortSignal): Promise<ChangesPage>;
  /** What Drive knows of a picture. */
  lookAtPicture(file: DriveFile, signal: AbortSignal): Promise<PictureLook>;
  /** The bytes of a picture. Needs `access: 'pictures'`. */
  picture(file: DriveFile, signal: AbortSignal): Promise<Uint8Array>;
  /** All of the requests or none. */
  update(id: string, batch: Batch, signal: AbortSignal): Promise<UpdateResult>;
}

export interface Asked {
  readonly fields: string;
  /** Of which tabs; empty for all of them. */
  readonly ranges: readonly string[];
}

/** A file by its id; some older ones are shown only to those who have its key too. */
export interface DriveFile {
  readonly id: string;
  readonly resourceKey: string | null;
}

const pictureLookSchema = z.object({
  mimeType: z.string(),
  trashed: z.boolean().default(false),
  /** In bytes, as a text. */
  size: z.string().regex(/^\d+$/u).optional(),
  sha256Checksum: z
    .string()
    .regex(/^[0-9a-f]{64}$/u)
    .optional(),
});
export type PictureLook = z.infer<typeof pictureLookSchema>;

export interface Batch {
  readonly requests: readonly sheets_v4.Schema$Request[];
  /** Names of the tabs of which the state after it is wanted: in the same request, so that nothing comes between. */
  readonly tellTabs: readonly string[];
}

export type UpdateResult =
  /** `after`: the tabs that were asked for, as the batch left them; null where none were. */
  | { readonly done: true; readonly after: Spreadsheet | null }
  /** Nothing of the batch was carried out, and none of it will be as long as that request is in it. */
  | { readonly done: false; readonly refusal: Refusal; readonly error: unknown };

const lookSchema = z.object({
  /** Rises with every change of the file, also with those that nobody sees. */
  version: z.string(),
  trashed: z.boolean().default(false),
  mimeType: z.string(),
});
export type FileLook = z.infer<typeof lookSchema>;

const rightsSchema = z.object({
  trashed: z.boolean().default(false),
  capabilities: z.object({ canEdit: z.boolean().default(false) }),
});
export type FileRights = z.infer<typeof rightsSchema>;

const changesSchema = z.object({
  /** There is another page. */
  nextPageToken: z.string().optional(),
  /** This was the last page: where to go on the next time. */
  newStartPageToken: z.string().optional(),
  /** Changes of whole drives name no file. */
  changes: z
    .array(
      z.object({
        fileId: z.string().optional(),
        /** As the file is now. Not there where it was taken away. */
        file: z.object({ lastModifyingUser: z.object({ me: z.boolean().default(false) }).optional() }).optional(),
      }),
    )
    .default([]),
});
export type ChangesPage = z.infer<typeof changesSchema>;

const updatedSchema = z.object({ spreadsheetId: z.string(), updatedSpreadsheet: spreadsheetSchema.optional() });

/** Where nothing is written, no right to write is asked for. */
export type Access = 'read' | 'write' | 'pictures';

const scopes: Readonly<Record<Access, readonly string[]>> = {
  read: [
    'https://www.googleapis.com/auth/spreadsheets.readonly',
    'https://www.googleapis.com/auth/drive.metadata.readonly',
  ],
  write: ['https://www.googleapis.com/auth/spreadsheets', 'https://www.googleapis.com/auth/drive.metadata.readonly'],
  // For the content of files in Drive, and so asked for only where a picture in Drive is to be fetched.
  pictures: ['https://www.googleapis.com/auth/drive.readonly'],
};

/**
 * Gives Google's client the credentials. Sends no request yet. This module is the only one that loads that client, and is
 * itself loaded only when a Google Sheet is read or written: an `import()` of the client's own CommonJS files would
 * have other names in a bundle.
 */
export async function connect(
  config: GoogleConfig,
  access: Access,
  readParameter: ReadParameter,
): Promise<
  { readonly ok: true; readonly client: GoogleClient } | { readonly ok: false; readonly failure: SourceFailure }
> {
  if (config.kind === 'loopback') return { ok: true, client: client(null, access, config.apiRoot) };
  const read = await readCredentials(config, readParameter);
  return read.ok ? { ok: true, client: client(read.credentials, access, null) } : read;
}

function client(credentials: Credentials | null, access: Access, apiRoot: string | null): GoogleClient {
  const options = {
    ...(credentials ? { auth: authorization(credentials, [...scopes[access]]) } : {}),
    ...(apiRoot ? { rootUrl: apiRoot, noProxy: [new URL(apiRoot).origin] } : {}),
    // The client's own retries end within two seconds, too soon for a quota counted by the minute, and do not read Retry-After.
    retry: false,
  };
  const { spreadsheets } = sheets({ version: 'v4', ...options });
  const { files, changes } = drive({ version: 'v3', ...options });
  return {
    account: credentials ? accountAddress(credentials) : null,
    isApi: (url) =>
      apiRoot
        ? url.startsWith(new URL(apiRoot).origin)
        : /^https:\/\/(?:sheets\.googleapis\.com|www\.googleapis\.com\/drive)\//u.test(url),
    look: async (fileId, signal) => {
      const parameters = { fileId, fields: 'version,trashed,mimeType', supportsAllDrives: true };
      return expect(lookSchema, (await files.get(parameters, { signal })).data);
    },
    spreadsheet: async (spreadsheetId, { fields, ranges }, schema, signal) => {
      const parameters = { spreadsheetId, fields, ...(ranges.length > 0 && { ranges: [...ranges] }) };
      return expect(schema, (await spreadsheets.get(parameters, { signal })).data);
    },
    rights: async (fileId, signal) => {
      const parameters = { fileId, fields: 'trashed,capabilities(canEdit)', supportsAllDrives: true };
      return expect(rightsSchema, (await files.get(parameters, { signal })).data);
    },
    changesFrom: async (signal) => {
      const parameters = { supportsAllDrives: true, fields: 'startPageToken' };
      const { data } = await changes.getStartPageToken(parameters, { signal });
      return expect(z.object({ startPageToken: z.string() }), data).startPageToken;
    },
    changesSince: async (pageToken, signal) => {
      const parameters = {
        pageToken,
        pageSize: 1000,
        includeRemoved: true,
        includeItemsFromAllDrives: true,
        supportsAllDrives: true,
        fields: 'nextPageToken,newStartPageToken,changes(fileId,file(lastModifyingUser(me)))',
      };
      return expect(changesSchema, (await changes.list(parameters, { signal })).data);
    },
    lookAtPicture: async (file, signal) => {
      const parameters = { fileId: file.id, fields: 'mimeType,trashed,size,sha256Checksum', supportsAllDrives: true };
      return expect(pictureLookSchema, (await files.get(parameters, { signal, ...withKey(file) })).data);
    },
    picture: async (file, signal) => {
      const parameters = { fileId: file.id, alt: 'media', supportsAllDrives: true };
      const { data } = await files.get(parameters, { signal, ...withKey(file), responseType: 'arraybuffer' });
      return new Uint8Array(expect(z.instanceof(ArrayBuffer), data));
    },
    update: async (spreadsheetId, { requests, tellTabs }, signal) => {
      const isTold = tellTabs.length > 0;
      const parameters = {
        spreadsheetId,
        fields: isTold ? `spreadsheetId,updatedSpreadsheet(${spreadsheetFields})` : 'spreadsheetId',
        requestBody: { requests: [...requests], ...(isTold && responseWith(tellTabs)) },
      };
      try {
        const { data } = await spreadsheets.batchUpdate(parameters, { signal });
        return { done: true, after: expect(updatedSchema, data).updatedSpreadsheet ?? null };
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal === null) throw error;
        return { done: false, refusal, error };
      }
    },
  };
}

function withKey({ id, resourceKey }: DriveFile): { headers?: Record<string, string> } {
  return resourceKey === null ? {} : { headers: { 'X-Goog-Drive-Resource-Keys': `${id}/${resourceKey}` } };
}

function responseWith(tabs: readonly string[]): sheets_v4.Schema$BatchUpdateSpreadsheetRequest {
  const responseRanges = tabs.map(rangeOfTab);
  return { includeSpreadsheetInResponse: true, responseIncludeGridData: true, responseRanges };
}

type TokenClient =
  | InstanceType<(typeof google)['JWT']>
  | InstanceType<(typeof google)['OAuth2']>
  | NonNullable<ReturnType<(typeof google)['ExternalAccountClient']['fromJSON']>>;

/** The client that gets tokens. Made by kind, since the library's guess from a file's content trusts whatever the file names. */
function authorization(credentials: Credentials, scopes: string[]): TokenClient {
  switch (credentials.kind) {
    case 'key':
      return new google.JWT({ email: credentials.address, key: credentials.key, scopes });
    case 'person': {
      const { client_id: clientId, client_secret: clientSecret, refresh_token, quota_project_id } = credentials.login;
      const client = new google.OAuth2({ clientId, clientSecret });
      client.setCredentials({ refresh_token });
      if (quota_project_id !== undefined) client.quotaProjectId = quota_project_id;
      return client;
    }
    case 'impersonation':
      return new google.GoogleAuth({ scopes }).fromImpersonatedJSON(credentials.options);
    case 'federation': {
      const client = google.ExternalAccountClient.fromJSON({ ...credentials.options, scopes });
      if (!client) throw new Error('Credentials of the kind external_account gave no client.');
      return client;
    }
  }
}

/** An answer that is cut off or is some proxy's page comes as a text, with status 200. */
function expect<T>(schema: z.ZodType<T>, data: unknown): T {
  const parsed = schema.safeParse(data);
  if (!parsed.success) throw new MalformedAnswer('The answer is not what the API answers.', { cause: parsed.error });
  return parsed.data;
}
