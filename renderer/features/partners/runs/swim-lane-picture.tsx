import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLoader2, IconX } from '@tabler/icons-react';
import { Link as RouterLink } from '@tanstack/react-router';
import type { FindingView } from '../../../../core/contract/run.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Duration } from '../../../ui/duration.tsx';
import { failedExchange, type LaneRow, type StepVerdict, type SwimLane, type Verdict } from './swim-lane.ts';
import styles from './swim-lane-picture.module.css';
import { useStepName } from './use-step-name.ts';

export interface SwimLanePictureProps {
  readonly lane: SwimLane;
  /** What stands over the other side. */
  readonly partner: string;
}

/** Us on the left, the partner on the right; each arrow an exchange, each step told below its last one. */
export function SwimLanePicture({ lane, partner }: SwimLanePictureProps) {
  const t = useTexts('partners');
  return (
    <div className={styles['picture']}>
      <div className={styles['heads']} aria-hidden="true">
        <span className={styles['us']}>{t('run-us')}</span>
        <span className={styles['them']}>{partner}</span>
      </div>
      <ol className={styles['rows']} aria-label={t('run-picture')} aria-live={lane.running ? 'polite' : 'off'}>
        {lane.rows.map(row => (
          <li key={row.key} className={styles['row']} data-verdict={row.kind === 'exchange' ? row.verdict : 'note'}>
            <div className={styles['label']}>
              {row.begins.map(verdict => (
                <StepLabel key={verdict.step} verdict={verdict} />
              ))}
            </div>
            <LaneLine row={row} />
            <div className={styles['zone']}>
              {row.kind === 'exchange' ? <Arrow row={row} partner={partner} /> : <Note row={row} />}
              {row.verdicts.map(verdict => (
                <StepReason key={verdict.step} verdict={verdict} />
              ))}
            </div>
            <LaneLine row={row} />
          </li>
        ))}
        {lane.running && (
          <li className={styles['row']} data-verdict="open">
            <div className={styles['label']}>
              <span className={styles['step']}>
                <VerdictIcon verdict="open" />
                {t('run-running')}
              </span>
            </div>
            <span className={styles['lane']} data-held={held(lane) ? 'all' : 'none'} />
            <div className={styles['zone']} />
            <span className={styles['lane']} data-held={held(lane) ? 'all' : 'none'} />
          </li>
        )}
      </ol>
    </div>
  );
}

/** Whether the last row still lies within an open exchange. */
function held({ rows }: SwimLane): boolean {
  const last = rows.at(-1);
  if (last === undefined) return false;
  const part = last.kind === 'exchange' ? last.part : 'whole';
  return part === 'request' || (part === 'whole' && last.within !== undefined);
}

/** A piece of one side's line; thick while an exchange is open that others fall into. */
function LaneLine({ row }: { readonly row: LaneRow }) {
  const part = row.kind === 'exchange' ? row.part : 'whole';
  const held = part === 'request' ? 'begins' : part === 'answer' ? 'ends' : row.within === undefined ? 'none' : 'all';
  return <span className={styles['lane']} data-held={held} />;
}

export function VerdictIcon({ verdict }: { readonly verdict: Verdict }) {
  const t = useTexts('partners');
  const Icon = { pass: IconCheck, warn: IconAlertTriangle, fail: IconX, open: IconLoader2 }[verdict];
  return (
    <span className={classNames(styles['icon'], styles[verdict])} role="img" aria-label={t(`verdict-${verdict}`)}>
      <Icon size={14} stroke={2.4} aria-hidden="true" />
    </span>
  );
}

function StepLabel({ verdict: { step, verdict } }: { readonly verdict: StepVerdict }) {
  const nameOf = useStepName();
  return (
    <span className={styles['step']}>
      <VerdictIcon verdict={verdict} />
      {nameOf(step)}
    </span>
  );
}

function StepReason({ verdict: { verdict, reason, findings } }: { readonly verdict: StepVerdict }) {
  return (
    <div className={classNames(styles['reason'], verdict === 'fail' && styles['reason-fail'])}>
      <span>{reason}</span>
      {findings.length > 0 && <Findings findings={findings} />}
    </div>
  );
}

const FINDING_TONES = { error: 'bad', warning: 'warn', note: 'plain' } as const;

export function Findings({ findings }: { readonly findings: readonly FindingView[] }) {
  const t = useTexts('partners');
  return (
    <ul className={styles['findings']}>
      {findings.map(({ severity, code, pointer, met, expected }) => (
        <li key={`${code} ${pointer} ${met}`}>
          <Chip tone={FINDING_TONES[severity]}>{code}</Chip>{' '}
          {[met !== '' && t('run-met', { met }), expected !== '' && t('run-expected', { expected })]
            .filter(Boolean)
            .join('; ')}
        </li>
      ))}
    </ul>
  );
}

function Note({ row }: { readonly row: Extract<LaneRow, { kind: 'note' }> }) {
  return <span className={styles['note']} data-at={row.at} />;
}

interface ArrowProps {
  readonly row: Extract<LaneRow, { kind: 'exchange' }>;
  readonly partner: string;
}

function Arrow({ row, partner }: ArrowProps) {
  const t = useTexts('partners');
  const { exchange, part, from, verdict } = row;
  const { method, url } = exchange;
  const path = pathOf(url);
  // An answer goes the other way.
  const rightwards = (from === 'us') !== (part === 'answer');
  return (
    <RouterLink
      to="/traffic"
      search={{ exchange: exchange.id }}
      className={styles['arrow'] ?? ''}
      title={`${method} ${url}\n${t('run-inTraffic')}`}
    >
      <span className={styles['what']}>{part === 'answer' ? t('run-answer', { method }) : `${method} ${path}`}</span>
      <VisuallyHidden>{rightwards ? t('run-toThem', { partner }) : t('run-toUs', { partner })}</VisuallyHidden>
      <span
        className={classNames(styles['shaft'], styles[part === 'request' ? 'pass' : verdict])}
        data-to={rightwards ? 'right' : 'left'}
        data-part={part}
      />
      <span className={styles['outcome']}>
        <Outcome row={row} />
      </span>
    </RouterLink>
  );
}

function Outcome({ row: { exchange, part } }: Pick<ArrowProps, 'row'>) {
  const t = useTexts('partners');
  const { httpStatus, ocpiStatus, ended, durationMs, findings } = exchange;
  if (failedExchange(exchange) === undefined) return <Chip tone="accent">{t('run-waiting')}</Chip>;
  if (part === 'request') {
    return (
      <span className={styles['dim']}>
        {t('run-openFor')} <Duration ms={durationMs} />
      </span>
    );
  }
  const whole = ended === 'complete' || ended === 'answered';
  return (
    <>
      {httpStatus !== null && <Chip tone={httpStatus >= 300 ? 'bad' : 'ok'}>{httpStatus}</Chip>}
      {ocpiStatus !== null && <Chip tone={ocpiStatus >= 2000 ? 'bad' : 'ok'}>{ocpiStatus}</Chip>}
      {!whole && <Chip tone="bad">{t('run-noAnswer', { how: ended })}</Chip>}
      <Duration ms={durationMs} />
      {findings.length > 0 && <Chip tone="warn">{t('run-findings', { count: findings.length })}</Chip>}
    </>
  );
}

/** Path and query of a URL; a target as it is. */
function pathOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? url : `${parsed.pathname}${parsed.search}`;
}
