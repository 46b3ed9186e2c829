import type { FindingView } from '../../core/contract/run.ts';
import type { Texts } from '../texts/use-texts.ts';
import { Chip, type Tone } from '../ui/chip.tsx';

export type Severity = FindingView['severity'];

export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', note: 'plain' };

/** The worst severity with how many there are of it. Without hooks: cells of the table. */
export function FindingsChip({
  findings,
  t,
}: {
  readonly findings: readonly FindingView[];
  readonly t: Texts<'traffic'>;
}) {
  const worst = worstOf(findings);
  if (worst === undefined) return null;
  const count = findings.filter(({ severity }) => severity === worst).length;
  const codes = [...new Set(findings.map(({ code }) => code))].join('\n');
  return (
    <Chip tone={SEVERITY_TONES[worst]} title={codes}>
      {t(`${worst}s`, { count })}
    </Chip>
  );
}

export function worstOf(findings: readonly FindingView[]): Severity | undefined {
  return (['error', 'warning', 'note'] as const).find(severity =>
    findings.some(finding => finding.severity === severity),
  );
}
