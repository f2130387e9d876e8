import { stat } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../../system-error.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { listen, siteServer } from '../static-server.ts';
import { UsageError } from '../usage.ts';

const defaultFolder = 'site';
const defaultPort = 8080;

/** `serve`: shows a built site until it is stopped. */
export async function serve(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const folder = args.positionals[0] ?? defaultFolder;
  const given = args.optional('port');
  const port = given === null ? defaultPort : Number(given);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(io.words.badPort(given ?? ''));
  const index = await stat(path.join(folder, 'index.html')).catch(() => null);
  if (index === null || !index.isFile()) throw new UsageError(io.words.noSite(folder));
  const server = siteServer(folder);
  const listening = await listen(server, port).catch((error: unknown) => {
    if (errorCode(error) === 'EACCES') throw new UsageError(io.words.portNotPermitted(port));
    if (errorCode(error) !== 'EADDRINUSE') throw error;
    if (given !== null) throw new UsageError(io.words.portInUse(port));
    // Nobody asked for this very port: any free one will do.
    return listen(server, 0);
  });
  io.tell(io.words.serving(`http://127.0.0.1:${listening}/`));
  io.tell(io.words.stopHint);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.closeAllConnections();
  server.close();
  return 0;
}
