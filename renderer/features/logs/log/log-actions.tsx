import { Button, NativeSelect } from '@mantine/core';
import { IconArrowsLeftRight, IconPlayerPlay, IconRepeat, IconSettings, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportedLog } from '../../../../core/contract/session-log.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from '../logs.module.css';
import { ProgressLine } from '../progress-line.tsx';
import { ReproduceForm } from '../reproduce/reproduce-form.tsx';
import { useReproduce } from '../reproduce/use-reproduce.ts';
import { useImportedLogs, useViewing } from '../use-logs.ts';
import page from './log.module.css';
import type { Removal } from './use-removal.ts';

const WIDTH = 560;

/** Its partner again, its messages again, another log beside it, or away with it. */
export function LogActions({ log, removal }: { readonly log: ImportedLog; readonly removal: Removal }) {
  const t = useTexts('logs');
  const confirm = useConfirm();
  const { doing, start } = useReproduce();
  const [asking, setAsking] = useState(false);
  const viewing = useViewing().data;
  const { logId, name, links } = log;
  const [only] = links;
  const choices = links.map(({ name, was }) => ({ value: name, label: name === was ? name : `${name} (${was})` }));
  const reproduce = () => {
    if (links.length === 1 && only !== undefined) void start({ source: { logId }, link: only.name });
    else setAsking(true);
  };
  const remove = async () => {
    const sure = await confirm({
      title: t('removeTitle', { name }),
      text: t('removeText'),
      action: t('remove'),
      danger: true,
    });
    if (sure) removal.begin();
  };
  if (removal.running) {
    return (
      <div className={page['tools']}>
        <ProgressLine progress={removal.progress} />
        <p className={styles['hint']}>{t('removingText')}</p>
      </div>
    );
  }
  return (
    <>
      <div className={page['tools']} role="toolbar" aria-label={t('whatToDo')}>
        <Button
          loading={doing.busy}
          disabled={links.length === 0}
          leftSection={<IconRepeat size={14} aria-hidden />}
          onClick={reproduce}
        >
          {t('reproducePartner')}
        </Button>
        <Button
          variant="default"
          disabled={links.length === 0}
          leftSection={<IconSettings size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('reproduceWith')}
        </Button>
        {links.length === 1 && only !== undefined && (
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden />}
            renderRoot={props => <Link to="/replay" search={{ source: `link:${only.name}` }} {...props} />}
          >
            {t('replay')}
          </Button>
        )}
        <CompareWith logId={logId} />
        {viewing === null && (
          <Button
            variant="default"
            color="red"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => void remove()}
          >
            {t('remove')}
          </Button>
        )}
      </div>
      {[doing.failure, removal.failure].map(
        (failure, at) =>
          failure !== undefined && (
            <div key={at === 0 ? 'reproduce' : 'remove'} className={page['told']}>
              <FailureNote failure={failure} />
            </div>
          ),
      )}
      <Dialog opened={asking} title={t('reproduceDialog')} size={WIDTH} onClose={() => setAsking(false)}>
        <ReproduceForm
          source={{ logId }}
          links={choices}
          onStarted={() => setAsking(false)}
          onCancel={() => setAsking(false)}
        />
      </Dialog>
    </>
  );
}

/** Another imported log, laid beside this one. */
function CompareWith({ logId }: { readonly logId: number }) {
  const t = useTexts('logs');
  const go = useNavigate();
  const others = (useImportedLogs().data ?? []).filter(other => other.logId !== logId);
  if (others.length === 0) return null;
  return (
    <NativeSelect
      aria-label={t('compareWith')}
      leftSection={<IconArrowsLeftRight size={14} aria-hidden />}
      value=""
      onChange={event => void go({ to: '/logs/compare', search: { a: logId, b: Number(event.currentTarget.value) } })}
      data={[
        { value: '', label: t('compareWith'), disabled: true },
        ...others.map(other => ({ value: String(other.logId), label: other.name })),
      ]}
    />
  );
}
