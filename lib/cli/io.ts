import type { Typesetter } from '../documents/typeset.ts';
import type { ReadElsewhere } from '../sources/xlsx/elsewhere.ts';
import type { Words } from './words.ts';

/** What a command has of the world outside, so that tests can stand in for it. */
export interface CommandIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly words: Words;
  /** The instant at which the command started; `--now` replaces it. */
  readonly now: Date;
  /** Results for programs: one JSON document, or a table. */
  readonly out: (text: string) => void;
  /** Words for people, a line each. */
  readonly tell: (line: string) => void;
  /** Where large workbooks are read, so that they can be given up; here, where there is no such place. */
  readonly readElsewhere?: ReadElsewhere;
  /** What sets documents in type; without it none are made. */
  readonly typesetter?: () => Promise<Typesetter | null>;
  /** True where people's words may be coloured. */
  readonly colour: boolean;
}

/** 0 all is well; 1 something is held or has an error; 2 usage; 3 blocked; 4 the site could not be written. */
export type ExitStatus = 0 | 1 | 2 | 3 | 4;
