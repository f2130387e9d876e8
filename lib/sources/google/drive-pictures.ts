import { mostPictureBytes } from '../picture-bytes.ts';
import type { PictureFinder, PictureNotHad } from '../source.ts';
import type { Attempted } from './attempts.ts';
import type { DriveFile, GoogleClient } from './client.ts';
import { type GoogleSheetDeps, type Session, sessions } from './session.ts';

/** The right for what is looked up, and the right for the content of files, which is asked for only where a picture is fetched. */
type PictureAccess = 'read' | 'pictures';

/** What pictures may take of the time of a run, in milliseconds: the pages are more than they are. */
const timeForPictures = 45_000;

/** Finds pictures in Google Drive. What is unchanged is looked up, by its checksum, and not fetched. */
export function drivePictures(deps: GoogleSheetDeps): PictureFinder {
  const begun = new Map<PictureAccess, ReturnType<ReturnType<typeof sessions>>>();
  const connected: Session[] = [];
  const session = (access: PictureAccess) => {
    const known = begun.get(access);
    if (known !== undefined) return known;
    const beginning = sessions({ ...deps, access, budgetMs: timeForPictures })().then((result) => {
      if (result.ok) connected.push(result.session);
      return result;
    });
    begun.set(access, beginning);
    return beginning;
  };
  const send = async <Result>(
    access: PictureAccess,
    work: (client: GoogleClient, signal: AbortSignal) => Promise<Result>,
  ): Promise<{ readonly value: Result } | PictureNotHad> => {
    const ready = await session(access);
    if (!ready.ok) return 'unreachable';
    let account: string | null = null;
    const sent = await ready.session.send((client, signal) => {
      account = client.account;
      return work(client, signal);
    });
    return sent.ok ? { value: sent.value } : notHad(sent, account);
  };
  const fetchBytes = async (file: DriveFile): Promise<Uint8Array | PictureNotHad> => {
    const sent = await send('pictures', (client, signal) => client.picture(file, signal));
    if (typeof sent === 'string' || 'lost' in sent) return sent;
    return sent.value.byteLength > mostPictureBytes ? 'too-large' : sent.value;
  };
  return {
    get requests() {
      return connected.reduce((sum, one) => sum + one.requests(), 0);
    },
    async find(place) {
      if (place.kind === 'file') return { lost: 'file-from-google', account: null };
      const looked = await send('read', (client, signal) => client.lookAtPicture(place, signal));
      if (typeof looked === 'string' || 'lost' in looked) return looked;
      const { mimeType, trashed, size = '0', sha256Checksum } = looked.value;
      if (trashed) return { lost: 'drive', account: null };
      // Whatever else is linked to, a document of the office among it, is not fetched.
      if (!mimeType.startsWith('image/')) return 'unknown-kind';
      if (Number(size) > mostPictureBytes) return 'too-large';
      return { digest: sha256Checksum ?? null, bytes: () => fetchBytes(place) };
    },
  };
}

function notHad({ fault }: Extract<Attempted<unknown>, { ok: false }>, account: string | null): PictureNotHad {
  if (fault.kind !== 'final') return 'unreachable';
  if (fault.reason === 'scopes') return { lost: 'drive-without-right', account };
  return fault.reason === 'not-found' || fault.reason === 'forbidden' ? { lost: 'drive', account } : 'unreachable';
}
