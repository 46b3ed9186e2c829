import type { ReplayOptions } from '../contract/replay.ts';
import { ScenarioRole } from '../contract/scenario.ts';
import type { CommonOptions } from './command.ts';
import { usageFailure } from './command.ts';
import type { SourceFlags, SourceInput } from './replay-source.ts';

export interface ReplayFlags extends CommonOptions, SourceFlags {
  readonly to: string;
  readonly speed?: string;
  readonly play?: 'ours' | 'theirs';
  readonly part?: string;
  readonly fromStep?: string;
  readonly strict?: boolean;
  readonly times?: 'start' | 'end';
  readonly map?: readonly string[];
  readonly set?: readonly string[];
  readonly wait?: string;
  readonly seed?: string;
  readonly paused?: boolean;
  readonly plan?: boolean;
  readonly yes?: boolean;
  readonly junit?: string;
}

/** Everything but whether it is confirmed. */
export function readReplay(source: SourceInput, flags: ReplayFlags): ReplayOptions {
  const { play, part, times, seed } = flags;
  return {
    to: flags.to,
    source,
    ...(flags.speed === undefined ? {} : { speed: readSpeed(flags.speed) }),
    ...(play === undefined ? {} : { play }),
    ...(part === undefined ? {} : { part: readPart(part) }),
    ...(flags.fromStep === undefined ? {} : { fromStep: readWhole('--from-step', flags.fromStep) }),
    ...(flags.strict ? { strict: true } : {}),
    ...(times === undefined ? {} : { times }),
    ...(flags.map === undefined ? {} : { map: readPairs('--map', flags.map, 'location:LOC1=LOC9') }),
    ...(flags.set === undefined ? {} : { set: readPairs('--set', flags.set, 'kwh=20') }),
    ...(flags.wait === undefined ? {} : { wait: readSeconds(flags.wait) }),
    ...(seed === undefined ? {} : { seed }),
    ...(flags.paused ? { paused: true } : {}),
  };
}

/** `1`, `10`, `10x`, `fast`. */
function readSpeed(text: string): number | 'fast' {
  if (text === 'fast') return 'fast';
  const speed = Number(text.replace(/x$/, ''));
  if (text !== '' && speed >= 0.1 && speed <= 1000) return speed;
  throw usageFailure(`--speed ${text} is no speed`, 'A number from 0.1 to 1000 (10 is ten times as fast), or fast.');
}

function readPart(text: string): ScenarioRole {
  const part = ScenarioRole.safeParse(text.toLowerCase());
  if (part.success) return part.data;
  throw usageFailure(`--part ${text} is no part of a scenario`, `Any of ${ScenarioRole.options.join(', ')}.`);
}

function readWhole(option: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw usageFailure(`${option} ${text} is out of range`, 'A whole number from 1 on.');
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (text !== '' && seconds > 0 && seconds <= 86_400) return seconds;
  throw usageFailure(`--wait ${text} is out of range`, 'Seconds, more than 0 and 86400 at most.');
}

function readPairs(option: string, texts: readonly string[], such: string): Record<string, string> {
  return Object.fromEntries(
    texts.map(text => {
      const at = text.indexOf('=');
      if (at < 1) throw usageFailure(`${option} ${text} says no value`, `Write ${option} ${such}.`);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
