import type { Clock } from '../../clock.ts';
import type { Play, Played } from '../../http/line.ts';
import type { WireStep } from '../draft.ts';
import { bodyWords, milliseconds, rangeOf, stepWords } from '../wire-words.ts';

export interface PlayOptions {
  readonly steps: readonly WireStep[];
  readonly body: Uint8Array;
  readonly clock: Clock;
  /** What was done before the first step, in words. */
  readonly said?: readonly string[];
}

/** How often a body that dribbles is written to. */
const DRIBBLES_PER_SECOND = 10;
/** A reset takes with it what the network has not carried yet. */
const BEFORE_RESET_MS = 20;

/**
 * Writes a message step by step. It ends early where the connection does; where somebody is in a hurry nothing is waited for:
 * waits are over, a body no longer dribbles, a silence ends with its reset.
 */
export function playing({ steps, body, clock, said: before = [] }: PlayOptions): Play {
  return async (line, head) => {
    const words: string[] = [...before];
    let sent = 0;
    let headSent = false;
    const whole = () => headSent && sent >= body.length;
    const over = (how: Played['how']): Played => ({ how, sent, whole: whole(), words });
    const leave = async (bytes: Uint8Array): Promise<boolean> => !line.gone.aborted && (await line.write(bytes));

    /** True when nothing came in between. */
    const wait = async (ms: number): Promise<'whole' | 'hurried' | 'gone'> => {
      if (line.gone.aborted) return 'gone';
      if (line.hurry?.aborted) return 'hurried';
      const until = line.hurry === undefined ? line.gone : AbortSignal.any([line.gone, line.hurry]);
      const waited = await clock.sleep(ms, until).then(
        () => true,
        () => false,
      );
      if (waited) return 'whole';
      return line.gone.aborted ? 'gone' : 'hurried';
    };

    const dribble = async ({ from, to }: { from: number; to: number }, perSecond: number): Promise<boolean> => {
      const size = Math.max(1, Math.floor(perSecond / DRIBBLES_PER_SECOND));
      const pause = (size * 1000) / perSecond;
      for (let at = from; at < to; at += size) {
        if (at > from && (await wait(pause)) === 'gone') return false;
        const piece = body.subarray(at, Math.min(at + size, to));
        if (!(await leave(piece))) return false;
        sent += piece.length;
      }
      return true;
    };

    for (const step of steps) {
      const [said, ...more] = stepWords(step, body.length);
      const began = clock.elapsed();
      const spent = () => milliseconds(clock.elapsed() - began).replace(' ms', '');
      switch (step.do) {
        case 'wait': {
          const waited = await wait(step.ms);
          words.push(waited === 'whole' ? (said ?? '') : `waited ${spent()} of ${milliseconds(step.ms)}`);
          if (waited === 'gone') return over('gone');
          break;
        }
        case 'head':
          if (!(await leave(head))) return over('gone');
          headSent = true;
          words.push('head');
          break;
        case 'body': {
          const range = rangeOf(step, body.length);
          const sentBefore = sent;
          if (step.perSecond === undefined) {
            if (!(await leave(body.subarray(range.from, range.to)))) return over('gone');
            sent += range.to - range.from;
          } else if (!(await dribble(range, step.perSecond))) {
            words.push(bodyWords({ from: range.from, to: range.from + sent - sentBefore }, body.length));
            return over('gone');
          }
          if (said !== undefined) words.push(said);
          break;
        }
        case 'raw':
          if (!(await leave(step.bytes))) return over('gone');
          if (said !== undefined) words.push(said);
          break;
        case 'end':
          if (line.gone.aborted) return over('gone');
          line.end();
          words.push('end');
          return over('ended');
        case 'close':
          if (line.gone.aborted) return over('gone');
          line.close();
          words.push('close');
          return over('close');
        case 'reset':
          if ((await wait(BEFORE_RESET_MS)) === 'gone') return over('gone');
          line.reset();
          words.push('reset');
          return over('reset');
        case 'hang': {
          const hung = await wait(step.ms);
          words.push(hung === 'whole' ? (said ?? '') : `silence for ${spent()} of ${milliseconds(step.ms)}`);
          if (hung === 'gone') return over('gone');
          line.reset();
          words.push(...more);
          return over('hang');
        }
      }
    }
    // Steps without an end: nothing more is to come.
    line.close();
    words.push('close');
    return over('close');
  };
}

/** What leaves of a message, for the record; undefined where its head stays out. */
export function leavingBody(steps: readonly WireStep[], body: Uint8Array): Uint8Array | undefined {
  if (!steps.some(step => step.do === 'head')) return undefined;
  const pieces = steps.flatMap(step => {
    if (step.do !== 'body') return [];
    const { from, to } = rangeOf(step, body.length);
    return [body.subarray(from, to)];
  });
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}
