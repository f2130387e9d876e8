import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { drive_v3 } from 'googleapis/build/src/apis/drive/index.js';
import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod';
import { isKnownMask } from './google-fields.ts';
import { asGoogle, requestSchema } from './google-requests.ts';
import { BadRequest, type SpreadsheetModel } from './google-spreadsheet.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** What the server does to a request instead of answering it. */
export type ServerFault =
  | { readonly status: number; readonly retryAfter?: string; readonly reason?: string; readonly html?: true }
  /** The connection is cut before any answer. */
  | 'reset'
  /** Never answers; the clock goes on until somebody loses patience. */
  | 'hang'
  /** Half of the answer, then the connection is cut. */
  | 'truncated'
  /** Half of the answer, as if that were all. */
  | 'half-json'
  /** A proxy's page, with status 200. */
  | 'html'
  /** Carries the request out, and cuts the connection before the answer. */
  | 'lost-answer';

export interface LoggedRequest {
  readonly kind: 'look' | 'get' | 'update' | 'picture-look' | 'picture' | 'changes-from' | 'changes';
  /** The id of the file; of a request for changes, what was asked for. */
  readonly file: string;
  readonly authorization: string | null;
  /** On the virtual clock, since its start. */
  readonly at: number;
  /** Bytes of what was sent. */
  readonly size: number;
}

interface StoredFile {
  model: SpreadsheetModel;
  version: number;
  trashed: boolean;
  mimeType: string;
  role: 'none' | 'reader' | 'writer';
  /** Whether the account itself changed it last. */
  isOwn: boolean;
}

/** A picture in Drive. */
interface StoredPicture {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly role: 'none' | 'reader';
  /** Of some files Drive tells no checksum. */
  readonly hasChecksum: boolean;
}

/** What the server needs of a clock. */
type ServerClock = Pick<VirtualClock, 'now' | 'elapsed' | 'advanceToNextAlarm'>;

/** The project's limit on reads, and that on writes, for one user and minute. */
const quotaPerMinute = 60;

/**
 * Speaks the part of the Sheets v4 and Drive v3 REST interfaces that Mokuhyo uses, over HTTP on loopback: field masks, atomic
 * batches, error bodies, quotas on a virtual clock, and faults on demand.
 */
export class GoogleServer implements AsyncDisposable {
  readonly requests: LoggedRequest[] = [];
  /** What was asked for by each batch that was carried out. */
  readonly batches: (readonly sheets_v4.Schema$Request[])[] = [];
  /** What was answered, as text. */
  readonly answers: string[] = [];
  readonly #failing = new Map<LoggedRequest['kind'], ServerFault>();
  readonly #files = new Map<string, StoredFile>();
  readonly #pictures = new Map<string, StoredPicture>();
  readonly #clock: ServerClock;
  /** Ids of files, in the order of their changes, and whether the file was taken away. */
  #changes: { readonly fileId: string; readonly removed: boolean }[] = [];
  /** Tokens from before this change are not known any more. */
  #tokensSince = 0;
  readonly #server: Server;
  #faults: ServerFault[] = [];
  #lasting: ServerFault | null = null;
  #spent = new Map<string, number>();
  /** Runs before the next request of that kind is answered: somebody edits at the worst moment. */
  #meanwhile: { kind: LoggedRequest['kind']; act: () => void } | null = null;

  private constructor(clock: ServerClock) {
    this.#clock = clock;
    this.#server = createServer((request, response) => {
      this.#handle(request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    });
  }

  static async start(clock: ServerClock): Promise<GoogleServer> {
    const server = new GoogleServer(clock);
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server, 'listening');
    return server;
  }

  get apiRoot(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
    return `http://127.0.0.1:${address.port}/`;
  }

  add(id: string, model: SpreadsheetModel, role: StoredFile['role'] = 'writer'): void {
    const mimeType = 'application/vnd.google-apps.spreadsheet';
    this.#files.set(id, { model, version: 100, trashed: false, mimeType, role, isOwn: false });
  }

  addPicture(id: string, bytes: Uint8Array, more: Partial<Omit<StoredPicture, 'bytes'>> = {}): void {
    this.#pictures.set(id, { bytes, mimeType: 'image/jpeg', role: 'reader', hasChecksum: true, ...more });
  }

  /** The spreadsheet as it is now. */
  spreadsheet(id: string): SpreadsheetModel {
    return this.#file(id).model;
  }

  /** Somebody edits the spreadsheet; `isOwn`: the account itself. */
  edit(id: string, change: (model: SpreadsheetModel) => void, isOwn = false): void {
    const file = this.#file(id);
    change(file.model);
    file.version += 2;
    this.#changed(id, isOwn);
  }

  /** Somebody shares, bins or swaps the file. */
  alter(id: string, change: Partial<Pick<StoredFile, 'trashed' | 'mimeType' | 'role'>>): void {
    Object.assign(this.#file(id), change);
    this.#changed(id);
  }

  delete(id: string): void {
    this.#files.delete(id);
    this.#changed(id);
  }

  /** Drive forgets every token that it gave. */
  loseTokens(): void {
    this.#changes.push({ fileId: 'another-file', removed: false });
    this.#tokensSince = this.#changes.length;
  }

  /** The next requests meet these faults, one each. */
  failNext(...faults: readonly ServerFault[]): void {
    this.#faults.push(...faults);
  }

  /** Every request of a kind meets the fault from now on; null for none. */
  failKind(kind: LoggedRequest['kind'], fault: ServerFault | null): void {
    if (fault === null) this.#failing.delete(kind);
    else this.#failing.set(kind, fault);
  }

  /** Every request from now on meets the fault. */
  failAlways(fault: ServerFault | null): void {
    this.#lasting = fault;
  }

  beforeNext(kind: LoggedRequest['kind'], act: () => void): void {
    this.#meanwhile = { kind, act };
  }

  count(kind?: LoggedRequest['kind']): number {
    return this.requests.filter((request) => kind === undefined || request.kind === kind).length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #changed(id: string, isOwn = false): void {
    const file = this.#files.get(id);
    if (file !== undefined) file.isOwn = isOwn;
    const role = this.#files.get(id)?.role ?? 'none';
    this.#changes.push({ fileId: id, removed: role === 'none' });
  }

  #tellChanges(url: URL): Answer {
    const from = Number(/^from-(\d+)$/u.exec(url.searchParams.get('pageToken') ?? '')?.[1] ?? Number.NaN);
    if (!(from >= this.#tokensSince)) return failure(400, 'INVALID_ARGUMENT', 'Invalid Value', 'invalid');
    const size = Number(url.searchParams.get('pageSize') ?? '100');
    const isAllAsked = ['supportsAllDrives', 'includeItemsFromAllDrives'].every(
      (name) => url.searchParams.get(name) === 'true',
    );
    // Every file here lies in a shared drive.
    const told = (isAllAsked ? this.#changes.slice(from, from + size) : []).map(({ fileId, removed }) => ({
      fileId,
      removed,
      // As the file is now, whenever it changed.
      ...(removed ? {} : { file: { id: fileId, lastModifyingUser: { me: this.#files.get(fileId)?.isOwn === true } } }),
    }));
    const next = `from-${Math.min(from + size, this.#changes.length)}`;
    const isLast = from + size >= this.#changes.length;
    const changes = told.map((change) => ({ kind: 'drive#change', changeType: 'file', ...change }));
    return {
      status: 200,
      body: masked(
        { changes, ...(isLast ? { newStartPageToken: next } : { nextPageToken: next }) },
        url.searchParams.get('fields'),
      ),
    };
  }

  #file(id: string): StoredFile {
    const file = this.#files.get(id);
    if (!file) throw new RangeError(`There is no file ${id}.`);
    return file;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.apiRoot);
    const route = this.#routeOf(request.method ?? '', url);
    const body = await readBody(request);
    if (!route) {
      send(response, 404, errorBody(404, 'NOT_FOUND', 'The requested URL was not found on this server.'));
      return;
    }
    const authorization = request.headers.authorization ?? null;
    const { kind, id: file } = route;
    this.requests.push({ kind, file, authorization, at: this.#clock.elapsed, size: Buffer.byteLength(body) });
    if (this.#meanwhile?.kind === route.kind) {
      const { act } = this.#meanwhile;
      this.#meanwhile = null;
      act();
    }
    const fault = this.#faults.shift() ?? this.#failing.get(route.kind) ?? this.#lasting;
    const answer =
      fault === null || typeof fault === 'string'
        ? this.#answer(route, url, body, fault !== 'lost-answer' && fault !== null)
        : null;
    this.#deliver(response, fault, answer);
  }

  #deliver(response: ServerResponse, fault: ServerFault | null, answer: Answer | null): void {
    const text = JSON.stringify(answer?.body ?? null);
    this.answers.push(text);
    if (typeof fault === 'object' && fault !== null) {
      sendFault(response, fault);
      return;
    }
    switch (fault) {
      case null:
        if (answer?.body instanceof Uint8Array) {
          response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': answer.body.byteLength });
          response.end(answer.body);
          return;
        }
        send(response, answer?.status ?? 500, text);
        return;
      case 'reset':
      case 'lost-answer':
        response.socket?.resetAndDestroy();
        return;
      case 'hang':
        this.#clock.advanceToNextAlarm();
        return;
      case 'truncated':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length * 4 });
        response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
        return;
      case 'half-json':
        send(response, 200, text.slice(0, text.length / 2));
        return;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end('<!DOCTYPE html><title>Sign in</title>');
    }
  }

  /** `dry`: the answer is worked out, for a fault to spoil, and nothing is carried out. */
  #answer(route: Route, url: URL, body: string, dry: boolean): Answer {
    if (route.kind === 'picture-look' || route.kind === 'picture') return this.#showPicture(route, url);
    if (route.kind === 'changes-from') return { status: 200, body: { startPageToken: `from-${this.#changes.length}` } };
    if (route.kind === 'changes') return this.#tellChanges(url);
    const family = route.kind === 'look' ? null : route.kind;
    if (family !== null && !this.#spend(family)) {
      const text = `Quota exceeded for quota metric '${family === 'get' ? 'Read' : 'Write'} requests'`;
      return { status: 429, body: JSON.parse(errorBody(429, 'RESOURCE_EXHAUSTED', text, 'RATE_LIMIT_EXCEEDED')) };
    }
    const file = this.#files.get(route.id);
    // Drive does not tell files that are not shared from files that do not exist; Sheets does.
    // Every file here lies in a shared drive, where Drive shows files only to those who say that they know of such drives.
    const hidden = route.kind === 'look' && url.searchParams.get('supportsAllDrives') !== 'true';
    if (!file || hidden || (route.kind === 'look' && file.role === 'none')) {
      return failure(404, 'NOT_FOUND', `Not found: ${route.id}.`, 'notFound');
    }
    if (file.role === 'none' || (route.kind === 'update' && file.role === 'reader')) {
      return failure(403, 'PERMISSION_DENIED', 'The caller does not have permission');
    }
    if (route.kind !== 'look' && file.mimeType !== 'application/vnd.google-apps.spreadsheet') {
      return failure(400, 'FAILED_PRECONDITION', 'This operation is not supported for this document');
    }
    const mask = url.searchParams.get('fields');
    if (mask !== null && !isKnownMask(parseMask(mask), route.kind))
      return failure(400, 'INVALID_ARGUMENT', `Invalid field selection ${mask}`);
    switch (route.kind) {
      case 'look':
        return { status: 200, body: masked(fileOf(route.id, file), mask) };
      case 'get':
        return this.#show(route.id, file, url.searchParams.getAll('ranges'), mask);
      case 'update':
        return this.#update(route.id, file, body, mask, dry);
    }
  }

  #routeOf(method: string, url: URL): Route | null {
    const route = routeOf(method, url.pathname);
    if (route?.kind !== 'look' || !this.#pictures.has(route.id)) return route;
    return { ...route, kind: url.searchParams.get('alt') === 'media' ? 'picture' : 'picture-look' };
  }

  #showPicture({ kind, id }: Route, url: URL): Answer {
    const picture = this.#pictures.get(id);
    if (picture === undefined || picture.role === 'none' || url.searchParams.get('supportsAllDrives') !== 'true')
      return failure(404, 'NOT_FOUND', `File not found: ${id}.`, 'notFound');
    const { bytes, mimeType, hasChecksum } = picture;
    if (kind === 'picture') return { status: 200, body: bytes };
    const mask = url.searchParams.get('fields');
    if (mask === null || !isKnownMask(parseMask(mask), kind))
      return failure(400, 'INVALID_ARGUMENT', `Invalid field selection ${mask}`);
    const sha256Checksum = createHash('sha256').update(bytes).digest('hex');
    const file: drive_v3.Schema$File = {
      id,
      mimeType,
      trashed: false,
      size: String(bytes.byteLength),
      ...(hasChecksum && { sha256Checksum }),
    };
    return { status: 200, body: masked(file, mask) };
  }

  #update(id: string, file: StoredFile, body: string, mask: string | null, dry: boolean): Answer {
    const parsed = batchSchema.safeParse(JSON.parse(body));
    if (!parsed.success)
      return failure(400, 'INVALID_ARGUMENT', `Invalid JSON payload received. ${z.prettifyError(parsed.error)}`);
    const copy = file.model.copy();
    for (const [index, request] of parsed.data.requests.entries()) {
      try {
        copy.apply(request);
      } catch (error) {
        if (!(error instanceof BadRequest)) throw error;
        const name = Object.keys(request)[0];
        return failure(400, 'INVALID_ARGUMENT', `Invalid requests[${index}].${name}: ${error.message}`);
      }
    }
    if (!dry) {
      file.model = copy;
      file.version += 3;
      this.#changed(id, true);
      this.batches.push(parsed.data.requests.map(asGoogle));
    }
    const { includeSpreadsheetInResponse, responseIncludeGridData, responseRanges = [] } = parsed.data;
    const updated = includeSpreadsheetInResponse ? inRanges(copy.show(id), responseRanges) : undefined;
    if (updated === null) return failure(400, 'INVALID_ARGUMENT', `Unable to parse range: ${responseRanges.join()}`);
    const shown = responseIncludeGridData ? updated : updated && withoutGrid(updated);
    const reply: sheets_v4.Schema$BatchUpdateSpreadsheetResponse = {
      spreadsheetId: id,
      replies: parsed.data.requests.map(() => ({})),
      ...(shown ? { updatedSpreadsheet: shown } : {}),
    };
    return { status: 200, body: masked(reply, mask) };
  }

  #show(id: string, file: StoredFile, ranges: readonly string[], mask: string | null): Answer {
    const shown = inRanges(file.model.show(id), ranges);
    return shown === null
      ? failure(400, 'INVALID_ARGUMENT', `Unable to parse range: ${ranges.join()}`)
      : { status: 200, body: masked(shown, mask) };
  }

  /** Quotas are refilled every minute. */
  #spend(family: string): boolean {
    const key = `${family} ${Math.floor(this.#clock.now() / 60_000)}`;
    const spent = this.#spent.get(key) ?? 0;
    this.#spent.set(key, spent + 1);
    return spent < quotaPerMinute;
  }
}

const batchSchema = z.strictObject({
  requests: z.array(requestSchema).min(1),
  includeSpreadsheetInResponse: z.boolean().exactOptional(),
  responseIncludeGridData: z.boolean().exactOptional(),
  responseRanges: z.array(z.string()).exactOptional(),
});

/** Only the tabs that are asked for by name; null where there is none of a name. */
function inRanges(
  spreadsheet: sheets_v4.Schema$Spreadsheet,
  ranges: readonly string[],
): sheets_v4.Schema$Spreadsheet | null {
  if (ranges.length === 0) return spreadsheet;
  const names = new Set(ranges.map((range) => /^'(.*)'$/u.exec(range)?.[1]?.replaceAll("''", "'")));
  const sheets = spreadsheet.sheets?.filter(({ properties }) => names.has(properties?.title ?? ''));
  return sheets?.length === names.size ? { ...spreadsheet, sheets } : null;
}

function withoutGrid(spreadsheet: sheets_v4.Schema$Spreadsheet): sheets_v4.Schema$Spreadsheet {
  return { ...spreadsheet, sheets: (spreadsheet.sheets ?? []).map(({ data: _, ...sheet }) => sheet) };
}

interface Route {
  readonly kind: LoggedRequest['kind'];
  readonly id: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function routeOf(method: string, path: string): Route | null {
  const routes = [
    { kind: 'look', method: 'GET', pattern: /^\/drive\/v3\/files\/([\w-]+)$/u },
    { kind: 'changes-from', method: 'GET', pattern: /^\/drive\/v3\/changes\/(startPageToken)$/u },
    { kind: 'changes', method: 'GET', pattern: /^\/drive\/v3\/(changes)$/u },
    { kind: 'get', method: 'GET', pattern: /^\/v4\/spreadsheets\/([\w-]+)$/u },
    { kind: 'update', method: 'POST', pattern: /^\/v4\/spreadsheets\/([\w-]+):batchUpdate$/u },
  ] as const;
  const route = routes.find((candidate) => candidate.method === method && candidate.pattern.test(path));
  return route ? { kind: route.kind, id: route.pattern.exec(path)?.[1] ?? '' } : null;
}

function fileOf(id: string, { version, trashed, mimeType, role }: StoredFile): drive_v3.Schema$File {
  const capabilities = { canEdit: role === 'writer' };
  return { kind: 'drive#file', id, name: '部長目標', mimeType, trashed, version: String(version), capabilities };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' });
  response.end(text);
}

function sendFault(
  response: ServerResponse,
  { status, retryAfter, reason, html }: Extract<ServerFault, { status: number }>,
): void {
  response.writeHead(status, {
    'content-type': html ? 'text/html' : 'application/json; charset=UTF-8',
    ...(retryAfter === undefined ? {} : { 'retry-after': retryAfter }),
  });
  response.end(
    html
      ? `<!DOCTYPE html><title>Error ${status}</title>`
      : errorBody(status, statusNames.get(status) ?? 'UNKNOWN', 'On demand', reason),
  );
}

const statusNames = new Map([
  [400, 'INVALID_ARGUMENT'],
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [429, 'RESOURCE_EXHAUSTED'],
  [500, 'INTERNAL'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

function failure(status: number, name: string, message: string, reason?: string): Answer {
  return { status, body: JSON.parse(errorBody(status, name, message, reason)) };
}

function errorBody(code: number, status: string, message: string, reason?: string): string {
  const errors = reason === undefined ? {} : { errors: [{ message, domain: 'global', reason }] };
  return JSON.stringify({ error: { code, message, status, ...errors } });
}

/** Leaves of an answer only what the mask names: `a,b(c,d/e)`. Lists are looked through. */
function masked(value: unknown, mask: string | null): unknown {
  return mask === null ? value : project(value, parseMask(mask));
}

export type Mask = Map<string, Mask | null>;

function parseMask(text: string): Mask {
  const mask: Mask = new Map();
  let depth = 0;
  let start = 0;
  const parts: string[] = [];
  for (let index = 0; index <= text.length; index += 1) {
    if (text[index] === '(') depth += 1;
    if (text[index] === ')') depth -= 1;
    if (index === text.length || (text[index] === ',' && depth === 0)) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  for (const part of parts) {
    const [, name = '', inner] = /^(\w+)(?:\((.*)\)|\/(.*))?$/u.exec(part) ?? [];
    const nested = inner ?? /^\w+\/(.*)$/u.exec(part)?.[1];
    if (name === '') throw new RangeError(`The mask ${text} cannot be read.`);
    mask.set(name, nested === undefined ? null : parseMask(nested));
  }
  return mask;
}

function project(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((item) => project(item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const inner = mask.get(name);
      if (inner === undefined) return [];
      return [[name, inner === null ? field : project(field, inner)]];
    }),
  );
}
