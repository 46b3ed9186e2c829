/** Makes a backup (`backup FILE PATH`) or prunes (`prune FILE`) as a process of its own, and writes what came of it as JSON. */
import { openHistory } from '../../../core/history/history.ts';
import { KEEP_ALL, standing } from './recorded.ts';

const [what, file = '', path = ''] = process.argv.slice(2);
const opened = await openHistory({ file, clock: standing, keyStore: 'file' });
if (!opened.ok) throw new Error(opened.message);
const { keeping } = opened.history;
const outcome =
  what === 'backup'
    ? await keeping.backUp(path)
    : await keeping.deleteExchanges({ kind: 'retention', retention: { ...KEEP_ALL, count: 10 }, gently: false });
console.log(JSON.stringify(outcome));
await opened.history.close();
