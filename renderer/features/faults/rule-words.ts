import type { FaultOccasion, FaultScope } from '../../../core/contract/fault.ts';
import type { Texts } from '../../texts/use-texts.ts';
import { localDate, localTime } from '../../ui/time-format.ts';

export interface WordsOptions {
  readonly t: Texts<'faults'>;
  /** `locations.list` in words. */
  readonly operation: (id: string) => string;
}

/** Which exchanges a rule looks at: `acme · they ask us · locations, list`. */
export function scopeWords(scope: FaultScope, { t, operation }: WordsOptions): string {
  const parts = [
    scope.link,
    scope.direction && t(`says-${scope.direction}`),
    scope.operation === undefined ? scope.module : operation(scope.operation),
    scope.side && t(`side-${scope.side}`),
    scope.version,
    scope.party,
    scope.object,
    scope.from && t('fromMoment', { at: momentText(scope.from) }),
    scope.until && t('untilMoment', { at: momentText(scope.until) }),
  ].filter(part => part !== undefined);
  return parts.length === 0 ? t('everything') : parts.join(' · ');
}

/** Which of the exchanges in scope are hit: `every 5th · behind the first 10`. */
export function occasionWords(when: FaultOccasion, t: Texts<'faults'>): string {
  const parts = [
    when.nth !== undefined && t('onlyNth', { nth: when.nth }),
    when.everyNth !== undefined && t('everyNth', { nth: when.everyNth }),
    when.after !== undefined && t('behindFirst', { count: when.after }),
    when.times !== undefined && t('atMost', { count: when.times }),
    when.probability !== undefined && t('shareOf', { share: Number((when.probability * 100).toFixed(4)) }),
  ].filter(part => part !== false);
  return parts.length === 0 ? t('eachTime') : parts.join(' · ');
}

function momentText(moment: string): string {
  const at = new Date(moment);
  return `${localDate(at)} ${localTime(at).slice(0, 'hh:mm'.length)}`;
}
