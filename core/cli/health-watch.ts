import { systemClock } from '../clock.ts';
import type { Notice } from '../contract/health.ts';
import type { ContractClient } from '../loopback/client.ts';
import { noticeLines } from './health-text.ts';
import { type ExitCode, printLine } from './terminal.ts';

interface Watched {
  readonly link?: string;
  /** A line of JSON each. */
  readonly json: boolean;
}

/** Notices asked for at once; of more the oldest open ones are not told. */
const MOST = 500;

/**
 * Prints notices that are open, then each that comes and each that ends, until Ctrl+C. 1 where something is over its threshold
 * then.
 */
export async function watchHealth(client: ContractClient, { link, json }: Watched): Promise<ExitCode> {
  const stopped = new AbortController();
  const stop = () => stopped.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const of = link === undefined ? {} : { link };
  let told = new Map<number, Notice>();

  const say = (what: 'open' | 'new' | 'ended', notice: Notice) => {
    if (json) printLine(JSON.stringify({ what, notice }));
    else printLine(`${new Date(systemClock.now()).toISOString()}  ${what.padEnd(5)}  ${noticeLines([notice])}`);
  };
  const update = async (first: boolean) => {
    const { notices } = await client.health.notices({ ...of, open: true, limit: MOST });
    const open = new Map(notices.map(notice => [notice.id, notice]));
    for (const notice of notices.toReversed()) if (!told.has(notice.id)) say(first ? 'open' : 'new', notice);
    for (const notice of told.values()) if (!open.has(notice.id)) say('ended', notice);
    told = open;
  };

  try {
    await client.health.look(of);
    await update(true);
    for await (const { health, refetch } of await client.events.watch(undefined, { signal: stopped.signal })) {
      if (health || refetch) await update(false);
    }
  } catch (error) {
    // The end of watching, as asked for.
    if (!stopped.signal.aborted) throw error;
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  }
  return told.size > 0 ? 1 : 0;
}
