import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { PushMethod } from '../../../../core/contract/sending.ts';
import { useClient } from '../../../bridge/client.ts';
import { failureOf } from '../../../bridge/failure.ts';
import { useLinks } from '../../../bridge/queries.ts';
import { useDoing } from '../../../bridge/use-doing.ts';
import { ProductionChip } from '../../../links/production.tsx';
import { useLanguage, useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from '../bring/bring.module.css';
import { type OwnKind, type OwnName, ofKind } from '../kinds.ts';
import { notePush } from './noted-pushes.ts';
import pushStyles from './push.module.css';
import { methodsOf, unpushable } from './pushable.ts';
import { useAsking } from './use-asking.tsx';

export interface PushDialogProps {
  readonly kind: OwnKind;
  /** Undefined: closed. `all`: every object of the kind, or of `party`. */
  readonly what: 'all' | readonly OwnName[] | undefined;
  readonly party: string | undefined;
  /** How many `all` are. */
  readonly total: number;
  readonly onClose: () => void;
}

export function PushDialog(props: PushDialogProps) {
  const t = useTexts('own');
  const { what, kind, total, onClose } = props;
  const numbers = new Intl.NumberFormat(useLanguage());
  const count = what === undefined ? 0 : what === 'all' ? total : what.length;
  const words = t('pushed', { count, number: numbers.format(count), kind: t(`kind-${kind.id}`) });
  return (
    <Dialog opened={what !== undefined} title={t('pushTitle', { what: words })} size={560} onClose={onClose}>
      {what !== undefined && <PushForm {...props} what={what} words={words} />}
    </Dialog>
  );
}

type PushFormProps = PushDialogProps & { readonly what: 'all' | readonly OwnName[]; readonly words: string };

function PushForm({ kind, what, party, words, onClose }: PushFormProps) {
  const t = useTexts('own');
  const common = useTexts('common');
  const client = useClient();
  const ask = useAsking();
  const doing = useDoing();
  const links = useLinks();
  const known = links.data ?? [];
  const open = known.filter(link => unpushable(link, kind.module) === undefined);
  const [chosen, setChosen] = useState<string>();
  const methods = methodsOf(kind);
  const [method, setMethod] = useState<PushMethod>(methods[0] ?? 'PUT');
  const [stopAtFailure, setStop] = useState(false);
  const [putAfterPatch, setPut] = useState(false);
  const [unchecked, setUnchecked] = useState(false);
  // A production partner is sent to only where somebody means it.
  const link = known.find(({ name }) => name === chosen) ?? open.find(({ environment }) => environment === 'test');
  const push = async (event: FormEvent) => {
    event.preventDefault();
    if (link === undefined) return;
    const begun = await doing.run(() =>
      ask(link, words, async confirmed => {
        for (const order of ordersOf(what, party)) {
          const { runId } = await client.sending.push({
            name: link.name,
            ...ofKind(kind),
            method,
            ...order,
            stopAtFailure,
            ...(method === 'PATCH' && putAfterPatch && { putAfterPatch }),
            ...(unchecked && { unchecked }),
            ...(confirmed && { confirmed }),
          });
          notePush({ runId, link: link.name, kind: kind.id });
        }
        return true;
      }),
    );
    if (begun === true) onClose();
  };
  if (links.error !== null)
    return <FailureNote failure={failureOf(links.error)} onRetry={() => void links.refetch()} />;
  return (
    <form className={styles['form']} onSubmit={event => void push(event)}>
      {known.length === 0 ? (
        <p className={styles['hint']}>
          {t('noPartner')} <Link to="/partners">{t('toPartners')}</Link>
        </p>
      ) : (
        <fieldset className={pushStyles['links']}>
          <legend className={pushStyles['legend']}>{t('toLink')}</legend>
          {known.map(one => {
            const why = unpushable(one, kind.module);
            return (
              <label key={one.name} className={pushStyles['link']}>
                <input
                  type="radio"
                  name="link"
                  value={one.name}
                  checked={one.name === link?.name}
                  disabled={why !== undefined}
                  onChange={() => setChosen(one.name)}
                />
                {one.name}
                {one.environment === 'production' && <ProductionChip />}
                <span className={pushStyles['dim']}>
                  {why === undefined ? `OCPI ${one.version ?? ''}` : t(`unpushable-${why}`)}
                </span>
              </label>
            );
          })}
        </fieldset>
      )}
      {methods.length > 1 && (
        <NativeSelect
          label={t('method')}
          description={t(`method-${method}`)}
          data={[...methods]}
          value={method}
          onChange={event => {
            const next = methods.find(one => one === event.currentTarget.value);
            if (next !== undefined) setMethod(next);
          }}
        />
      )}
      {method === 'PATCH' && (
        <Checkbox
          label={t('putAfterPatch')}
          checked={putAfterPatch}
          onChange={event => setPut(event.currentTarget.checked)}
        />
      )}
      <Checkbox
        label={t('stopAtFailure')}
        checked={stopAtFailure}
        onChange={event => setStop(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('pushUnchecked')}
        checked={unchecked}
        onChange={event => setUnchecked(event.currentTarget.checked)}
      />
      {doing.failure !== undefined && <FailureNote failure={doing.failure} />}
      <div className={styles['foot']}>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button
          type="submit"
          disabled={link === undefined || unpushable(link, kind.module) !== undefined}
          loading={doing.busy}
        >
          {t('push')}
        </Button>
      </div>
    </form>
  );
}

/** One push for each of our parties: ids are of one of them. */
function ordersOf(what: 'all' | readonly OwnName[], party: string | undefined) {
  if (what === 'all') return [{ own: 'all' as const, ...(party !== undefined && { party }) }];
  const byParty = Map.groupBy(what, name => name.party);
  return [...byParty].map(([owner, names]) => ({ own: names.map(({ id }) => id), party: owner }));
}
