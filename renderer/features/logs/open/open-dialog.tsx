import { Button, FileButton, Progress } from '@mantine/core';
import { IconExternalLink, IconFileZip } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../../texts/use-texts.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import styles from '../logs.module.css';
import { ProgressLine } from '../progress-line.tsx';
import { ReproduceForm } from '../reproduce/reproduce-form.tsx';
import type { Opening } from './opening.ts';
import { ReadyChoices } from './ready-choices.tsx';

const WIDTH = 640;

/** A file of the operator's: what it holds, and what is to be done with it. */
export function OpenDialog({ opening }: { readonly opening: Opening }) {
  const t = useTexts('logs');
  const { state, close } = opening;
  return (
    <Dialog opened={state.step !== 'closed'} title={t('openTitle')} size={WIDTH} onClose={close}>
      <Inside opening={opening} />
      {opening.more > 0 && (
        <p className={styles['hint']} role="status">
          {t('andMore', { count: opening.more })}
        </p>
      )}
    </Dialog>
  );
}

function Inside({ opening }: { readonly opening: Opening }) {
  const t = useTexts('logs');
  const common = useTexts('common');
  const { state, close } = opening;
  switch (state.step) {
    case 'closed':
      return null;
    case 'choosing':
      return (
        <Step opening={opening} action={<Choose opening={opening} />}>
          <p>{t('openText')}</p>
        </Step>
      );
    case 'handing':
      return (
        <Step opening={opening}>
          <Working words={t('reading', { name: state.name })} share={state.share} />
        </Step>
      );
    case 'looking': {
      const { name, source } = state;
      return (
        <Step
          opening={opening}
          action={<Button onClick={() => opening.openBeside({ name, source })}>{t('besideNow')}</Button>}
        >
          <Working words={t('lookingThrough', { name })} />
        </Step>
      );
    }
    case 'opening':
      return (
        <Step opening={opening}>
          <Working words={t('opening', { name: state.name })} />
        </Step>
      );
    case 'failed':
      return (
        <Step opening={opening} action={<Choose opening={opening} />}>
          <p className={styles['fileName']}>{state.name}</p>
          <FailureNote failure={state.failure} />
        </Step>
      );
    case 'ready':
      return (
        <Step opening={opening}>
          <ReadyChoices file={state} failure={state.failure} opening={opening} />
        </Step>
      );
    case 'reproducing':
      return (
        <ReproduceForm
          source={state.source}
          links={state.contents.links.map(({ name }) => ({ value: name, label: name }))}
          onStarted={close}
          onCancel={() => opening.back(state)}
        />
      );
    case 'importing':
      return (
        <div className={styles['dialog']}>
          <p className={styles['fileName']}>{state.name}</p>
          <ProgressLine progress={state.progress} onCancel={close} />
        </div>
      );
    case 'opened':
      return (
        <div className={styles['dialog']}>
          <p role="status">{t(state.address === undefined ? 'openedText' : 'openedBlocked', { name: state.name })}</p>
          <div className={styles['foot']}>
            <Button variant="default" onClick={close} data-autofocus>
              {common('close')}
            </Button>
            {state.address !== undefined && (
              <Button
                component="a"
                href={state.address}
                target="_blank"
                rel="noreferrer"
                leftSection={<IconExternalLink size={14} aria-hidden />}
                onClick={close}
              >
                {t('openPage')}
              </Button>
            )}
          </div>
        </div>
      );
  }
}

/** `share`: from 0 to 1, where it is known. */
function Working({ words, share }: { readonly words: string; readonly share?: number }) {
  return (
    <>
      <p role="status">{words}</p>
      <Progress value={(share ?? 1) * 100} animated={share === undefined} aria-label={words} />
    </>
  );
}

interface StepProps {
  readonly opening: Opening;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Step({ opening, action, children }: StepProps) {
  const common = useTexts('common');
  return (
    <div className={styles['dialog']}>
      {children}
      <div className={styles['foot']}>
        <Button variant="default" onClick={opening.close}>
          {common('cancel')}
        </Button>
        {action}
      </div>
    </div>
  );
}

function Choose({ opening }: { readonly opening: Opening }) {
  const t = useTexts('logs');
  return (
    // Whatever it is called: what it is, is told by what stands in it.
    <FileButton onChange={file => opening.begin(file === null ? [] : [file])}>
      {props => (
        <Button {...props} leftSection={<IconFileZip size={14} aria-hidden />} data-autofocus>
          {t('chooseFile')}
        </Button>
      )}
    </FileButton>
  );
}
