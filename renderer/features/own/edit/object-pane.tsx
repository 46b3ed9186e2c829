import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { BillPane } from '../../../bill/bill-pane.tsx';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { keys } from '../../../bridge/keys.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { OcpiEditor } from '../../../ocpi-help/ocpi-editor.tsx';
import { useTexts } from '../../../texts/use-texts.ts';
import { Chip } from '../../../ui/chip.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { prettyJson } from '../../../ui/editor/pretty-json.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Mono } from '../../../ui/mono.tsx';
import { stillHere } from '../../../ui/still-here.ts';
import { TimeText } from '../../../ui/time-text.tsx';
import { idIn, type OwnKind, type OwnName, ofName, printName, typeOfKind } from '../kinds.ts';
import { movedOn, nowText, sameMoment } from './draft.ts';
import styles from './edit.module.css';
import { useLeaving } from './use-leaving.ts';
import { useSaving } from './use-saving.tsx';

export interface ObjectPaneProps {
  readonly kind: OwnKind;
  readonly name: OwnName;
  /** Another one took its place, or it was given another id. */
  readonly onSaved: (name: OwnName) => void;
  readonly onDuplicate: () => void;
  readonly onPush: () => void;
  readonly onDelete: () => void;
}

/** What is typed, and what it was begun with. */
interface Draft {
  readonly text: string;
  readonly base: string;
}

/** One object of ours in the editor. */
export function ObjectPane(props: ObjectPaneProps) {
  const { kind, name, onSaved, onDuplicate, onPush, onDelete } = props;
  const t = useTexts('own');
  const common = useTexts('common');
  const client = useClient();
  const confirm = useConfirm();
  const save = useSaving();
  const doing = useDoing();
  const [draft, setDraft] = useState<Draft>();
  const [moving, setMoving] = useState(true);
  const [priced, setPriced] = useState(false);
  const object = useQuery({
    queryKey: [...keys.own, 'one', kind.id, printName(name)],
    queryFn: ({ signal }) => client.own.get(ofName(kind, name), { signal }),
  });
  const kept = object.data && prettyJson(object.data.text);
  const text = draft?.text ?? kept ?? '';
  const changed = draft !== undefined && draft.text !== draft.base;
  const clean = useLeaving(changed);
  if (object.data === undefined || kept === undefined) {
    return object.error === null ? (
      <p className={styles['waiting']} aria-busy>
        {t('loading')}
      </p>
    ) : (
      <div className={styles['waiting']}>
        <FailureNote failure={failureOf(object.error)} onRetry={() => void object.refetch()} />
      </div>
    );
  }
  const { version, lastUpdated } = object.data;
  const { module } = kind;
  const meanwhile = changed && draft.base !== kept;

  const write = () =>
    doing.run(async () => {
      const id = idIn(kind, text);
      if (id === undefined) return void (await saveAs(name.id));
      if (id.toLowerCase() === name.id.toLowerCase()) return void (await saveAs(id));
      const meant = await confirm({
        title: t('renameTitle', { id }),
        text: t('renameText', { id, before: name.id }),
        action: t('renameAction'),
      });
      if (meant) await saveAs(id);
    });
  const saveAs = async (id: string) => {
    const here = stillHere();
    const sent = moving && sameMoment(text, kept) ? movedOn(text, nowText(new Date())) : text;
    if (!(await save({ kind, party: name.party, version, id, text: sent }))) return;
    clean();
    setDraft(undefined);
    await object.refetch();
    if (id !== name.id && here()) onSaved({ ...name, id });
  };
  return (
    <div className={styles['pane']}>
      <div className={styles['head']}>
        <h2 className={styles['title']}>
          <Mono>{name.id}</Mono>
        </h2>
        <CopyButton text={name.id} label={t('copyId')} />
        <span className={styles['facts']}>
          {name.type !== '' && <Chip tone="plain">{name.type}</Chip>}
          <Chip tone="plain">{name.party}</Chip>
          <Chip tone="accent">OCPI {version}</Chip>
          <span title={t('columnUpdated')}>
            <TimeText at={lastUpdated} />
          </span>
        </span>
        {isBill(module) && (
          <SegmentedControl
            aria-label={t('shownAs')}
            value={priced ? 'cost' : 'text'}
            onChange={value => setPriced(value === 'cost')}
            data={[
              { value: 'text', label: t('asText') },
              { value: 'cost', label: t('asCost') },
            ]}
          />
        )}
      </div>
      <div className={styles['tools']}>
        <Button onClick={() => void write()} disabled={!changed} loading={doing.busy}>
          {common('save')}
        </Button>
        <Button variant="default" onClick={() => setDraft(undefined)} disabled={!changed}>
          {t('revert')}
        </Button>
        <Checkbox
          label={t('moveOn')}
          title={t('moveOnWhy')}
          checked={moving}
          onChange={event => setMoving(event.currentTarget.checked)}
        />
        <span className={styles['end']}>
          <Button variant="default" onClick={onPush} disabled={changed} title={changed ? t('saveFirst') : undefined}>
            {t('pushTo')}
          </Button>
          <Button variant="default" onClick={onDuplicate}>
            {t('duplicate')}
          </Button>
          <Button variant="default" color="red" onClick={onDelete}>
            {t('delete')}
          </Button>
        </span>
      </div>
      {meanwhile && (
        <p className={styles['meanwhile']} role="status">
          {t('changedMeanwhile')}
          <Button variant="default" onClick={() => setDraft(undefined)}>
            {t('showNew')}
          </Button>
        </p>
      )}
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      {priced && isBill(module) ? (
        <BillPane key={printName(name)} bill={{ own: module, id: name.id, party: name.party }} />
      ) : (
        <div className={styles['editor']}>
          <OcpiEditor
            version={version}
            type={typeOfKind(kind)}
            value={text}
            onChange={next => setDraft({ text: next, base: draft?.base ?? kept })}
            label={t('editorOf', { id: name.id })}
          />
        </div>
      )}
    </div>
  );
}

/** What has a cost that can be worked out anew. */
function isBill(module: OwnKind['module']): module is 'cdrs' | 'sessions' {
  return module === 'cdrs' || module === 'sessions';
}
