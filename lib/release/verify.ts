import pMap from 'p-map';
import type { Failure } from '../failure.ts';
import { failureOf } from '../stores/failure-of.ts';
import type { Stores } from '../stores/store.ts';
import { sha256Of } from './hashed-file.ts';
import { heldAgainst, lateArrivals } from './look.ts';
import { readState } from './state-file.ts';

/** One object that is not as the release says. */
export interface SiteDifference {
  readonly key: string;
  /** `left-over`: the release does not name it, and Mokuhyo itself has once sent it there. */
  readonly what: 'missing' | 'changed' | 'left-over';
}

export type Verification =
  | {
      readonly ok: true;
      readonly release: string;
      /** How many objects were held against the release. */
      readonly checked: number;
      readonly differences: readonly SiteDifference[];
      /** How many objects are there that Mokuhyo has never sent: they are left alone. */
      readonly foreign: number;
      /** Another run is at work, or has stopped in the middle: what differs may be its work. */
      readonly busy: boolean;
    }
  | { readonly ok: false; readonly problem: Failure };

/**
 * Holds a live site against its release: by one list of it, and with `deep` by every byte. Writes nothing.
 */
export async function verifySite(
  { site, state: stateStore }: Stores,
  { deep = false, parallel = 8 }: { readonly deep?: boolean; readonly parallel?: number } = {},
): Promise<Verification> {
  try {
    const stored = await readState(stateStore);
    const release = stored?.state.records[0]?.release;
    if (stored === null || release === undefined) return { ok: false, problem: nothingPublished };
    const { state } = stored;
    if (state.site !== site.name) return { ok: false, problem: anotherSite(state.site, site.name) };
    const listed = await site.list();
    const manifest = Object.entries(state.objects);
    const { missing, changed } = heldAgainst(manifest, listed);
    const known = new Set([...missing, ...changed]);
    const same = deep ? manifest.filter(([key]) => !known.has(key)) : [];
    const damaged = await pMap(
      same,
      async ([key, { sha256 }]) => {
        const object = await site.get(key);
        return object !== null && sha256Of(object.body) === sha256 ? [] : [key];
      },
      { concurrency: parallel },
    );
    const leftOver = await lateArrivals(site, state, [], listed, { parallel, signal: undefined });
    const differences = [
      ...missing.map((key) => ({ key, what: 'missing' as const })),
      ...[...changed, ...damaged.flat()].map((key) => ({ key, what: 'changed' as const })),
      ...leftOver.map((key) => ({ key, what: 'left-over' as const })),
    ].sort((one, other) => (one.key < other.key ? -1 : 1));
    const foreign = [...listed.keys()].filter((key) => state.objects[key] === undefined && !leftOver.includes(key));
    return {
      ok: true,
      release,
      checked: manifest.length,
      differences,
      foreign: foreign.length,
      busy: state.pending !== null,
    };
  } catch (error) {
    return { ok: false, problem: failureOf(error) };
  }
}

const nothingPublished: Failure = {
  code: 'nothing-published',
  message: '公開の記録がありません。比べるものがないため、確かめられません。',
  fix: '記録の保存先（--state）の指定を確かめてください。',
};

function anotherSite(recorded: string, given: string): Failure {
  return {
    code: 'another-site',
    message: `公開の記録は別の場所（${recorded}）のものです。指定されたサイト（${given}）とは比べられません。`,
    fix: 'サイトの場所（--site）と記録の保存先（--state）の組み合わせを確かめてください。',
  };
}
