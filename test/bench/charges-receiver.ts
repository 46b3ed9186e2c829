/** The platform that is told of the charges: an eMSP in a process of its own, as a partner is. `argv`: its database. */
import { ownDatabase } from '../../core/loopback/own.ts';

/** Where it is reached, and with which token somebody may register. */
export interface ReceiverAt {
  readonly versionsUrl: string;
  readonly token: string;
}

const [file = ''] = process.argv.slice(2);
const opened = await ownDatabase({ file, keyStore: 'file' });
if (!opened.ok) throw new Error(opened.failure.message);
const { client, workbench, close } = opened.value;
const party = { countryCode: 'NL', partyId: 'EMP', role: 'EMSP', name: 'told' } as const;
await client.platform.configure({ parties: [party] });
await client.own.generate({ module: 'tokens', count: 100, version: '2.2.1', seed: 'charges' });
const serving = await workbench.serving.start();
if (!serving.ok) throw new Error(serving.failure.message);
const { token, versionsUrl } = await client.links.invite({ name: 'charges' });
process.send?.({ versionsUrl, token } satisfies ReceiverAt);
process.once('message', () => void close().then(() => process.disconnect()));
