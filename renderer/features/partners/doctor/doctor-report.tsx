import { Link as RouterLink } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Run, RunStep } from '../../../../core/contract/run.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { RunSummary } from '../runs/run-summary.tsx';
import { Findings, VerdictIcon } from '../runs/swim-lane-picture.tsx';
import { useCheckName } from '../runs/use-step-name.ts';
import styles from './doctor-report.module.css';

interface Group {
  /** Undefined for our own platform. */
  readonly link: string | undefined;
  readonly steps: readonly { readonly name: string; readonly step: RunStep }[];
}

/** The checks of a doctor's run, ours first, then link by link, as they are made. */
export function DoctorReport({ run, actions }: { readonly run: Run; readonly actions?: ReactNode }) {
  const t = useTexts('partners');
  const nameOf = useCheckName();
  return (
    <>
      <RunSummary run={run} actions={actions} />
      {run.state === 'failed' && run.result !== undefined && <p className={styles['outcome']}>{run.result.summary}</p>}
      {groupsOf(run.steps).map(({ link, steps }) => (
        <section key={link ?? ''} className={styles['group']}>
          <h3 className={styles['title']}>{link ?? t('doctors-ourselves')}</h3>
          <ul className={styles['checks']}>
            {steps.map(({ name, step }) => (
              <li key={name} className={styles['check']}>
                <span className={styles['verdict']}>
                  <VerdictIcon verdict={verdictOf(step)} />
                  <Chip tone={TONES[verdictOf(step)]}>{t(`doctors-${WORDS[verdictOf(step)]}`)}</Chip>
                </span>
                <span className={styles['name']}>{nameOf(name)}</span>
                <div className={styles['reason']}>
                  {step.reason}
                  {step.exchangeIds.map(id => (
                    <RouterLink key={id} to="/traffic" search={{ exchange: id }} className={styles['exchange'] ?? ''}>
                      #{id}
                    </RouterLink>
                  ))}
                  {step.findings.length > 0 && <Findings findings={step.findings} />}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {run.state === 'running' && <p role="status">{t('doctors-running')}</p>}
    </>
  );
}

const TONES = { pass: 'ok', warn: 'warn', fail: 'bad' } as const;
const WORDS = { pass: 'passed', warn: 'warned', fail: 'failed' } as const;

function verdictOf({ ok, findings }: RunStep): 'pass' | 'warn' | 'fail' {
  if (!ok) return 'fail';
  return findings.some(({ severity }) => severity !== 'note') ? 'warn' : 'pass';
}

/** A check of a link is named `LINK: check`. */
function groupsOf(steps: readonly RunStep[]): Group[] {
  const groups = new Map<string | undefined, { name: string; step: RunStep }[]>();
  for (const step of steps) {
    const cut = step.step.lastIndexOf(': ');
    const link = cut === -1 ? undefined : step.step.slice(0, cut);
    const name = cut === -1 ? step.step : step.step.slice(cut + 2);
    groups.set(link, [...(groups.get(link) ?? []), { name, step }]);
  }
  return [...groups].map(([link, of]) => ({ link, steps: of }));
}
