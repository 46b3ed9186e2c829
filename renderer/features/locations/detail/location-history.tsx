import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ObjectRevision, PulledModule } from '../../../../core/contract/objects.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { DiffView } from '../../../ui/editor/diff-view.tsx';
import { prettyJson } from '../../../ui/editor/pretty-json.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import styles from './detail.module.css';

export interface LocationHistoryProps {
  readonly name: { readonly name: string; readonly module: PulledModule; readonly id: string; readonly party?: string };
  readonly queryKey: readonly unknown[];
  /** `2-3`: the two revisions beside each other. */
  readonly compare: string | undefined;
  readonly onCompare: (compare: string) => void;
}

/** What changed between pulls, newest first, and any two revisions beside each other. */
export function LocationHistory({ name, queryKey, compare, onCompare }: LocationHistoryProps) {
  const t = useTexts('locations');
  const client = useClient();
  const revisions = useQuery({
    queryKey: [...queryKey, 'revisions'],
    queryFn: ({ signal }) => client.objects.revisions(name, { signal }),
  });
  if (revisions.data === undefined) {
    return revisions.error === null ? (
      <p className={styles['dim']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <FailureNote failure={failureOf(revisions.error)} onRetry={() => void revisions.refetch()} />
    );
  }
  const all = revisions.data;
  const newest = all[0]?.revision ?? 1;
  if (all.length === 1) return <EmptyState title={t('noChanges')} text={t('noChangesText')} />;
  const [left = newest - 1, right = newest] = (compare ?? '').split('-').map(Number).filter(Boolean);
  return (
    <div className={styles['history']}>
      <ol className={styles['revisions']} aria-label={t('tabHistory')}>
        {all.map(revision => (
          <li key={revision.revision}>
            <Revision revision={revision} />
          </li>
        ))}
      </ol>
      <div className={styles['compare']}>
        <span className={styles['compareHead']}>
          {t('compare')}
          <Choice all={all} value={left} label={t('older')} onChange={next => onCompare(`${next}-${right}`)} />
          <Choice all={all} value={right} label={t('newer')} onChange={next => onCompare(`${left}-${next}`)} />
        </span>
        <Compared name={name} queryKey={queryKey} left={left} right={right} />
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly all: readonly ObjectRevision[];
  readonly value: number;
  readonly label: string;
  readonly onChange: (revision: number) => void;
}

function Choice({ all, value, label, onChange }: ChoiceProps) {
  const t = useTexts('locations');
  return (
    <NativeSelect
      aria-label={label}
      value={value}
      onChange={event => onChange(Number(event.currentTarget.value))}
      data={all.map(({ revision }) => ({ value: String(revision), label: t('revisionNumber', { number: revision }) }))}
    />
  );
}

function Revision({ revision: { revision, seenAt, changes } }: { readonly revision: ObjectRevision }) {
  const t = useTexts('locations');
  return (
    <>
      <div className={styles['revisionHead']}>
        <strong>{t('revisionNumber', { number: revision })}</strong>
        <Mono>
          <TimeText at={seenAt} withDate />
        </Mono>
        <span className={styles['dim']}>
          {revision === 1 ? t('firstSeen') : t('changes', { count: changes.length })}
        </span>
      </div>
      <ul className={styles['changes']}>
        {changes.map(({ pointer, kind, before, after }) => (
          <li key={pointer}>
            <Chip tone={kind === 'removed' ? 'bad' : kind === 'added' ? 'ok' : 'plain'}>{t(`change-${kind}`)}</Chip>
            <Mono wrap>{pointer}</Mono>
            {kind !== 'added' && <del>{shown(before)}</del>}
            {kind === 'changed' && <span aria-hidden>→</span>}
            {kind !== 'removed' && <ins>{shown(after)}</ins>}
          </li>
        ))}
      </ul>
    </>
  );
}

const LONGEST = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

interface ComparedProps {
  readonly name: LocationHistoryProps['name'];
  readonly queryKey: readonly unknown[];
  readonly left: number;
  readonly right: number;
}

function Compared({ name, queryKey, left, right }: ComparedProps) {
  const t = useTexts('locations');
  const client = useClient();
  const texts = useQuery({
    queryKey: [...queryKey, 'compare', left, right],
    queryFn: async ({ signal }) => {
      const [older, newer] = await Promise.all(
        [left, right].map(revision => client.objects.text({ ...name, revision }, { signal })),
      );
      return { older: prettyJson(older?.text ?? ''), newer: prettyJson(newer?.text ?? '') };
    },
  });
  if (texts.data === undefined) {
    return texts.error === null ? null : <FailureNote failure={failureOf(texts.error)} />;
  }
  return (
    <DiffView
      left={texts.data.older}
      right={texts.data.newer}
      height="100%"
      labels={[t('revisionNumber', { number: left }), t('revisionNumber', { number: right })]}
    />
  );
}
