import { resolveCname } from 'node:dns/promises';
import { connect } from 'node:tls';
import type { CheckResult } from '../../doctor/check-result.ts';
import type { ParsedArguments } from '../args.ts';
import type { CommandIo, ExitStatus } from '../io.ts';
import { googleSheetOf } from '../options.ts';
import { UsageError } from '../usage.ts';

const signs: Readonly<Record<CheckResult['verdict'], string>> = { good: '○', attention: '△', wrong: '×' };
const statuses: Readonly<Record<CheckResult['verdict'], ExitStatus>> = { good: 0, attention: 1, wrong: 3 };

/** How long a person waits for a page. */
const pageTimeout = 15_000;

/** `doctor`: checks the sheet, the deployment or both, and says what to do next. Writes nothing; its status is that of the worst. */
export async function doctor(args: ParsedArguments, io: CommandIo): Promise<ExitStatus> {
  const [spreadsheet, stage] = [args.optional('spreadsheet'), args.optional('stage')];
  if (spreadsheet === null && stage === null) throw new UsageError(io.words.missingOption('--spreadsheet / --stage'));
  if (stage !== null && !/^[a-z][a-z0-9]{0,15}$/u.test(stage)) throw new UsageError(io.words.badStage(stage));
  const results = [
    ...(spreadsheet === null ? [] : await sheetResults(spreadsheet, io)),
    ...(stage === null ? [] : await deploymentResults(stage, io)),
  ];
  const worst = (['wrong', 'attention', 'good'] as const).find((verdict) =>
    results.some((one) => one.verdict === verdict),
  );
  if (args.flag('json')) {
    io.out(`${JSON.stringify({ ok: worst === 'good', checks: results }, null, 2)}\n`);
  } else {
    for (const { verdict, message, fix } of results) {
      io.out(`${signs[verdict]} ${message}\n${fix === null ? '' : `  → ${fix}\n`}`);
    }
  }
  return statuses[worst ?? 'wrong'];
}

async function sheetResults(spreadsheet: string, io: CommandIo): Promise<readonly CheckResult[]> {
  const { spreadsheetId } = await import('../../sources/google/google-config.ts');
  if (spreadsheetId(spreadsheet) === null) throw new UsageError(io.words.badSpreadsheet);
  let sheet: Awaited<ReturnType<typeof googleSheetOf>>;
  try {
    sheet = await googleSheetOf(spreadsheet, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const fix = 'docs/google-setup.md の手順3のとおりにログインしてから、もう一度実行してください。';
    return [{ check: 'google-credentials', verdict: 'wrong', message: error.message, fix }];
  }
  const { checkSheet } = await import('../../doctor/check-sheet.ts');
  return checkSheet(sheet);
}

async function deploymentResults(stage: string, io: CommandIo): Promise<readonly CheckResult[]> {
  const { checkDeployment } = await import('../../doctor/check-deployment.ts');
  return checkDeployment(
    { stage, now: io.now },
    {
      resolveCname,
      fetchPage: (address) => fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(pageTimeout) }),
      certificateEnd,
    },
  );
}

/** By a handshake, which is ended as soon as the certificate has been seen. */
function certificateEnd(host: string): Promise<Date> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: 443, servername: host, timeout: pageTimeout }, () => {
      const end = new Date(socket.getPeerCertificate().valid_to);
      socket.destroy();
      if (Number.isNaN(end.getTime())) reject(new Error('The certificate has no end.'));
      else resolve(end);
    });
    socket.once('timeout', () => socket.destroy(new Error('No answer in time.')));
    socket.once('error', reject);
  });
}
