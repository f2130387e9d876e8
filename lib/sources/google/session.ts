import type { SourceFailure } from '../../failure.ts';
import { type Attempted, attempt, type TimeBudget, type Unhurried } from './attempts.ts';
import type { Access, GoogleClient } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ReadParameter } from './credentials.ts';
import { failureOf } from './failures.ts';
import { NoTurn } from './fault.ts';
import type { GoogleConfig } from './google-config.ts';

/** What reading and writing a Google Sheet needs of the outside. */
export interface GoogleSheetDeps {
  readonly spreadsheetId: string;
  readonly config: GoogleConfig;
  /** `write` where the sheet is set up or answered in. */
  readonly access: Access;
  /** Milliseconds that one operation may take with all its requests and pauses; 90 000 where not given. */
  readonly budgetMs?: number;
  /** Epoch milliseconds after which nothing is begun any more, such as the end of a Lambda invocation. */
  readonly deadline?: number;
  readonly clock?: Clock;
  /** From 0 to below 1, for the jitter of the pauses. */
  readonly random?: () => number;
  readonly readParameter?: ReadParameter;
  /** The rate of the requests, where others use the same quota; as fast as they come where not given. */
  readonly pace?: Pace;
  /** Shared by all that is done in one process: its credentials and tokens last as long. Its own where not given. */
  readonly connection?: Connection;
}

/** At what rate the Sheets API is asked, by all who share one quota. */
export interface Pace {
  /**
   * Waits for the turn of one request.
   *
   * @param until epoch milliseconds
   * @returns false, and at once, where the turn would come after that
   */
  turn(kind: 'read' | 'write', until: number): Promise<boolean>;
  /** The service asks for fewer requests: nobody's turn comes before that many milliseconds have passed. */
  slowDown(pause: number): Promise<void>;
}

/** The client with its credentials, and the tokens that it got with them. */
export interface Connection {
  connect(): Promise<ConnectResult>;
  /** Credentials that were refused may have been replaced: the next time they are read anew. */
  forget(): void;
}

type ConnectResult =
  | { readonly ok: true; readonly client: GoogleClient }
  | { readonly ok: false; readonly failure: SourceFailure };

/** A connection that is made when it is first needed. */
export function connectionTo({
  config,
  access,
  readParameter = readFromParameterStore,
}: Pick<GoogleSheetDeps, 'config' | 'access' | 'readParameter'>): Connection {
  let connected: Promise<ConnectResult> | null = null;
  const connect = async (): Promise<ConnectResult> =>
    (await import('./client.ts')).connect(config, access, readParameter);
  return {
    async connect() {
      connected ??= connect();
      const result = await connected;
      if (!result.ok) connected = null;
      return result;
    },
    forget() {
      connected = null;
    },
  };
}

/** Google allows pauses of a minute; Lambda allows this and time to publish in. */
const defaultTimeBudget = 90_000;

/** One operation on a sheet: its client, its time, and the count of its requests. */
export interface Session {
  /** Requests to the Sheets and Drive APIs so far; those for tokens are not counted, they have quotas of their own. */
  readonly requests: () => number;
  now(): number;
  /** Waits; false, and at once, where the time would be over after it. */
  pause(duration: number): Promise<boolean>;
  /** Does a piece of work until it succeeds or the time is over. Work that writes must be such that it can be done twice. */
  send<T>(work: (client: GoogleClient, signal: AbortSignal) => Promise<T>): Promise<Attempted<T>>;
  failure(attempted: Extract<Attempted<unknown>, { ok: false }>): SourceFailure;
}

export type SessionResult =
  | { readonly ok: true; readonly session: Session }
  | { readonly ok: false; readonly failure: SourceFailure };

const readFromParameterStore: ReadParameter = async (name) =>
  (await import('./google-parameter.ts')).readSsmParameter(name);

/** Gives a function that begins operations. The client is connected with the first, and shared by all. */
export function sessions(deps: GoogleSheetDeps): () => Promise<SessionResult> {
  const { access, clock = systemClock, random = Math.random, connection = connectionTo(deps) } = deps;
  return async () => {
    const connected = await connection.connect();
    if (!connected.ok) return connected;
    const until = Math.min(
      clock.now() + (deps.budgetMs ?? defaultTimeBudget),
      deps.deadline ?? Number.POSITIVE_INFINITY,
    );
    return {
      ok: true,
      session: session(connected.client, connection, { access, pace: deps.pace ?? null, clock, random }, { until }),
    };
  };
}

/** How the requests of a session are sent. */
interface Manner {
  readonly access: Access;
  readonly pace: Pace | null;
  readonly clock: Clock;
  readonly random: () => number;
}

function session(
  client: GoogleClient,
  connection: Connection,
  { access, pace, clock, random }: Manner,
  budget: TimeBudget,
): Session {
  let requests = 0;
  const countedBy = (unhurried: Unhurried): GoogleClient =>
    countedClient(client, async (kind) => {
      const isInTime = kind === 'look' || pace === null || (await unhurried(() => pace.turn(kind, budget.until)));
      if (!isInTime) throw new NoTurn('no turn in time');
      requests += 1;
    });
  return {
    requests: () => requests,
    now: () => clock.now(),
    pause: async (duration) => {
      if (clock.now() + duration >= budget.until) return false;
      await clock.sleep(duration);
      return true;
    },
    send: async (work) => {
      const attempted = await attempt((signal, unhurried) => work(countedBy(unhurried), signal), budget, {
        clock,
        random,
        isApi: client.isApi,
        ...(pace !== null && { onBusy: (pause: number) => pace.slowDown(pause) }),
      });
      const reason = !attempted.ok && attempted.fault.kind === 'final' ? attempted.fault.reason : null;
      if (reason === 'unauthenticated' || reason === 'credentials') connection.forget();
      return attempted;
    },
    failure: ({ fault }) => failureOf(fault, { account: client.account, access }),
  };
}

/** Drive has quotas of its own, far above those of the Sheets API. */
type Counted = 'read' | 'write' | 'look';

function countedClient(client: GoogleClient, count: (kind: Counted) => Promise<void>): GoogleClient {
  return {
    ...client,
    look: async (...args) => {
      await count('look');
      return client.look(...args);
    },
    rights: async (...args) => {
      await count('look');
      return client.rights(...args);
    },
    changesFrom: async (...args) => {
      await count('look');
      return client.changesFrom(...args);
    },
    changesSince: async (...args) => {
      await count('look');
      return client.changesSince(...args);
    },
    lookAtPicture: async (...args) => {
      await count('look');
      return client.lookAtPicture(...args);
    },
    picture: async (...args) => {
      await count('look');
      return client.picture(...args);
    },
    spreadsheet: async (...args) => {
      await count('read');
      return client.spreadsheet(...args);
    },
    update: async (...args) => {
      await count('write');
      return client.update(...args);
    },
  };
}
