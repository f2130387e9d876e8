import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

/**
 * Reads a parameter from the AWS Systems Manager parameter store, decrypted. The SDK finds region and credentials in its own
 * environment. Load this module only where a parameter is read.
 */
export async function readSsmParameter(name: string): Promise<string> {
  const client = new SSMClient();
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    if (Parameter?.Value === undefined) throw new Error('The parameter has no value.');
    return Parameter.Value;
  } finally {
    client.destroy();
  }
}
