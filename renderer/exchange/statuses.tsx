import type { ExchangeSummary } from '../../core/contract/exchange.ts';
import { ENDINGS, type Ending } from '../../core/ocpi/endings.ts';
import type { Texts } from '../texts/use-texts.ts';
import { Chip, type Tone } from '../ui/chip.tsx';

type Ended = Pick<ExchangeSummary, 'ended' | 'httpStatus' | 'ocpiStatus'>;

type ShortWord = Exclude<Ending, 'complete' | 'answered'>;

/** Whether the answer came whole. */
export function isWhole(ended: string): boolean {
  return ended === 'complete' || ended === 'answered';
}

function httpTone(status: number): Tone {
  return status < 300 ? 'ok' : status < 400 ? 'warn' : 'bad';
}

function ocpiTone(status: number): Tone {
  return status >= 1000 && status < 2000 ? 'ok' : 'bad';
}

/** In a word, where there is no whole answer: `timeout`. */
function endedWord(ended: string, t: Texts<'traffic'>): string {
  const known = ENDINGS.find((one): one is ShortWord => one === ended && !isWhole(one));
  return known === undefined ? ended : t(`short-${known}`);
}

/** Without hooks: cells of the table. The HTTP status, or the word for what became of it instead. */
export function HttpChip({ of, t }: { readonly of: Ended; readonly t: Texts<'traffic'> }) {
  const { httpStatus, ended } = of;
  if (httpStatus !== null && isWhole(ended)) return <Chip tone={httpTone(httpStatus)}>{httpStatus}</Chip>;
  const tone: Tone = ended === 'open' ? 'accent' : ended === 'unknown' || ended === 'withheld' ? 'plain' : 'bad';
  if (httpStatus === null) return <Chip tone={tone}>{endedWord(ended, t)}</Chip>;
  return (
    <Chip tone={tone}>
      {httpStatus} {endedWord(ended, t)}
    </Chip>
  );
}

export function OcpiChip({ status }: { readonly status: number | null }) {
  return status === null ? null : <Chip tone={ocpiTone(status)}>{status}</Chip>;
}
