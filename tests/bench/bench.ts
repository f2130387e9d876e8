import type { Peer } from './peers.ts';
import type { Row } from './table.ts';

/** What a bench is given. */
export interface BenchContext {
  /** How often each tool runs at each case. */
  readonly runs: number;
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string;
  readonly peers: { readonly eleventy: Peer; readonly hugo: Peer; readonly aws: Peer; readonly rclone: Peer };
  /** Says how far it is. */
  readonly tell: (line: string) => void;
}

/** One part of the table. */
export interface Bench {
  readonly name: string;
  run(context: BenchContext): Promise<readonly Row[]>;
}
