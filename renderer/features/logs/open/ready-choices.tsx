import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { ShownFailure } from '../../../bridge/failure.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { bytesText } from '../../../ui/time-format.ts';
import { LogFacts } from '../log/log-facts.tsx';
import styles from '../logs.module.css';
import type { Opening, ReadyFile } from './opening.ts';

export interface ReadyChoicesProps {
  readonly file: ReadyFile;
  /** Of what was tried with it. */
  readonly failure: ShownFailure | undefined;
  readonly opening: Opening;
}

/** What a file holds, and the ways to go on with it. */
export function ReadyChoices({ file, failure, opening }: ReadyChoicesProps) {
  const t = useTexts('logs');
  const { name, contents } = file;
  const first = useRef<HTMLButtonElement>(null);
  // The dialog was there before the choices were.
  useEffect(() => first.current?.focus(), []);
  const whole = contents.condition === 'whole';
  const choices = [
    { id: 'beside', text: t('besideText'), take: () => opening.openBeside(file) },
    { id: 'import', text: t(whole ? 'importText' : 'importDamagedText'), take: () => opening.importHere(file) },
    { id: 'reproduce', text: t('reproduceText'), take: () => opening.reproduce(file) },
  ] as const;
  return (
    <>
      <p className={styles['fileName']}>
        {name} <span className={styles['dim']}>{bytesText(contents.bytes)}</span>
      </p>
      {contents.problem !== '' && (
        <p className={styles['problem']} role="alert" lang="en">
          {contents.problem}
        </p>
      )}
      <LogFacts {...contents} />
      {failure !== undefined && <FailureNote failure={failure} />}
      <ul className={styles['choices']} aria-label={t('whatToDo')}>
        {choices.map(({ id, text, take }, at) => (
          <li key={id}>
            <UnstyledButton className={styles['choice'] ?? ''} onClick={take} {...(at === 0 && { ref: first })}>
              <span>
                <strong>{t(`choice-${id}`)}</strong>
                <span className={styles['hint']}>{text}</span>
              </span>
              <IconChevronRight size={16} aria-hidden />
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}
