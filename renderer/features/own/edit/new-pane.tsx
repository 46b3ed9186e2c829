import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VersionName } from '../../../../core/contract/platform.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { OcpiEditor } from '../../../ocpi-help/ocpi-editor.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { prettyJson } from '../../../ui/editor/pretty-json.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { idFieldOf, idIn, nameOf, type OwnKind, type OwnName, ofName, printName, typeOfKind } from '../kinds.ts';
import { blankText, copyId, copyText, nowText } from './draft.ts';
import styles from './edit.module.css';
import { useLeaving } from './use-leaving.ts';
import { useSaving } from './use-saving.tsx';

export interface NewPaneProps {
  readonly kind: OwnKind;
  /** What it is a copy of. */
  readonly of: OwnName | undefined;
  /** Ours that may own it; at least one. */
  readonly parties: readonly string[];
  /** Ours that know the kind, oldest first; at least one. */
  readonly versions: readonly VersionName[];
  readonly onSaved: (name: OwnName) => void;
  readonly onCancel: () => void;
}

/** A new object: from blanks, or as a copy once what it is a copy of has come. */
export function NewPane(props: NewPaneProps) {
  const { kind, of } = props;
  const t = useTexts('own');
  const client = useClient();
  const original = useQuery({
    queryKey: [...keys.own, 'copied', kind.id, of === undefined ? '' : printName(of)],
    queryFn: ({ signal }) => client.own.get(of === undefined ? { ...kind, id: '' } : ofName(kind, of), { signal }),
    enabled: of !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (of === undefined) return <Form {...props} copied={undefined} />;
  if (original.data !== undefined) return <Form {...props} copied={original.data} />;
  return (
    <div className={styles['waiting']} aria-busy={original.error === null}>
      {original.error === null ? (
        t('loading')
      ) : (
        <FailureNote failure={failureOf(original.error)} onRetry={() => void original.refetch()} />
      )}
    </div>
  );
}

interface Copied {
  readonly id: string;
  readonly party: string;
  readonly version: VersionName;
  readonly text: string;
}

function Form({
  kind,
  parties,
  versions,
  copied,
  onSaved,
  onCancel,
}: NewPaneProps & { readonly copied: Copied | undefined }) {
  const t = useTexts('own');
  const common = useTexts('common');
  const save = useSaving();
  const doing = useDoing();
  const [now] = useState(() => nowText(new Date()));
  const [party, setParty] = useState(copied?.party ?? parties[0] ?? '');
  const [version, setVersion] = useState<VersionName>(copied?.version ?? versions.at(-1) ?? '2.2.1');
  const begin = (chosen: { readonly party: string; readonly version: VersionName }) =>
    copied === undefined
      ? blankText({ ...chosen, kind, id: '', now })
      : prettyJson(copyText(copied.text, { kind, id: copyId(copied.id), now }));
  const [text, setText] = useState(() => begin({ party, version }));
  const [begun, setBegun] = useState(text);
  const changed = text !== begun;
  const clean = useLeaving(changed);
  /** Whoever has not typed yet begins anew. */
  const choose = (chosen: { readonly party: string; readonly version: VersionName }) => {
    setParty(chosen.party);
    setVersion(chosen.version);
    if (changed || copied !== undefined) return;
    const next = begin(chosen);
    setText(next);
    setBegun(next);
  };
  const id = idIn(kind, text);
  const write = () =>
    doing.run(async () => {
      if (id === undefined) return;
      const here = stillHere();
      if (!(await save({ kind, party, version, id, text }))) return;
      clean();
      if (here()) onSaved(nameOf(kind, { party, id, object: JSON.parse(text) as unknown }));
    });
  return (
    <div className={styles['pane']}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>
          {copied === undefined ? t(`new-${kind.id}`) : t('copyOf', { id: copied.id })}
        </h2>
      </div>
      <div className={styles['tools']}>
        <Button onClick={() => void write()} disabled={id === undefined} loading={doing.busy}>
          {common('save')}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {common('cancel')}
        </Button>
        {id === undefined && <span className={styles['hint']}>{t('needsId', { field: idFieldOf(kind) })}</span>}
        <span className={styles['end']}>
          {parties.length > 1 && (
            <NativeSelect
              aria-label={t('owner')}
              title={t('owner')}
              data={[...parties]}
              value={party}
              onChange={event => choose({ party: event.currentTarget.value, version })}
            />
          )}
          <NativeSelect
            aria-label={t('writtenIn')}
            title={t('writtenIn')}
            data={versions.map(value => ({ value, label: `OCPI ${value}` }))}
            value={version}
            disabled={copied !== undefined}
            onChange={event => {
              const chosen = versions.find(one => one === event.currentTarget.value);
              if (chosen !== undefined) choose({ party, version: chosen });
            }}
          />
        </span>
      </div>
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['editor']}>
        <OcpiEditor
          version={version}
          type={typeOfKind(kind)}
          value={text}
          onChange={setText}
          beginAt={`/${idFieldOf(kind)}`}
          label={copied === undefined ? t(`new-${kind.id}`) : t('copyOf', { id: copied.id })}
        />
      </div>
    </div>
  );
}
