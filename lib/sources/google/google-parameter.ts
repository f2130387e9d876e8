import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/** It answers in a tenth of a second. A function that waited for longer would be ended without a word about why. */
const longestWait = 10_000;

/**
 * Reads a parameter from the AWS Systems Manager parameter store, decrypted. The SDK finds region and credentials in its own
 * environment. Load this module only where a parameter is read.
 */
export async function readSsmParameter(name: string): Promise<string> {
  const client = new SSMClient();
  try {
    const command = new GetParameterCommand({ Name: name, WithDecryption: true });
    const { Parameter } = await client.send(command, { abortSignal: AbortSignal.timeout(longestWait) });
    if (Parameter?.Value === undefined) throw new Error('The parameter has no value.');
    return Parameter.Value;
  } finally {
    client.destroy();
  }
}
