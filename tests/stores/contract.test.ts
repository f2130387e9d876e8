import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { folderStore } from '../../lib/stores/folder/folder.ts';
import { memoryStore } from '../../lib/stores/memory.ts';
import { s3Store } from '../../lib/stores/s3/s3.ts';
import { s3ClientFor } from '../support/s3-client.ts';
import { startS3Server } from '../support/s3-server.ts';
import { storeContract } from '../support/store-contract.ts';

describe('memory', () => {
  storeContract(async () => ({
    fresh: async () => memoryStore(),
    [Symbol.asyncDispose]: async () => {},
  }));
});

describe('a folder', () => {
  storeContract(async () => {
    const root = await mkdtemp(join(tmpdir(), 'mokuhyo-contract-'));
    let number = 0;
    return {
      fresh: async () => folderStore(join(root, `${number++}`)),
      [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
    };
  });
});

describe('S3, as the test server speaks it', () => {
  storeContract(async () => {
    const server = await startS3Server({ buckets: ['bucket'] });
    const client = s3ClientFor(server.endpoint);
    let number = 0;
    return {
      fresh: async () => s3Store(client, 'bucket', `prefix/${number++}`),
      async [Symbol.asyncDispose]() {
        client.destroy();
        await server[Symbol.asyncDispose]();
      },
    };
  });
});
