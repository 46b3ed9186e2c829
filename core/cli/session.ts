import type { ContractClient } from '../loopback/client.ts';
import { joinDatabase } from '../loopback/join.ts';
import type { CommonOptions } from './command.ts';
import { databasePath } from './database-path.ts';
import { CommandFailure, type ExitCode, tell } from './terminal.ts';

/** Runs `body` with the contract: of the process that owns the database, else of this one, which owns it meanwhile. */
export async function withContract(
  options: CommonOptions,
  body: (client: ContractClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  const joined = await joinDatabase({ file: databasePath(options.db) });
  if (!joined.ok) throw new CommandFailure(joined.failure);
  const { client, close } = joined.value;
  try {
    const { keyNotice, recording, search } = await client.platform.get();
    if (keyNotice !== null) {
      tell(keyNotice);
      await client.platform.acknowledge();
    }
    if (!recording.ok) tell(`Exchanges are not being stored: ${recording.reason ?? 'reason unknown'}`);
    if (!search.ok) tell(search.reason ?? 'searching is held up');
    return await body(client);
  } finally {
    await close();
  }
}
